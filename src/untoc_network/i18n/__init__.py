"""What the library says, in the languages it speaks: templates that named parameters fill, and one table a language."""
