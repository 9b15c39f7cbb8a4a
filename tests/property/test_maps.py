"""Maps stay whole and lose nothing: edits are undone, documents come back as they were."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvtu.core.words import LANGS
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.changes import applied, changes, undone
from lvtu.maps.drawing import Style, Type, drawn
from lvtu.maps.drawing.overlay import OVERLAYS
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg as written
from lvtu.maps.edits import EDITS, made
from lvtu.maps.live.filled import Filled

LANES = ("goals", "customer", "thoughts", "support")
Edit = dict[str, Any]


def text(draw: st.DrawFn) -> Any:
    return draw(st.sampled_from(["付款", "Pay", {"zh": "付款", "en": "Pay"}, "又要排队？\n**怎么回事**"]))


def said(draw: st.DrawFn, before: list[str]) -> Edit:
    """What a card is, and what it says of itself; it stems from cards before it alone."""
    stems = draw(st.lists(st.sampled_from(before), unique=True, max_size=2)) if before else []
    details: dict[str, Edit] = {
        "need": {"importance": draw(st.integers(0, 10)), "rung": "want", "item": "speed"},
        "pain": {"severity": draw(st.integers(1, 5)), "at_risk": "12.5 CNY", "where": "score < 3"},
        "gain": {"strength": 2, "reach": draw(st.integers(0, 9))},
        "opportunity": {"stems_from": stems, "effort": 0.5, "confidence": 0.8},
        "action": {"stems_from": stems, "due": "2026-12-01", "expected": "Less"},
        "standard": {"do": text(draw), "dont": "Argue", "version": "3", "since": "2026-12-01", "training": "L-7"},
    }
    kind = draw(st.sampled_from(["text", *details]))
    return {"kind": kind, "details": draw(st.sampled_from([None, details[kind]])) if kind in details else None}


@st.composite
def maps(draw: st.DrawFn) -> JourneyMap:
    stages = [f"g{number}" for number in range(draw(st.integers(1, 3)))]
    steps = [f"s{number}" for number in range(draw(st.integers(0, 6)))]
    of = sorted(draw(st.lists(st.integers(0, len(stages) - 1), min_size=len(steps), max_size=len(steps))))
    lanes = LANES[: draw(st.integers(1, 4))]
    cards = []
    for number in range(draw(st.integers(0, 6)) if steps else 0):
        first, last = sorted((draw(st.integers(0, len(steps) - 1)), draw(st.integers(0, len(steps) - 1))))
        card = {"key": f"c{number}", "lane": draw(st.sampled_from(lanes)), "step": steps[first], "text": text(draw)}
        cards.append(
            card | ({"until": steps[last]} if last > first else {}) | said(draw, [one["key"] for one in cards])
        )
    keys = [card["key"] for card in cards]
    links = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=3)) if keys else []
    frame = draw(st.lists(st.sampled_from(steps), unique=True, max_size=3)) if steps else []
    return JourneyMap.load({
        "title": text(draw),
        "where": draw(st.sampled_from([None, "channel = 'store'"])),
        "stages": [{"key": key, "name": key, "guessed": key == stages[0]} for key in stages],
        "actors": [{"key": "buyer", "name": "Buyer"}],
        "steps": [
            {"key": key, "stage": stages[place], "name": key, "actors": ["buyer"] if place else []}
            for key, place in zip(steps, of, strict=True)
        ],
        "lanes": [{"key": key, "role": key, "label": key} for key in lanes],
        "cards": cards,
        "links": [{"key": f"l{n}", "source": a, "target": b} for n, (a, b) in enumerate(links)],
        "curve": [{"key": "p", "step": steps[0], "value": 1.5, "by": "A", "reason": "seen"}] if steps else [],
        "bindings": [{"key": "b", "lane": lanes[0], "step": steps[-1], "analysis": "scores"}] if steps else [],
        "paths": [{"key": "h", "kind": "happy", "name": "Happy", "steps": steps[:2], "optional": steps[1:2]}],
        "frames": [{"key": "f", "title": "One", "steps": frame}],
    })  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """An edit that may fit; names are taken from what maps have, and some that none has."""
    step, stage, lane = st.sampled_from([f"s{n}" for n in range(7)]), st.sampled_from(["g0", "g1", "g2", "g9"]), LANES
    new = st.sampled_from(["n1", "n2", "s1", "g1", "c1"])
    behind = st.one_of(st.none(), step)
    name = draw(st.sampled_from(list(EDITS)))
    part = draw(
        st.sampled_from(
            ["stages", "steps", "lanes", "cards", "links", "actors", "frames", "curve", "paths", "verdicts", "votings"]
        )
    )
    any_key = st.one_of(
        step, stage, st.sampled_from(lane), st.sampled_from(["c0", "c1", "c2", "l0", "buyer", "f", "p", "h"])
    )
    verdict = st.sampled_from([None, {"reason": "So", "by": "Ann", "on": "2026-03-01", "weight": 0.5}])
    proposed = st.one_of(
        st.fixed_dictionaries({"card": st.sampled_from(["c0", "c1"]), "verdict": verdict}),
        st.fixed_dictionaries({"step": step, "verdict": verdict}),
    )
    card = {"key": draw(new), "lane": draw(st.sampled_from(lane)), "step": draw(step), "text": text(draw)}
    arguments: dict[str, Edit] = {
        "add_step": {"step": {"key": draw(new), "stage": draw(stage), "name": "New"}, "behind": draw(behind)},
        "move_steps": {
            "steps": draw(st.lists(step, min_size=1, max_size=3)), "stage": draw(st.one_of(st.none(), stage)),
            "behind": draw(behind),
        },
        "split_step": {"step": draw(step), "parts": [{"key": draw(new)}, {"key": draw(step), "name": "Rest"}]},
        "merge_steps": {
            "steps": draw(st.lists(step, min_size=2, max_size=3)), "name": draw(st.sampled_from([None, "M"])),
        },
        "move_stage": {"stage": draw(stage), "behind": draw(st.one_of(st.none(), stage))},
        "merge_stages": {"stages": draw(st.lists(stage, min_size=2, max_size=3))},
        "split_stage": {"stage": draw(stage), "at": draw(step), "part": {"key": draw(new), "name": "Later"}},
        "put": draw(st.sampled_from([{"part": "cards", "made": [card]}, {"part": "votings", "made": [{
            "key": "n1", "dots": 3, "voters": 2, "on": "2026-03-01", "title": card["text"],
            "tally": [{"card": "c0", "dots": 4, "voters": 2}, {"card": "gone", "dots": 1, "voters": 1}],
        }]}])),
        "change": draw(st.sampled_from([
            {"part": part, "key": draw(any_key), "fields": {"name": "Other"}},
            {"part": "cards", "key": draw(any_key), "fields": {"kind": "gain"}},
            {"part": "cards", "key": draw(any_key), "fields": {"details": {"stems_from": ["c0"]}}},
            {"part": "paths", "key": "h", "fields": {"steps": draw(st.lists(step, max_size=3))}},
            {"part": "paths", "key": "h", "fields": {"optional": [draw(step)]}},
        ])),
        "move": {"part": part, "key": draw(any_key), "behind": draw(st.one_of(st.none(), any_key))},
        "remove": {"part": part, "keys": [draw(any_key)]},
        "describe": {"fields": {"title": text(draw), "goal": draw(st.sampled_from([None, "Done"]))}},
        "paste": {"lane": draw(st.sampled_from(lane)), "step": draw(step), "table": [["a", ""], ["b"]]},
        "accept_moment": {**draw(proposed), "moment": "service"},
        "refuse_moment": draw(proposed),
        "bind": {
            "binding": {"lane": draw(st.sampled_from(lane)), "step": draw(step), "analysis": "scores"},
            "lane": draw(st.sampled_from([None, {"key": "goals", "role": "goals", "label": "L"}])),
        },
        "several": {"edits": [
            {"edit": "put", "part": "cards", "made": [card]},
            {"edit": "change", "part": "cards", "key": card["key"], "fields": {"owner": "A", "person": "B"}},
        ]},
    }  # fmt: skip
    return {"edit": name, **arguments[name]}


def after(map_: JourneyMap, some: list[Edit]) -> list[JourneyMap]:
    """The map after each of the edits that fit it."""
    found = [map_]
    for edit in some:
        try:
            found.append(made(found[-1], edit))
        except BadInput:
            continue
    return found


@given(maps())
def test_a_document_comes_back_as_it_was(map_: JourneyMap) -> None:
    assert JourneyMap.load(map_.to_json()) == map_
    assert JourneyMap.load(json.loads(map_.to_json())).to_json() == map_.to_json()


@given(maps(), st.sampled_from(get_args(Type)), st.sampled_from(get_args(Style)), st.sampled_from([None, *OVERLAYS]))
def test_a_way_of_looking_changes_nothing(map_: JourneyMap, type: str, style: str, overlay: str | None) -> None:
    before = map_.to_json()
    for lang in LANGS:
        svg = ElementTree.fromstring(written(drawn(Sheet(map_, Filled(), lang), type, style, overlay), lang))
        shown = {part.get("data-key") for part in svg.iter() if part.get("data-kind") == "step"}
        assert shown == {step.key for step in map_.steps}
    assert map_.to_json() == before


@given(maps(), st.lists(edits(), min_size=1, max_size=8))
def test_edits_then_undo_change_nothing(map_: JourneyMap, some: list[Edit]) -> None:
    history = after(map_, some)
    log = [changes(one, other) for one, other in pairwise(history)]
    now = history[-1]
    for steps in reversed(log):
        now = applied(now, undone(steps))
    assert now == map_
    for steps in log:
        now = applied(now, steps)
    assert now == history[-1]


@given(maps(), maps())
def test_any_map_becomes_any_other_by_changes(one: JourneyMap, other: JourneyMap) -> None:
    other = JourneyMap.load({**other.document(), "id": one.id})
    between = changes(one, other)
    assert applied(one, between) == other
    assert applied(other, undone(between)) == one
    assert changes(one, one) == ()


@given(maps(), st.lists(edits(), min_size=1, max_size=6))
def test_what_was_split_or_merged_is_found_by_its_former_key(map_: JourneyMap, some: list[Edit]) -> None:
    """The oracle follows each step's key through the edits by hand."""
    into = {step.key: {step.key} for step in map_.steps}
    history = [map_]
    for edit in some:
        try:
            history.append(made(history[-1], edit))
        except BadInput:
            continue
        if edit["edit"] == "split_step":
            parts = {part["key"] for part in edit["parts"]}
            into = {key: (now - {edit["step"]} | parts if edit["step"] in now else now) for key, now in into.items()}
        elif edit["edit"] == "merge_steps":
            merged = set(edit["steps"])
            into = {key: (now - merged | {edit["steps"][0]} if now & merged else now) for key, now in into.items()}
        there = {step.key for step in history[-1].steps}
        into = {key: now & there for key, now in into.items()}
    reused = {step.key for map_ in history for step in map_.steps} - set(into)
    for key, now in into.items():
        if not now & reused:
            assert set(history[-1].now(key)) >= now


@pytest.mark.parametrize(
    ("edit", "spans"),
    [
        ({"edit": "add_step", "step": {"key": "n", "stage": "g", "name": "N"}, "behind": "b"}, "abnc"),
        ({"edit": "remove", "part": "steps", "keys": ["b"]}, "ac"),
        ({"edit": "remove", "part": "steps", "keys": ["a", "b"]}, "c"),
        ({"edit": "move_steps", "steps": ["a"], "behind": "d"}, "bc"),
        ({"edit": "move_steps", "steps": ["d"], "behind": "a"}, "adbc"),
        ({"edit": "move_steps", "steps": ["a", "b", "c"], "behind": "d"}, "abc"),
        ({"edit": "move_steps", "steps": ["c"], "stage": "g"}, "ab"),
        ({"edit": "split_step", "step": "c", "parts": [{"key": "x"}, {"key": "y"}]}, "abxy"),
        ({"edit": "split_step", "step": "d", "parts": [{"key": "x"}, {"key": "y"}]}, "abc"),
        ({"edit": "merge_steps", "steps": ["c", "d"]}, "abc"),
        ({"edit": "merge_steps", "steps": ["a", "b", "c"]}, "a"),
    ],
)
def test_a_card_over_several_steps_stays_over_its_own(edit: Edit, spans: str) -> None:
    map_ = JourneyMap.load({
        "title": "M", "stages": [{"key": "g", "name": "G"}], "lanes": [{"key": "l", "role": "goals", "label": "L"}],
        "steps": [{"key": key, "stage": "g", "name": key} for key in "abcd"],
        "cards": [{"key": "c", "lane": "l", "step": "a", "until": "c"}],
    })  # fmt: skip
    now = made(map_, edit)
    assert "".join(now.spanned(now.cards[0])) == spans
