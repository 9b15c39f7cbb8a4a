"""Customers: finding them, who they are, and everything they did and said."""
