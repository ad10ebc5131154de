"""The rules that run, a file an area."""
