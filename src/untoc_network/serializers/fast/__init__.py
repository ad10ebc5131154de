"""The compiled way between JSON and the model."""
