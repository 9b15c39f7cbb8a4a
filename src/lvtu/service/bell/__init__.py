"""What people are to know of journey maps: what is said about their parts, and what is no longer so."""
