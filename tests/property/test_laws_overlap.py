"""The merge laws of overlaps."""

from __future__ import annotations

from lvtu.analyses.overlap import Overlap, OverlapSpec
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds
from property.test_laws import snapshot as snapshot


def test_laws_overlap(snapshot: Snapshot) -> None:
    segments = ("did A at least 2 times", "A then B", "channel = 'web'", "did C or did B[plan = 'p']")
    holds(Overlap(OverlapSpec(segments=segments, where="value > 1"), snapshot), snapshot)
