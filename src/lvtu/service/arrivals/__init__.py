"""Arrivals: events that programs send in Segment's format, acknowledged when they are on disk."""
