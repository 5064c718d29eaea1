"""Fifty people on one dashboard at once: how long each waits, whether any sees what is another's, and what the server holds."""
