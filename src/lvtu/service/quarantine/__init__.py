"""Rows that could not be accepted, until somebody mends or drops them."""
