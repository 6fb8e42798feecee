"""What the rules say, as values: rulebooks, comparisons, editions, the states and edges of the course."""
