"""A report, and the catalogue of rules, for people."""
