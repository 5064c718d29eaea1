"""The commands of the command line, one a file: each adds its choices to the parser and runs."""
