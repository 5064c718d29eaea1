"""A collection as it leaves whole: every table and file of it, so that it can be read again."""
