"""The plan's records as people edit them."""
