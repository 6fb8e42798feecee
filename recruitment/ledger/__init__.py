"""The only door to SQLite: files and their acts, to which things are only ever added."""
