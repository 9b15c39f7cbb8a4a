"""The merge laws of segments."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses.segment import Segment, SegmentSpec
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds
from property.test_laws import snapshot as snapshot


@pytest.mark.parametrize(
    "options",
    [
        {"condition": "did A[plan = 'p'] at least 2 times in 6 us"},
        {"condition": "A then B within 5 us without C or channel = 'web'", "where": "value > 1"},
        {"condition": "A -> [^A]* -> B", "since": 1_767_225_600_000_003},
    ],
)
def test_laws_segment(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Segment(SegmentSpec(**options), snapshot), snapshot)
