"""The same proposals from a model that the user has: asked, and held to the rules of a claim."""
