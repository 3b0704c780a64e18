"""Plans on disk: an SQLite file or a PostgreSQL database; rows never leave this package."""
