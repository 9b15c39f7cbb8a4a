"""Links at which anybody reads an answer."""
