"""Workshops on a map: a timer that all see, and voting with dots that nobody sees before it is over."""
