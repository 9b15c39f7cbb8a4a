"""MaxDiff: which options matter most, by the best and the worst of sets."""
