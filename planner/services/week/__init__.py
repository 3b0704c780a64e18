"""A week while somebody works on it: shown, edited, judged."""
