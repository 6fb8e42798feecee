"""Knows nothing of the Party: errors, labels in two languages, dates, plain data to values and back."""
