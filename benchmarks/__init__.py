"""How fast and how large: measured as ratios in one run, never asserted in tests."""
