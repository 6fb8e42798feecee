"""What the commands show at a terminal, as tables in one language."""
