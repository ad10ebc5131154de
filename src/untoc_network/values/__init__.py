"""The small types that everything is written in."""
