"""A report, and the catalogue of rules, as text and data."""
