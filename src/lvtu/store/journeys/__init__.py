"""Journeys: the events of the lake, sorted into time lines, as columns mapped into memory."""
