"""Timing may be merged in any order and grouping."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses import durations
from lvtu.analyses.timing import Timing, TimingResult, TimingSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds, snapshot

__all__ = ["snapshot"]

OPTIONS: list[dict[str, Any]] = [
    {"start": "A", "end": "B"},
    {"start": "A", "end": "A", "entry": "each", "by": "plan", "where": "value > 1 or value is null"},
    {"silent": 3, "by": "channel"},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("dense", [128, 0])
def test_laws_timing(snapshot: Snapshot, options: dict[str, Any], dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "MOST_DENSE", dense)
    monkeypatch.setattr(durations, "_SETTLED", 9)
    snapshot.prepare({"plan"})
    analysis = Timing(TimingSpec(**options), snapshot)
    holds(analysis, snapshot)
    holds(analysis, snapshot, lambda state: TimingResult(analysis, state, LocalEngine(1)).table.to_pylist())
