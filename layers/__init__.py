"""What is drawn on which day."""
