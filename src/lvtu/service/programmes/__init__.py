"""Guided programmes: projects in five steps, with gates."""
