"""Pictures: a plain model from rulebook and case, where everything on it stands, and the model as DOT and drawn."""
