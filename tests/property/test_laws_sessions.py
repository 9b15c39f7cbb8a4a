"""Sessions may be merged in any order and grouping."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses import durations
from lvtu.analyses.sessions import Sessions, SessionsResult, SessionsSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds, snapshot

__all__ = ["snapshot"]

OPTIONS: list[dict[str, Any]] = [
    {"session_gap": 2},
    {"session_gap": 0, "by": "plan", "period": "hour", "where": "channel = 'web'"},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("dense", [128, 0])
def test_laws_sessions(
    snapshot: Snapshot,
    options: dict[str, Any], dense: int, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(durations, "MOST_DENSE", dense)
    monkeypatch.setattr(durations, "_SETTLED", 9)
    snapshot.prepare({"plan"})
    analysis = Sessions(SessionsSpec(**options), snapshot)
    holds(analysis, snapshot)
    holds(analysis, snapshot, lambda state: SessionsResult(analysis, state, LocalEngine(1)).table.to_pylist())
