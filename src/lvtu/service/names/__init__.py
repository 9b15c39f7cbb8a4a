"""The names that questions are made of: events, fields and their values, segments, metrics, models; and counting."""
