"""Plain-Python twins: the slow, obvious definition of every analysis, for tests to compare with."""
