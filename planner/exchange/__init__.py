"""CSV folders and workbooks: what comes into a plan, and what goes out of it."""
