"""Conformance and hand-offs: partial answers may be merged in any order and grouping."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.analyses.conformance import Conformance, ConformanceResult
from lvtu.analyses.conformance.spec import ConformanceSpec
from lvtu.analyses.handoffs import Handoffs, HandoffsResult
from lvtu.analyses.handoffs.spec import HandoffsSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = ugly(96) + wide(40), ugly(97, customers=30, prefix="new") + ugly(98, customers=20, most=2)
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


@pytest.mark.parametrize(
    "options",
    [
        {"order": ["A", {"place": ["B", "C"], "within": 3, "repeatable": True}, {"place": "D", "optional": True}]},
        {"order": ["p", "q", "p"], "by": "plan", "fold": True, "where": "value > 1"},
    ],
)
def test_laws_conformance(snapshot: Snapshot, options: dict[str, Any]) -> None:
    spec = ConformanceSpec(**options)
    snapshot.prepare(spec.reads())
    analysis, engine = Conformance(spec, snapshot), LocalEngine(1)

    def told(state: Any) -> Any:
        result = ConformanceResult(analysis, copy.deepcopy(state), engine)
        rest = [part.to_pylist() for part in (result.ad_hoc, result.detours, result.cases)]
        return result.table.to_pylist(), rest, result.fitness, [note.to_json() for note in result.notes]

    holds(analysis, snapshot)
    holds(analysis, snapshot, told)
    state = engine.fold(analysis, snapshot)
    assert told(pickle.loads(pickle.dumps(state))) == told(state)


@pytest.mark.parametrize("options", [{}, {"match": "shared", "where": "channel = 'web'"}, {"by": "plan"}])
def test_laws_handoffs(snapshot: Snapshot, options: dict[str, Any]) -> None:
    ends = ("p", "q") if options.get("by") == "plan" else ("A", ("B", "A"))
    pairs = [{"source": ends[0], "target": ends[1], "within": 4}, {"source": ends[1], "target": ends[0], "within": 0}]
    spec = HandoffsSpec(pairs=pairs, **options)  # type: ignore[arg-type]
    snapshot.prepare(spec.reads())
    analysis, engine = Handoffs(spec, snapshot), LocalEngine(1)
    holds(analysis, snapshot)
    holds(analysis, snapshot, lambda state: HandoffsResult(analysis, state, engine).table.to_pylist())
    state = engine.fold(analysis, snapshot)
    again = HandoffsResult(analysis, pickle.loads(pickle.dumps(state)), engine)
    assert again.table.equals(HandoffsResult(analysis, state, engine).table)
