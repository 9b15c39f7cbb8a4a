"""The demonstration: four workspaces from real, openly licensed data with a page about each, and a simulated one.

``build.build(folder)`` makes everything and returns what was found.
"""
