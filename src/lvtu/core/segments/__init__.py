"""Segments: groups of customers that have a name, by a condition or as a list, each with versions."""

from __future__ import annotations

from lvtu.core.segments.segment import Segment, as_condition, as_segment
from lvtu.core.segments.standard import LIFECYCLE

__all__ = ["LIFECYCLE", "Segment", "as_condition", "as_segment"]
