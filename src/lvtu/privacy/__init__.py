"""Privacy: erasure with a receipt."""
