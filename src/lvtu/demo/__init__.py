"""The demonstration: four workspaces from real, openly licensed data, and a page about each.

``build.build(folder)`` makes everything and returns what was found.
"""
