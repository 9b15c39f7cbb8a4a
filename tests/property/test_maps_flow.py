"""Flowcharts of maps: nothing covers anything, every way ends at its steps, whatever the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.maps import JourneyMap
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.flow.chart import Chart
from lvtu.maps.drawing.flow.picture import placed
from lvtu.maps.drawing.flow.ring import Ring
from lvtu.maps.drawing.flow.symbols import GATE, Spot
from lvtu.maps.drawing.flow.ways import END, FEW, LEAST, START, shown
from lvtu.maps.drawing.frames import framed
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live import Filled, Value
from parts import examples

TYPES = ("linear", "stage", "channel", "role")
NEAR = 0.5
MOST_PORTS = 14.5 * 13


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Maps of up to 14 steps in up to 4 stages, on up to 3 channels, with any ways through them; some without data."""
    stages = draw(st.integers(1, 4))
    numbers = sorted(draw(st.lists(st.integers(0, stages - 1), min_size=1, max_size=14)))
    keys = [f"s{place}" for place in range(len(numbers))]
    channels = draw(st.lists(st.lists(st.sampled_from("abc"), max_size=2, unique=True), min_size=len(keys),
                             max_size=len(keys)))  # fmt: skip
    map_ = JourneyMap.load({
        "title": "Map", "stages": [{"key": f"g{place}", "name": f"Stage {place}"} for place in range(stages)],
        "actors": [{"key": key, "name": key} for key in "abc"],
        "steps": [
            {"key": key, "stage": f"g{stage}", "name": f"Step with a name {key}", "channels": some, "actors": some}
            for key, stage, some in zip(keys, numbers, channels, strict=True)
        ],
    })  # fmt: skip
    if draw(st.booleans()):
        return Sheet(map_, Filled(), draw(st.sampled_from(("zh", "en"))))
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda pair: pair[0] != pair[1])
    counts = draw(st.dictionaries(pairs, st.integers(1, 90), max_size=40)) if len(keys) > 1 else {}
    left = {key: sum(n for (source, _), n in counts.items() if source == key) for key in keys}
    ways = {pair: Value(n / left[pair[0]], "share", left[pair[0]]) for pair, n in counts.items()}
    times = {pair: Value(3.6e9 * n, "duration", n) for pair, n in counts.items() if n % 2}
    ends = {key: Value(0.3, "share", 50) for key in draw(st.lists(st.sampled_from(keys), max_size=4))}
    starts = {key: Value(0.4, "share", 50) for key in draw(st.lists(st.sampled_from(keys), max_size=4))}
    filled = Filled(ways=ways, between=times, ends=ends, starts=starts, customers=50)
    return Sheet(map_, filled, draw(st.sampled_from(("zh", "en"))))


Room = tuple[float, float, float, float]


def room(spot: Spot) -> Room:
    return spot.left, spot.top, spot.right, spot.bottom


def meet(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def crosses(line: tuple[tuple[float, float], ...], spot: Spot) -> bool:
    """Whether a line of level and upright pieces runs through a step."""
    inner = (spot.left + NEAR, spot.top + NEAR, spot.right - NEAR, spot.bottom - NEAR)
    return any(
        meet((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]) + 1e-6, max(a[1], b[1]) + 1e-6), inner)
        for a, b in pairwise(line)
    )


@settings(max_examples=examples(120), deadline=None)
@given(sheets(), st.sampled_from(TYPES), st.integers(1, 9), st.sampled_from((None, 1, 2)))
def test_charts(sheet: Sheet, type: str, size: int, deep: int | None) -> None:
    ways = shown(sheet.map, sheet.filled)
    chart = Chart(sheet, ways, placed(sheet, ways, type, size, deep), 0, 0)
    spots = chart.spots
    assert set(spots) - {START, END} == set(ways.steps)
    keys = list(spots)
    for place, key in enumerate(keys):
        assert not any(meet(room(spots[key]), room(spots[other])) for other in keys[:place])
    drawn = [run.way for run, _ in chart.lines]
    assert {*drawn, *chart.routes.named} == set(ways.ways) and len(drawn) + len(chart.routes.named) == len(ways.ways)
    for run, line in chart.lines:
        source, target = spots[run.way.source], spots[run.way.target]
        (x, y), (tx, ty) = line[0], line[-1]
        assert (0 <= x - source.right <= 2 * GATE + 4.1 and abs(y - source.y) <= MOST_PORTS) or (
            (x, y) == (source.x, source.bottom)
        ), "it leaves its source"
        assert (tx, ty) == (target.left, target.y) or (ty == target.top and target.left <= tx <= target.right)
        assert all(abs(a[0] - b[0]) < 1e-6 or abs(a[1] - b[1]) < 1e-6 for a, b in pairwise(line)), "level or upright"
        for key, spot in spots.items():
            assert not crosses(line, spot), f"{run.way.source} → {run.way.target} runs through {key} ({run.kind})"
        assert all(0 <= at <= chart.width and 0 <= height <= chart.height for at, height in line), "inside"
    for label, taken in chart.labels:
        assert not any(meet(taken, room(spot)) for spot in spots.values()), label.lines
        assert taken[0] >= 0 and taken[2] <= chart.width and taken[1] >= 0 and taken[3] <= chart.height
    taken = [room_ for _, room_ in chart.labels]
    for place, one in enumerate(taken):
        assert not any(meet(one, other) for other in taken[:place]), "no words cover others"


@settings(max_examples=examples(80), deadline=None)
@given(sheets(), st.sampled_from((*TYPES, "cyclic")))
def test_every_way_is_drawn_or_told_at_its_step(sheet: Sheet, type: str) -> None:
    scene, ways = drawn(sheet, type, "flowchart"), shown(sheet.map, sheet.filled)
    told = Counter(part.key for part in parts(scene.shapes) if part.kind == "way")
    assert told == Counter("/".join(end.strip(chr(0)) for end in (one.source, one.target)) for one in ways.ways)
    for step in (part for part in parts(scene.shapes) if part.kind == "step"):
        (left, top, right, bottom), *_ = [box(shape) for shape in step.shapes if isinstance(shape, Box)]
        for label in (shape for shape in flat(step.shapes) if isinstance(shape, Label)):
            wide = max(width(line, label.size, label.bold) for line in label.lines)
            start = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
            assert start >= left and start + wide <= right, label.lines
            assert label.y - label.size >= top and label.y + label.height - label.size * label.leading <= bottom


@settings(max_examples=examples(120), deadline=None)
@given(sheets(), st.sampled_from(TYPES))
def test_no_way_crosses_a_heading_or_a_card_of_others(sheet: Sheet, type: str) -> None:
    """As it is drawn: pieces of lines against headings of stages, names of rows, steps with their feet, decisions."""
    scene = drawn(sheet, type, "flowchart")
    found = list(parts(scene.shapes))
    rooms = [("", box(one.shapes[1])) for one in found if one.kind == "stage"]
    rooms += [("", box(one.shapes[1])) for one in found if one.kind == "lane" and len(one.shapes) == 3]
    rooms += [(one.key, box(one.shapes[0])) for one in found if one.kind == "step"]
    rooms += [(one.key, span(one)) for one in found if one.kind == "decision"]
    assert len(rooms) >= len(sheet.map.steps)
    for way in (one for one in found if one.kind == "way" and isinstance(one.shapes[0], Line)):
        for piece in pairwise(way.shapes[0].points):
            for key, (left, top, right, bottom) in rooms:
                inner = left + NEAR, top + NEAR, right - NEAR, bottom - NEAR
                assert key in way.key.split("/") or not meets(piece, inner), (way.key, key, piece)


def span(part: Part) -> Room:
    xs, ys = zip(*(point for one in part.shapes if isinstance(one, Line) for point in one.points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meets(piece: tuple[tuple[float, float], tuple[float, float]], room: Room) -> bool:
    """Whether a straight piece has a point in a room: what is left of it when it is cut at each of the four sides."""
    (x, y), (tx, ty) = piece
    begin, end = 0.0, 1.0
    for step, low, high in ((tx - x, room[0] - x, room[2] - x), (ty - y, room[1] - y, room[3] - y)):
        if step:
            near, far = sorted((low / step, high / step))
            begin, end = max(begin, near), min(end, far)
        elif low > 0 or high < 0:
            return False
    return begin <= end


def parts(shapes: Iterable[Shape]) -> Iterator[Part]:
    for one in shapes:
        if isinstance(one, Part):
            yield one
            yield from parts(one.shapes)


def box(one: Box) -> Room:
    return one.x, one.y, one.x + one.width, one.y + one.height


@settings(max_examples=examples(60), deadline=None)
@given(sheets())
def test_rings(sheet: Sheet) -> None:
    ring = Ring(sheet, shown(sheet.map, sheet.filled), 0, 0)
    keys = list(ring.spots)
    for place, key in enumerate(keys):
        assert not any(meet(room(ring.spots[key]), room(ring.spots[other])) for other in keys[:place])
    for way, line in ring.lines:
        for point, key in ((line[0], way.source), (line[-1], way.target)):
            left, top, right, bottom = room(ring.spots[key])
            on = (abs(point[0] - left) < NEAR or abs(point[0] - right) < NEAR) or (
                abs(point[1] - top) < NEAR or abs(point[1] - bottom) < NEAR
            )
            assert on and left - NEAR <= point[0] <= right + NEAR and top - NEAR <= point[1] <= bottom + NEAR
        for key, spot in ring.spots.items():
            inside = [
                point for point in line if spot.left < point[0] < spot.right and spot.top < point[1] < spot.bottom
            ]
            assert key in (way.source, way.target) or not inside, f"{way.source} → {way.target} runs through {key}"
    taken = [room_ for _, room_ in ring.labels]
    for place, one in enumerate(taken):
        assert not any(meet(one, room(spot)) for spot in ring.spots.values())
        assert not any(meet(one, other) for other in taken[:place])


def test_a_long_journey_fits_a_page() -> None:
    """Of twenty-two steps in six stages, as a retailer has: no flowchart is far wider or higher than a screen."""
    keys = [f"s{place}" for place in range(22)]
    map_ = JourneyMap.load({
        "title": "Map", "stages": [{"key": f"g{place}", "name": f"Stage {place}"} for place in range(6)],
        "steps": [{"key": key, "stage": f"g{place * 6 // 22}", "name": f"S {key}"} for place, key in enumerate(keys)],
    })  # fmt: skip
    ways = {pair: Value(0.8, "share", 100) for pair in pairwise(keys)}
    ways |= {(key, "s3"): Value(0.2, "share", 100) for key in keys[4:]}
    sheet = Sheet(map_, Filled(ways=ways, customers=100, starts={"s0": Value(1.0, "share", 100)}), "en")
    for type in (*TYPES, "cyclic"):
        scene = drawn(sheet, type, "flowchart")
        assert scene.width <= 1800 and 0.9 <= scene.width / scene.height <= 2.6, (type, scene.width, scene.height)


def flat(shapes: Any) -> list[Shape]:
    return [one for shape in shapes for one in (flat(shape.shapes) if isinstance(shape, Part) else [shape])]


@settings(max_examples=examples(40), deadline=None)
@given(sheets(), st.sampled_from((*TYPES, "cyclic")))
def test_everything_lies_inside_the_picture(sheet: Sheet, type: str) -> None:
    scene = drawn(sheet, type, "flowchart")
    for shape in flat(scene.shapes):
        if isinstance(shape, Box):
            xs, ys = (shape.x, shape.x + shape.width), (shape.y, shape.y + shape.height)
        elif isinstance(shape, Line):
            xs, ys = tuple(x for x, _ in shape.points), tuple(y for _, y in shape.points)
        elif isinstance(shape, Dot):
            xs, ys = (shape.x - shape.radius, shape.x + shape.radius), (shape.y - shape.radius, shape.y + shape.radius)
        else:
            assert isinstance(shape, Label)
            wide = max((width(line, shape.size, shape.bold) for line in shape.lines), default=0)
            back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            xs, ys = (shape.x - back, shape.x - back + wide), (shape.y - shape.size, shape.y)
        assert min(xs) >= 0 and max(xs) <= scene.width and min(ys) >= -1 and max(ys) <= scene.height


@settings(max_examples=examples(100), deadline=None)
@given(sheets())
def test_what_is_left_out_is_rare_and_counted(sheet: Sheet) -> None:
    ways = shown(sheet.map, sheet.filled)
    pairs = {(one.source, one.target) for one in ways.ways if not one.planned}
    out = {pair: share for pair, share in sheet.filled.ways.items() if pair not in pairs}
    assert ways.left_out == len(out)
    for pair, share in out.items():
        assert share.value < LEAST or round(share.value * share.n) < FEW, pair
    for key in {source for source, _ in sheet.filled.ways}:
        assert any(one.source == key for one in ways.ways), "no step hangs in the air"
    if not sheet.filled.ways and not sheet.filled.starts and not sheet.filled.ends:
        assert [(one.source, one.target) for one in ways.ways] == list(pairwise((START, *ways.steps, END)))
        assert all(one.planned for one in ways.ways)


@pytest.mark.parametrize("type", TYPES)
def test_the_main_variant_is_straight(type: str) -> None:
    """Of three steps that nearly all take, with a detour: in one row from the start to the end."""
    map_ = JourneyMap.load({
        "title": "Shop", "stages": [{"key": "a", "name": "A"}],
        "steps": [{"key": key, "stage": "a", "name": key} for key in ("look", "ask", "pay", "get")],
    })  # fmt: skip
    share = {("look", "pay"): 0.8, ("look", "ask"): 0.2, ("ask", "pay"): 1.0, ("pay", "get"): 0.9, ("pay", "look"): 0.1}
    filled = Filled(
        ways={pair: Value(one, "share", 100) for pair, one in share.items()}, customers=100,
        starts={"look": Value(1.0, "share", 100)}, ends={"get": Value(1.0, "share", 90)},
    )  # fmt: skip
    ways = shown(map_, filled)
    assert ways.main == ("look", "pay", "get")
    assert [(one.source, one.target) for one in ways.ways if ways.back(one)] == [("pay", "look")]
    if type == "linear":
        chart = Chart(Sheet(map_, filled, "en"), ways, placed(Sheet(map_, filled, "en"), ways, type, 9), 0, 0)
        assert len({chart.spots[key].y for key in (START, *ways.main, END)}) == 1


def test_a_frame_tells_where_customers_went_from_it() -> None:
    """Of four steps in two stages the first stage's frame names what follows; nobody ends where most go on."""
    map_ = JourneyMap.load({
        "title": "Shop", "stages": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
        "steps": [{"key": key, "stage": stage, "name": f"Step {key}"}
                  for key, stage in (("look", "a"), ("cart", "a"), ("pay", "b"), ("get", "b"))],
    })  # fmt: skip
    share = {
        ("look", "cart"): 0.9,
        ("look", "pay"): 0.1,
        ("cart", "pay"): 1.0,
        ("pay", "get"): 0.8,
        ("pay", "look"): 0.2,
    }
    filled = Filled(
        ways={pair: Value(one, "share", 100) for pair, one in share.items()}, customers=100,
        starts={"look": Value(0.9, "share", 100), "pay": Value(0.02, "share", 100)},
        ends={"cart": Value(0.02, "share", 90), "get": Value(1.0, "share", 80)},
        volume={key: Value(n, "count", n) for key, n in (("look", 100), ("cart", 90), ("pay", 99), ("get", 80))},
    )  # fmt: skip
    whole = Sheet(map_, filled, "en")
    told = {
        key: [
            part.title for part in parts(drawn(framed(whole, key), "linear", "flowchart").shapes) if part.kind == "way"
        ]
        for key in ("a", "b")
    }
    assert set(told["a"]) == {
        "Start → Step look · 90.0%, n 100", "Step look → Step cart · 90.0%, n 100",
        "Step look → Step pay · 10.0%, n 100", "Step cart → Step pay · 100.0%, n 100",
    }  # fmt: skip
    assert set(told["b"]) == {
        "Step pay → Step get · 80.0%, n 100", "Step pay → Step look · 20.0%, n 100", "Step get → End · 100.0%, n 80",
    }  # fmt: skip
