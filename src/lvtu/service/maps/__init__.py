"""Journey maps: drawn, read, edited."""
