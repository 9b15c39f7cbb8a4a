"""Several people on one map: who is there, who types in which card, and what the others did meanwhile."""
