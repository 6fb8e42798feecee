"""What happened, as values: evidence, acts, and the case that they make up."""
