"""Plain data to attrs values and back, and the JSON Schema of the classes."""
