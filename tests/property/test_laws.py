"""What every analysis promises its engine: partial answers may be merged in any order and grouping."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.analyses import durations, graph
from lvtu.analyses.behaviours import Behaviours, BehavioursSpec
from lvtu.analyses.durations import Durations
from lvtu.analyses.first_touch import FirstTouch, FirstTouchResult, FirstTouchSpec
from lvtu.analyses.funnel import Funnel, FunnelResult, FunnelSpec
from lvtu.analyses.graph import Graph, GraphResult, GraphSpec
from lvtu.analyses.retention import Retention, RetentionResult, RetentionSpec
from lvtu.analyses.stages import Stages, StagesResult, StagesSpec
from lvtu.analyses.trend import Trend, TrendSpec
from lvtu.core.model import JourneyModel
from lvtu.core.model.columns import ModelColumns
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.strategies import START

ROUNDS = 12


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = ugly(91) + wide(40), ugly(92, customers=30, prefix="new") + ugly(93, customers=20, most=2)
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


def plain(state: Any) -> dict[str, Any]:
    """A state's integers, comparable."""
    return {f.name: _listed(getattr(state, f.name)) for f in fields(state)}


def _listed(value: Any) -> Any:
    if isinstance(value, Durations):
        return [part.tolist() for part in value.marks()]
    return value.tolist() if isinstance(value, np.ndarray) else value


def holds(analysis: Any, snapshot: Snapshot, told: Callable[[Any], Any] = plain) -> None:
    """Any split of the blocks, merged in any order and grouping, gives the whole; `empty` changes nothing."""
    snapshot.prepare(analysis.reads())
    blocks, dice = list(snapshot.blocks), random.Random(1)
    assert len(blocks) > 8

    def partial(part: Sequence[Any]) -> Any:
        state = analysis.empty(snapshot)
        for block in part:
            state = analysis.partial(block, state)
        return state

    def merge(left: Any, right: Any) -> Any:
        return analysis.merge(copy.deepcopy(left), copy.deepcopy(right))

    whole = told(partial(blocks))
    assert told(merge(partial(blocks), analysis.empty(snapshot))) == whole
    assert told(merge(analysis.empty(snapshot), partial(blocks))) == whole
    for _ in range(ROUNDS):
        dice.shuffle(blocks)
        cuts = sorted(dice.sample(range(len(blocks) + 1), 2))
        a, b, c = (partial(blocks[x:y]) for x, y in zip([0, *cuts], [*cuts, len(blocks)], strict=True))
        assert told(merge(a, b)) == told(merge(b, a))
        assert told(merge(merge(a, b), c)) == told(merge(a, merge(b, c))) == whole
    for threads in (1, 2, 3):
        assert told(LocalEngine(threads).fold(analysis, snapshot)) == whole


FUNNELS: list[dict[str, Any]] = [
    {"steps": ["A", "B", "C"], "within": 6},
    {"steps": ["A", {"event": "C", "optional": True}, "B"], "hold": "plan", "by": "plan", "exclude": ["D"]},
    {"steps": ["A", None, "A"], "unit": "totals", "order": "any", "trend": "day"},
    {"steps": ["B", "C"], "entry": "latest", "unit": "sessions", "session_gap": 2, "by": "channel", "by_step": 2},
]


@pytest.mark.parametrize("options", FUNNELS)
def test_laws_funnel(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Funnel(FunnelSpec(**options), snapshot), snapshot)


@pytest.mark.parametrize("options", FUNNELS)
def test_laws_funnel_of_many_groups(
    snapshot: Snapshot, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With durations kept as marks instead of histograms: the same laws and the same answer."""
    dense = Funnel(FunnelSpec(**options), snapshot)
    expected = FunnelResult(dense, LocalEngine(1).fold(dense, snapshot), LocalEngine(1)).table
    monkeypatch.setattr(durations, "MOST_DENSE", 0)
    monkeypatch.setattr(durations, "_SETTLED", 9)
    sparse = Funnel(FunnelSpec(**options), snapshot)
    holds(sparse, snapshot)
    assert FunnelResult(sparse, LocalEngine(2).fold(sparse, snapshot), LocalEngine(1)).table.equals(expected)
    assert any(expected["median_time"].to_pylist())


@pytest.mark.parametrize("options", [{}, {"by": "plan", "fold": True}, {"within": 3, "where": "channel = 'web'"}])
def test_laws_graph(snapshot: Snapshot, options: dict[str, Any]) -> None:
    analysis = Graph(GraphSpec(**options), snapshot)

    def told(state: Any) -> Any:  # a pair's line depends on the order, its numbers do not
        result = GraphResult(analysis, state, LocalEngine(1))
        return result.table.to_pylist(), result.starts.to_pylist(), result.ends.to_pylist()

    holds(analysis, snapshot, told)


def test_a_graph_of_so_many_names_that_marks_need_64_bits(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for small in (graph._SMALL, 0):
        monkeypatch.setattr(graph, "_SMALL", small)
        question = Graph(GraphSpec(), snapshot)
        tables.append(GraphResult(question, LocalEngine(1).fold(question, snapshot), LocalEngine(1)).table)
    assert tables[0].equals(tables[1]) and tables[0].num_rows > 16


RETENTIONS: list[dict[str, Any]] = [
    {"start": "A", "back": "B", "period": "hour", "periods": 2},
    {"mode": "unbounded", "clock": "rolling", "period": "hour", "entry": "any"},
    {"start": "A", "mode": "bracket", "brackets": [(0, 0), (0, 3)]},
]


@pytest.mark.parametrize("options", RETENTIONS)
def test_laws_retention(snapshot: Snapshot, options: dict[str, Any]) -> None:
    analysis = Retention(RetentionSpec(**options), snapshot)
    holds(analysis, snapshot)
    holds(
        analysis,
        snapshot,
        lambda state: RetentionResult(analysis, copy.deepcopy(state), LocalEngine(1)).table.to_pylist(),
    )


@pytest.mark.parametrize("options", [{}, {"by": "plan", "event": ["A", "B"]}, {"period": "hour", "where": "value > 1"}])
def test_laws_trend(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Trend(TrendSpec(**options), snapshot), snapshot)


MODEL = """
key: letters
title: Letters
touchpoints:
  - {id: screen, name: Screen, events: {events: "*", channel: web}}
  - {id: counter, name: Counter, online: false, events: [{channel: store, where: plan = 'p'}, D]}
stages:
  - {key: first, name: First, entry: [A, {touchpoints: counter}], exit: C}
  - {key: second, name: Second, entry: {touchpoints: screen}}
  - {key: third, name: Third, entry: [B, C]}
behaviours:
  - {key: ordered, name: Ordered, events: {events: A, where: value > 1}}
  - {key: churned, name: Churned, silent: 3us}
"""


@pytest.fixture(scope="module")
def seen(snapshot: Snapshot) -> Snapshot:
    """The snapshot through a journey model."""
    return snapshot.through(ModelColumns(lambda: JourneyModel.load(MODEL)))


@pytest.mark.parametrize("options", [{}, {"order": "any", "where": "plan = 'p'", "moment": START + 4}])
def test_laws_stages(seen: Snapshot, options: dict[str, Any]) -> None:
    analysis = Stages(StagesSpec(**options), seen)
    holds(analysis, seen)
    holds(analysis, seen, lambda state: StagesResult(analysis, copy.deepcopy(state), LocalEngine(1)).table.to_pylist())


@pytest.mark.parametrize("options", [{}, {"where": "touchpoint = 'screen'"}])
def test_laws_behaviours(seen: Snapshot, options: dict[str, Any]) -> None:
    holds(Behaviours(BehavioursSpec(**options), seen), seen)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets of events with scores on two scales and with weights."""
    dice = random.Random(4)
    events = [
        replace(
            e, score=dice.choice((None, 1.0, 4.5)), scale=dice.choice((None, "nps")), weight=dice.choice((None, 2.5))
        )
        for e in dict.fromkeys(ugly(95))
    ]
    with buckets(12):
        snapshot = workspace(tmp_path_factory.mktemp("answered") / "w.lvtu", events).snapshot()
    return snapshot.through(ModelColumns(lambda: JourneyModel.load(MODEL)))


@pytest.mark.parametrize("options", [{}, {"by": "channel", "where": "value > 1"}])
def test_laws_first_touch(answered: Snapshot, options: dict[str, Any]) -> None:
    answered.prepare({"touchpoint"})
    analysis = FirstTouch(FirstTouchSpec(**options), answered)
    holds(analysis, answered)
    holds(analysis, answered, lambda state: FirstTouchResult(analysis, state, LocalEngine(1)).table.to_pylist())


def test_steps_and_drill_down_reconcile(snapshot: Snapshot) -> None:
    analysis = Funnel(FunnelSpec(steps=("A", "B", "C"), within=6), snapshot)
    engine = LocalEngine(2)
    result = FunnelResult(analysis, engine.fold(analysis, snapshot), engine)
    assert result.steps == [len(result.customers(step)) for step in (1, 2, 3)]
    lost = [len(result.customers(step, lost=True)) for step in (1, 2, 3)]
    assert sum(lost) == result.steps[0] and lost[2] == result.steps[2]
