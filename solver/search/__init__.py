"""How rosters are found: patterns of shifts, a master that mixes them, days with tasks in them."""
