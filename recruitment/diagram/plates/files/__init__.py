"""The plate of one file: how far it has come, and what is ahead."""
