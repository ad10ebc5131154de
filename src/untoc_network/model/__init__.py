"""What exists: frozen classes, no input or output, no rules, no clock."""
