"""Who said what, when, and how sure."""
