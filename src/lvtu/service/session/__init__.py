"""Signing in and out, and what a person says of themselves."""
