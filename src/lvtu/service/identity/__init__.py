"""The identity console: who is who, how that is known, and taking it back."""
