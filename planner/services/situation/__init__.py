"""The situational picture, and presence proposed from it."""
