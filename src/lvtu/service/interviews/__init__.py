"""Interviews, notes and documents: kept, highlighted and coded; a highlight is evidence with its place."""
