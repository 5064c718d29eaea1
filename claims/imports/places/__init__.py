"""The places of foreign rows, by their positions, by their names, or by both."""
