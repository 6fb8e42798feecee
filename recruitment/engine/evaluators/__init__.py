"""One module for each family of comparisons: how a comparison of a rule is judged."""
