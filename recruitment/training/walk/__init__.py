"""A lawful course step by step, with what would have been refused on the way."""
