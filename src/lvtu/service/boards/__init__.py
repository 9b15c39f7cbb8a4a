"""Boards: saved questions laid out in a grid, one range of time and one segment over all."""
