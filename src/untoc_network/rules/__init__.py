"""What must hold: one pure function a rule, and the engine that runs them."""
