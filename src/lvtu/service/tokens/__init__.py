"""Personal tokens: keys by which a person's programs act for them."""
