"""The laws of variants: any split of the customers, in any order, gives the same paths and the same answer."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.analyses import durations
from lvtu.analyses.variants import Variants, VariantsResult, VariantsSpec
from lvtu.analyses.variants.counts import PathCounts
from lvtu.analyses.variants.shown import Looks, Shown
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds

QUESTIONS: list[dict[str, Any]] = [
    {},
    {"fold": True, "unit": "sessions", "session_gap": 2},
    {"by": "plan", "most": 2},
    {"start": "A", "end": "C", "where": "value > 1"},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = ugly(91) + wide(40), ugly(92, customers=30, prefix="new") + ugly(93, customers=20, most=2)
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


def told(state: PathCounts) -> Any:
    """What is counted, in an order that the table does not have."""
    keys, counts = state.counted()
    paths = sorted(zip(keys.tolist(), counts.tolist(), strict=True))
    assert len({tuple(key) for key, _ in paths}) == len(paths) == state.variants
    return paths, state.once, state.units, state.outside, state.cut


def looks(state: Looks) -> Any:
    marks, counts = state.durations.marks()
    examples = {line: path.tolist() for line, path in sorted(state.examples.items())}
    return state.units.tolist(), state.timed.tolist(), marks.tolist(), counts.tolist(), examples


@pytest.mark.parametrize("options", QUESTIONS)
def test_laws_variants(snapshot: Snapshot, options: dict[str, Any]) -> None:
    snapshot.prepare({"plan", "value"})
    analysis = Variants(VariantsSpec(**options), snapshot)
    holds(analysis, snapshot, told)
    holds(
        analysis,
        snapshot,
        lambda state: VariantsResult(analysis, copy.deepcopy(state), LocalEngine(1)).table.to_pylist(),
    )
    whole = LocalEngine(1).fold(analysis, snapshot)
    assert told(pickle.loads(pickle.dumps(whole))) == told(whole) and whole.variants > 1


@pytest.mark.parametrize("dense", [durations.MOST_DENSE, 0])
def test_laws_variants_in_the_second_round(snapshot: Snapshot, dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "MOST_DENSE", dense)
    analysis = Variants(VariantsSpec(), snapshot)
    state = LocalEngine(1).fold(analysis, snapshot)
    holds(Shown(analysis, state.counted()[0][:40]), snapshot, looks)
