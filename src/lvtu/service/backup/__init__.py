"""Backups: a home in one file, made while it is served, and brought back."""
