"""The application without a window: what is planned, how it is stored, judged and printed."""
