"""A week's roster: generated, told as plain values, and written as its document."""
