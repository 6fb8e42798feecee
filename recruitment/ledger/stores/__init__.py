"""What keeps a ledger: a SQLite file, memory, or PostgreSQL; each loaded where it is asked for."""
