"""Reading and writing problems and solutions."""
