"""Names as people write them, slugs, spelling, and what looks like a way to a person."""
