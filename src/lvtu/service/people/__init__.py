"""The people of a workspace and their roles."""
