"""What an import made, put into a collection: what is new, what revises what is held, and what is there already."""
