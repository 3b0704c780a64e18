"""Take a week out of the program."""
