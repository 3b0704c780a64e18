"""Where and when presence is missing: counts for managers, nobody's name among them."""
