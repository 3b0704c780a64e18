"""Published documents on their way to those who are to have them."""
