"""The edge: where bytes become a register and a register becomes bytes."""
