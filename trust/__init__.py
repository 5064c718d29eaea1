"""What is killed on purpose, to see that the store loses nothing."""
