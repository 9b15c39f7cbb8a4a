"""Contracts: what the properties of each event must be, and what came that breaks it."""
