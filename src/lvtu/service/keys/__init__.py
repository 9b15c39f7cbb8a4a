"""Write keys of a workspace."""
