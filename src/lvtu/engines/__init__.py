"""Engines: where the partial answers of an analysis are computed and merged."""
