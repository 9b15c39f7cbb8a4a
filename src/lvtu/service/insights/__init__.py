"""Insights: what was learnt about customers, the verbatim quotes it stands on, and how far those carry it."""
