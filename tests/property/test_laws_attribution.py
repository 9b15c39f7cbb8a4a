"""Attribution's states merge in any order and grouping."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.analyses.attribution import Attribution, State
from lvtu.analyses.attribution.result import AttributionResult
from lvtu.analyses.attribution.spec import AttributionSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = ugly(81) + wide(40), ugly(82, customers=30, prefix="new") + ugly(83, customers=20, most=2)
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


def numbers(state: State) -> Any:
    """A state's integers, comparable."""
    whole = [state.journeys, state.goals, state.seen, state.worth, state.lost, state.steps]
    parts = {f"{kind} {model}": array.tolist() for kind in ("credits", "money")
             for model, array in getattr(state, kind).items()}  # fmt: skip
    long = dict(zip(state.long.keys.tolist(), state.long.counts.tolist(), strict=True))
    return [array.tolist() for array in whole], parts, long, state.untouched, state.loose


@pytest.mark.parametrize(
    "options",
    [
        {"model": "all", "money": True, "lookback": 5},
        {"model": ("markov", "last"), "order": 2, "fold": True, "where": "value > 1"},
        {"model": "markov", "where": "plan = 'p'"},
        {"model": "shapley", "by": "event", "own": True},
    ],
)
def test_laws_attribution(snapshot: Snapshot, options: dict[str, Any]) -> None:
    spec = AttributionSpec(goal=("A", "B"), **options)
    snapshot.prepare({"currency", "time_basis", "value"})
    analysis = Attribution(spec, snapshot)
    holds(analysis, snapshot, numbers)

    def told(state: State) -> Any:
        return AttributionResult(analysis, copy.deepcopy(state), LocalEngine(1)).models.to_pylist()

    holds(analysis, snapshot, told)
