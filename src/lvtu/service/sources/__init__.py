"""Where the data comes from, and what is in it."""
