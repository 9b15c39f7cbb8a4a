"""Annotations: what people write beside a time, shown in the charts over time."""
