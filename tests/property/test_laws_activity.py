"""Life cycles and stickiness may be merged in any order and grouping."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses.lifecycle import Lifecycle, LifecycleSpec
from lvtu.analyses.stickiness import Stickiness, StickinessSpec
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds, snapshot

__all__ = ["snapshot"]

OPTIONS: list[dict[str, Any]] = [{}, {"event": ["A", "B"], "period": "hour", "where": "value > 1"}]


@pytest.mark.parametrize("options", OPTIONS)
def test_laws_lifecycle(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Lifecycle(LifecycleSpec(**options), snapshot), snapshot)


@pytest.mark.parametrize("options", OPTIONS)
def test_laws_stickiness(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Stickiness(StickinessSpec(**options), snapshot), snapshot)
