"""Personas: written by people, counted by the data."""
