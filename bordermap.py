"""The command line: gathers choices, calls, shows."""
