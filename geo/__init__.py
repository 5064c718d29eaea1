"""Where: from a toponym to a place to a geometry; knows nothing of claims."""
