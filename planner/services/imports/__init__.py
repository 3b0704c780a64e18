"""Records from files: looked at first, then brought in as a whole."""
