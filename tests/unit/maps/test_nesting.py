"""Maps within maps: no map contains itself, ways down are told, and numbers of a map become those of its step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.live.filled import Filled, Value
from lvtu.maps.nesting import VOLUME, crumbs, places, refuse_cycle, rolled_up
from parts import examples

NAMES = "abcde"


def a_map(id: str, children: Mapping[str, str | None], lanes: bool = False) -> JourneyMap:
    document: dict[str, Any] = {
        "id": id, "title": id.upper(), "stages": [{"key": "all", "name": "All"}],
        "steps": [
            {"key": key, "stage": "all", "name": key.upper(), **({"child": child} if child else {})}
            for key, child in children.items()
        ],
    }  # fmt: skip
    if lanes:
        document["lanes"] = [{"key": "felt", "role": "feelings", "label": "Felt"}]
        document["bindings"] = [{"key": "f", "lane": "felt", "analysis": "scores", "spec": {"metric": "sentiment"}}]
    return JourneyMap.load(document)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=10))
def test_links_are_refused_just_when_a_map_would_contain_itself(links: list[tuple[str, str]]) -> None:
    kept = {name: a_map(name, {}) for name in NAMES}
    reach: dict[str, set[str]] = {name: {name} for name in NAMES}  # the twin: what each leads to, by hand
    for number, (above, below) in enumerate(links):
        children = {step.key: step.child for step in kept[above].steps} | {f"s{number}": below}
        made = a_map(above, children)
        if above in reach[below]:
            with pytest.raises(BadInput, match="contain itself"):
                refuse_cycle(made, kept.get)
            continue
        refuse_cycle(made, kept.get)
        kept[above] = made
        for name in NAMES:
            if above in reach[name]:
                reach[name] |= reach[below]
    above_of = places(kept)
    for name in NAMES:
        way = crumbs(name, above_of)
        for place, following in zip(way, [one.map for one in way[1:]] + [name] * bool(way), strict=True):
            assert kept[place.map].step(place.step).child == following
        assert bool(way) == any(below == name for one in kept.values() for below in (s.child for s in one.steps))


values = st.builds(
    Value, st.floats(-2, 2, allow_nan=False), st.just("feeling"), st.integers(1, 50), st.just(-2.0), st.just(2.0)
)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.tuples(values, st.integers(0, 90)), min_size=1, max_size=5), values, st.integers(1, 90))
def test_numbers_roll_up_as_a_twin_adds_them(below: list[tuple[Value, int]], own: Value, there: int) -> None:
    steps = [f"s{number}" for number in range(len(below))]
    kept = {
        "child": a_map("child", dict.fromkeys(steps), lanes=True),
        "middle": a_map("middle", {"known": None, "deep": "child"}, lanes=True),
    }
    answers = {
        "child": Filled(
            values={"felt": {key: value for key, (value, _) in zip(steps, below, strict=True)}},
            volume={key: Value(n, "count", n) for key, (_, n) in zip(steps, below, strict=True)},
        ),
        "middle": Filled(values={"felt": {"known": own}}, volume={"known": Value(there, "count", there)}),
    }
    found = {one.of: one for one in rolled_up("middle", kept.get, answers.__getitem__)}
    total = sum(value.value * value.n for value, _ in below) + own.value * own.n  # the twin
    n = sum(value.n for value, _ in below) + own.n
    assert found["felt"].value.value == pytest.approx(total / n)
    assert found["felt"].value.n == n and found["felt"].value.low is None
    visits = sum(number for _, number in below) + there
    assert (found["volume"].value.value, found["volume"].analysis) == (visits, VOLUME[0])


def test_a_step_with_a_figure_of_its_own_keeps_it() -> None:
    kept = {
        "child": a_map("child", {"s": None}, lanes=True),
        "top": a_map("top", {"a": "child"}, lanes=True),
    }
    answers = {
        "child": Filled(values={"felt": {"s": Value(-2.0, "feeling", 9)}}),
        "top": Filled(values={"felt": {"a": Value(1.0, "feeling", 4)}}),
    }
    (felt,) = rolled_up("top", kept.get, answers.__getitem__)
    assert (felt.value.value, felt.value.n, felt.steps) == (1.0, 4, 1)


def test_maps_are_linked_and_let_go_of(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        top, low = (ws.maps.load(a_map(name, {"s": None})) for name in ("top", "low"))
        top.nest("s", low.id)
        parent = low.document.parent
        assert parent is not None and (parent.map, parent.step) == ("top", "s")
        with pytest.raises(BadInput, match="LOW → TOP → LOW"):
            low.nest("s", top.id)
        with pytest.raises(BadInput, match="contain itself"):
            ws.maps.load(low.document.document() | {"steps": [{**low.document.document()["steps"][0], "child": "top"}]})
        with pytest.raises(UnknownName):
            top.nest("s", "nobody")
        low.remove()
        assert top.document.step("s").child is None
        assert top.history()[-1]["what"] == "change"
