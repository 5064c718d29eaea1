"""Online geocoding, only when the user asks for it: one request a second, answers kept, refusals told apart."""
