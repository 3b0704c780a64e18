"""Why there is a gap, and what closes it."""
