"""Voice: what customers say, in scores and words."""
