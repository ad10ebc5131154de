"""What is said of a register: findings, reports, and the exceptions of this library."""
