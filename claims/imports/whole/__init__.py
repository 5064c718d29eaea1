"""A collection again out of what bordermap exported whole."""
