"""The command line: the edge with the clock, the terminal and the exit codes."""
