"""The steps of the Import page: the file, what it is, where it goes, what would happen, and what did."""
