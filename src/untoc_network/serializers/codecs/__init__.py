"""The forms of a register, each read and written."""
