"""What is counted of channels merges in any order and grouping."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contract.cases import buckets, ugly, workspace
from contract.test_first_touch import scored
from lvtu.analyses.channels import Channels, ChannelsSpec, State
from lvtu.analyses.channels.result import ChannelsResult
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail, of events with scores and weights."""
    with buckets(12):
        base, late = scored(ugly(31), 5, True), scored(ugly(32, customers=30, prefix="new"), 6, True)
        base = [replace(event, scale=event.scale or "csat5") for event in base]
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


def numbers(state: State) -> Any:
    """A state's integers, comparable."""
    whole = [array.tolist() for array in (state.steps, state.customers, state.began, state.reached)]
    scores = {key: (dict(one.responses), dict(one.weights), one.squares) for key, one in state.scores.items()}
    return whole, scores


@pytest.mark.parametrize("options", [{}, {"goal": ("A", "B"), "by": "plan", "within": 4}])
def test_laws_channels(snapshot: Snapshot, options: dict[str, Any]) -> None:
    spec = ChannelsSpec(**options)
    snapshot.prepare({spec.by, "score", "scale", "weight"})
    analysis = Channels(spec, snapshot)
    holds(analysis, snapshot, numbers)

    def told(state: State) -> Any:
        result = ChannelsResult(analysis, state, LocalEngine(1))
        return [part.to_pylist() for part in (result.table, result.measures, result.consistency)]

    holds(analysis, snapshot, told)
