"""Plain values to the model: every problem in one pass, and as much kept as can be."""
