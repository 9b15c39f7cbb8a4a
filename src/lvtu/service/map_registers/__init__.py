"""Registers of what stands on all maps: needs, pains, strengths, opportunities, actions, key moments."""
