"""The plate of one file: how far it has come, and what lies ahead."""
