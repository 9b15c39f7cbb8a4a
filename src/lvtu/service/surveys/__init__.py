"""Surveys: written, published, answered by anybody who has the link, and counted."""
