"""Published weeks: numbered snapshots, and what differs between them."""
