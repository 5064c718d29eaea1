"""Tables as other programs write them, opened and read as text, some rows at a time, with all that is wrong told."""
