"""A promise: signed, planned, delivered, and reported back."""
