"""Slides of any map, by channels, by roles or as a blueprint: what is told in detail is read, and nothing gets lost."""

from __future__ import annotations

import io
from collections import Counter
from itertools import pairwise
from typing import Any

import pptx
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.model.text import Text
from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import Reading
from lvtu.maps.blueprint.reading import ZONES
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.blueprint import blueprint
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.readable import ALIKE, UPRIGHT
from lvtu.maps.exchange.writing import slides
from lvtu.maps.live.filled import Filled, Value

LONG = "What happens here is told in a sentence of some length, since nobody keeps to a few words"
SHORT = st.sampled_from(["Pay", "Wait at the desk of the ward", "Somebody looks after it"])
ROLES = [role for some in ZONES.values() for role in some if role != "customer"]


@st.composite
def maps(draw: st.DrawFn) -> Sheet:
    """Up to sixteen steps in four stages, nine channels, five actors, eight lanes with cards, links between those."""
    number = draw(st.integers(1, 16))
    keys = [f"s{place}" for place in range(number)]
    stages = draw(st.integers(1, min(4, number)))
    channels = [f"ch{place}" for place in range(draw(st.integers(0, 9)))]
    actors = [f"a{place}" for place in range(draw(st.integers(0, 5)))]
    some = st.lists(st.sampled_from(actors), max_size=2, unique=True) if actors else st.just([])
    steps = [{"key": key, "stage": f"g{place * stages // number}", "name": f"{draw(SHORT)} {key}", "actors": draw(some)}
             for place, key in enumerate(keys)]  # fmt: skip
    roles = [
        *draw(st.lists(st.sampled_from(ROLES), max_size=6)),
        *(["customer"] if draw(st.booleans()) else []),
        "pains",
    ]
    lanes = [{"key": f"l{place}", "role": role, "label": f"Lane {place}"} for place, role in enumerate(roles)]
    cells = draw(st.lists(st.tuples(st.sampled_from(keys), st.integers(0, len(lanes) - 1)), max_size=40))
    cards = [{"key": f"c{place}", "lane": f"l{lane}", "step": step, "text": draw(st.sampled_from([LONG, "Short"]))}
             for place, (step, lane) in enumerate(cells)]  # fmt: skip
    ends = st.sampled_from([card["key"] for card in cards]) if cards else st.nothing()
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6)) if cards else []
    links = [{"key": f"k{place}", "source": one, "target": other, "kind": "hands_over"}
             for place, (one, other) in enumerate(dict.fromkeys(pairs)) if one != other]  # fmt: skip
    map_ = JourneyMap.load({
        "title": "A journey", "stages": [{"key": f"g{place}", "name": f"Stage {place}"} for place in range(stages)],
        "steps": steps, "lanes": lanes, "cards": cards, "links": links,
        "actors": [{"key": key, "name": f"Actor {key}", "strategy": LONG} for key in actors],
    })  # fmt: skip
    there = draw(st.sets(st.tuples(st.sampled_from(keys), st.sampled_from(channels)), max_size=60)) if channels else ()
    places = {place: Value(90.0, "count", 90) for place in sorted(there)}
    ways = {pair: Value(40.0, "count", 40) for pair in pairwise(places) if pair[0][1] != pair[1][1]}
    return Sheet(map_, Filled(channels=places, switches=ways, customers=900), "en",
                 channels={key: Text(key, f"Channel {key}") for key in channels})  # fmt: skip


def shown(sheet: Sheet, kind: str) -> list[Any]:
    """The slides of a map, of which the first is the overview, if there are several."""
    if kind == "blueprint":
        made = slides(sheet, lambda one: blueprint(one, Reading(one.map, one.filled)), apart=UPRIGHT)
    else:
        made = slides(sheet, lambda one: drawn(one, kind, "timeline"), apart=ALIKE)
    return list(pptx.Presentation(io.BytesIO(made.content)).slides)


def told(some: list[Any], kind: str) -> Counter[str]:
    """On how many slides each part of a kind stands."""
    names = (set(slide.shapes._spTree.xpath(".//p:grpSp/p:nvGrpSpPr/p:cNvPr/@name")) for slide in some)
    return Counter(name.removeprefix(f"{kind} ") for one in names for name in one if name.startswith(f"{kind} "))


def check_sizes(some: list[Any]) -> None:
    for slide in some:
        sizes = [int(size) for size in slide.shapes._spTree.xpath(".//a:r/a:rPr/@sz")]
        assert min(sizes, default=800) >= 800, slide.shapes.title.text_frame.text


@settings(max_examples=25, deadline=None)
@given(maps(), st.sampled_from(["channel", "role", "blueprint"]))
def test_details_are_read_and_nothing_is_lost(sheet: Sheet, kind: str) -> None:
    some = shown(sheet, kind)
    details = some[1:] or some
    check_sizes(details)
    map_ = sheet.map
    if kind == "channel":
        cells = told(details, "place")
        assert {f"{channel}/{step}" for step, channel in sheet.filled.channels} == set(cells)
        assert max(cells.values(), default=1) == 1
    if kind == "role":
        takes = {f"Actor {actor}" for step in map_.steps for actor in step.actors}
        assert set(told(details, "actor")) >= {actor.key for actor in map_.actors if f"Actor {actor.key}" in takes}
    if kind != "blueprint":
        assert set(told(details, "card")) == {card.key for card in map_.cards}
        return
    zones = {lane.key for lane in map_.lanes if lane.role != "pains"}
    cards = {card.key for card in map_.cards if card.lane in zones}
    assert set(told(details, "card")) == cards
    drawn_, away = told(details, "link"), told(details, "away")
    for link in map_.links:
        if {link.source, link.target} <= cards:
            assert drawn_[link.key] or away[link.key] == 2, link
    assert set(told(details, "line")) == {"interaction", "visibility", "internal"}
