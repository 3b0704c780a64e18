"""Who can take something, and what each would cost."""
