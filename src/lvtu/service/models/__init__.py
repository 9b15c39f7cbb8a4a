"""Journey models: looked at, tried, and saved as a new version."""
