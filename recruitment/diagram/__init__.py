"""Pictures: a plain model from rulebook and case, where everything on it is placed, and the model as DOT and drawn."""
