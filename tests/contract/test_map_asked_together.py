"""Figures that are asked in one pass are those that each question gets alone, and those counted by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from contract.cases import ugly, workspace
from lvtu.engines.local import LocalEngine
from lvtu.maps import JourneyMap
from lvtu.maps.compiled import model_of
from lvtu.maps.live.asking import filled, spoken_in
from lvtu.maps.live.bound import Bound
from lvtu.maps.live.filled import Value
from lvtu.maps.live.travelled import travelled
from lvtu.workspace import Workspace
from naive.journeys import Event
from property.strategies import CHANNELS, START

STEPS = {"A": "look", "B": "ask", "C": "pay"}
SPAN = (START - 10**9, START + 10**12)
ASKED: list[dict[str, Any]] = [
    {"metric": "nps", "scale": "nps"}, {"metric": "csat", "scale": "csat5"}, {"metric": "stars", "scale": "csat5"},
    {"metric": "mean", "scale": "minutes"}, {"metric": "sentiment"},
]  # fmt: skip
WHERE = [f"channel = '{name}'" for name in CHANNELS if name] + ["did 'A'", "channel is null", "plan = 'p'"]


def said() -> list[Event]:
    """Ugly journeys, most events with an answer: some beyond its scale, some that weigh very much."""
    found = []
    for event in ugly(31, customers=160):
        dice = random.Random(event.message_id)
        scale, highest = dice.choice((("nps", 10), ("csat5", 5), ("minutes", 90)))
        answer: dict[str, Any] = {"scale": scale, "score": float(dice.randint(0, highest))}
        answer["weight"] = dice.choice((None, None, 0.5, 2.0, 0.0, 70_000.0))
        answer["text"] = dice.choice((None, "非常好，下次还来", "太慢了，很失望", "还可以"))
        found.append(replace(event, **answer) if dice.random() < 0.8 else event)
    return found


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    given = said()
    with workspace(tmp_path_factory.mktemp("together") / "w", given[:500], given[500:]) as ws:
        yield ws


def the_map(asked: list[dict[str, Any]], where: str | None = None) -> JourneyMap:
    return JourneyMap.load({
        "title": "T", "where": where, "stages": [{"key": "all", "name": "All"}],
        "steps": [{"key": step, "stage": "all", "name": step, "entry": name} for name, step in STEPS.items()],
        "lanes": [{"key": f"l{at}", "role": "metrics", "kind": "number", "label": "L"} for at in range(len(asked))],
        "bindings": [
            *({"key": f"b{at}", "lane": f"l{at}", "analysis": "scores", "spec": spec} for at, spec in enumerate(asked)),
            *({"key": f"h{at}", "analysis": "scores", "spec": spec} for at, spec in enumerate(asked)),
        ],
    })  # fmt: skip


def both_ways(ws: Workspace, map_: JourneyMap, weighted: bool = True) -> Iterator[tuple[str, Any, Any]]:
    def count(snapshot: Any, engine: Any) -> list[tuple[str, Any, Any]]:
        _, spoken = spoken_in(map_, "UTC", snapshot, engine, weighted)
        bound = Bound(map_, SPAN, spoken, snapshot, engine, weighted)
        bound.cells()
        return [
            (one.key, bound.answer(one), dict(bound._rows(one))) for one in map_.bindings if one.key not in bound.failed
        ]

    yield from ws.through(model_of(map_, {})).asked(count)


@pytest.mark.parametrize("where", [None, "channel is not null"])
@pytest.mark.parametrize("weighted", [True, False])
def test_each_figure_is_the_one_that_its_question_gets_alone(ws: Workspace, where: str | None, weighted: bool) -> None:
    map_ = the_map([{**asked, "where": some} for some in WHERE for asked in ASKED], where)
    told = list(both_ways(ws, map_, weighted))
    assert sum(map(len, (found for _, found, _ in told))) > 60
    for key, together, alone in told:
        assert together.keys() == alone.keys(), key
        for step, one in together.items():
            other = alone[step]
            assert (one.n, one.unit) == (other.n, other.unit), (key, step)
            for mine, theirs in ((one.value, other.value), (one.low, other.low), (one.high, other.high)):
                assert mine == (None if theirs is None else pytest.approx(theirs, rel=1e-12)), (key, step)


def test_figures_are_those_counted_by_hand(ws: Workspace) -> None:
    map_ = the_map(
        [{**asked, "where": some} for some in ("channel = 'web'", "channel = 'store'") for asked in ASKED[:2]]
    )
    told = {key: found for key, found, _ in both_ways(ws, map_)}
    for place, binding in enumerate(map_.bindings[: len(map_.lanes)]):
        channel = str(binding.spec["where"]).split("'")[1]
        nps = binding.spec["metric"] == "nps"
        found: dict[str, dict[str, float]] = {}
        once = {one.message_id: one for one in said()}
        for event in once.values():
            low, high = (0, 10) if nps else (1, 5)
            if event.channel != channel or event.scale != binding.spec["scale"] or event.event not in STEPS:
                continue
            weight = 1.0 if event.weight is None else event.weight
            if event.score is None or not low <= event.score <= high or not weight:
                continue
            sums = found.setdefault(STEPS[event.event], {"n": 0, "all": 0.0, "sum": 0.0})
            sums["n"] += 1
            sums["all"] += weight
            good = event.score >= (9 if nps else 4)
            sums["sum"] += weight * (good - (nps and event.score <= 6))
        assert {step: (one.n, one.value) for step, one in told[f"b{place}"].items()} == {
            step: (sums["n"], pytest.approx((100 if nps else 1) * sums["sum"] / sums["all"]))
            for step, sums in found.items()
        }


def test_one_pass_answers_them_all(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    fold = LocalEngine.fold

    def counting(self: LocalEngine, analysis: Any, snapshot: Any) -> Any:
        asked[type(analysis).__name__] += 1
        return fold(self, analysis, snapshot)

    monkeypatch.setattr(LocalEngine, "fold", counting)
    lanes = [{**asked, "where": some} for some in WHERE for asked in ASKED]
    found = filled(the_map(lanes), ws, {})
    assert found.failed == {} and len(found.values) + len(found.head) > 1.5 * len(lanes)
    assert asked["Several"] == 1 and asked["ScoresQuestion"] == 0


def test_what_cannot_be_asked_says_so_and_leaves_the_others(ws: Workspace) -> None:
    good = {"metric": "nps", "scale": "nps", "where": "channel = 'web'"}
    odd = [
        {"metric": "nps", "scale": "gone", "where": "channel = 'web'"}, {"metric": "nps", "where": "nobody = 'x'"},
        {"metric": "csat", "scale": "nps", "where": "channel = 'web'"},
    ]  # fmt: skip
    found = filled(the_map([good, {**good, "where": "channel = 'store'"}, *odd]), ws, {})
    assert {"l0", "l1"} <= found.values.keys()
    assert {f"b{at}" for at in (2, 3, 4)} <= found.failed.keys() and not {"b0", "b1"} & found.failed.keys()


def test_a_table_for_ways_between_channels_grows(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    map_ = the_map(ASKED)

    def count() -> dict[Any, Value]:
        asked = ws.through(model_of(map_, {})).asked(lambda snapshot, engine: travelled(map_, *SPAN, snapshot, engine))
        return dict(asked.switches)

    usual = count()
    monkeypatch.setattr("lvtu.maps.live.travelled._TABLE", 1)
    assert len(usual) > 10 and count() == usual
