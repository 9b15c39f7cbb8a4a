"""Segments: groups of customers that have a name, by a condition or as a list, each with versions."""

from __future__ import annotations

from lvtu.core.segments.segment import Segment, as_condition
from lvtu.core.segments.standard import LIFECYCLE, called

__all__ = ["LIFECYCLE", "Segment", "as_condition", "called"]
