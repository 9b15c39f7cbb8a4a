"""The merge laws of the questions that look through several journey models."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any

import pytest

from contract.cases import buckets, ugly, workspace
from lvtu.analyses.model_change import ModelChange, ModelChangeResult, ModelChangeSpec
from lvtu.analyses.rollup import Rollup, RollupResult, RollupSpec
from lvtu.core.model import JourneyModel
from lvtu.core.model.columns import ModelColumns
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.strategies import START
from property.test_laws import MODEL, holds

TOP = JourneyModel.load({
    "key": "top", "title": "Top",
    "stages": [
        {"key": "begin", "name": "Begin", "entry": "A", "exit": "D"},
        {"key": "go", "name": "Go", "entry": {"events": "B", "where": "plan = 'p'"}, "child": "letters"},
    ],
})  # fmt: skip
LETTERS = JourneyModel.load(MODEL)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail, of events with scores and weights, through a nested model."""
    dice = random.Random(8)
    events = [
        replace(
            e, score=dice.choice((None, 1.0, 4.5)), scale=dice.choice((None, "nps")), weight=dice.choice((None, 2.5))
        )
        for e in dict.fromkeys(ugly(96) + ugly(97, customers=30, prefix="new"))
    ]
    with buckets(12):
        snapshot = workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", events[:500], events[500:]).snapshot()
    return snapshot.through(ModelColumns(lambda: TOP, named=lambda name: LETTERS))


@pytest.mark.parametrize("options", [{}, {"order": "any", "where": "stage = 'begin'", "moment": START + 9}])
def test_laws_model_change(seen: Snapshot, options: dict[str, Any]) -> None:
    analysis = ModelChange(ModelChangeSpec(change=LETTERS, **options), seen)
    holds(analysis, seen)

    def told(state: Any) -> Any:
        result = ModelChangeResult(analysis, copy.deepcopy(state), LocalEngine(1))
        return result.table.to_pylist(), result.moves.to_pylist()

    holds(analysis, seen, told)


@pytest.mark.parametrize("options", [{}, {"order": "any", "where": "value > 1", "moment": START + 9}])
def test_laws_rollup(seen: Snapshot, options: dict[str, Any]) -> None:
    analysis = Rollup(RollupSpec(**options), seen)

    def told(state: Any) -> Any:
        result = RollupResult(analysis, copy.deepcopy(state), LocalEngine(1))
        return result.table.to_pylist(), result.scores.to_pylist(), [str(note) for note in result.notes]

    holds(analysis, seen, told)
