"""Process maps: boxes in layers, ways that pass between them, numbers that lie on nothing else."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from lvtu.analyses.charts.graph import BOX, LAYER, ROOM, draw, written
from lvtu.analyses.charts.layers import MOST_BESIDE, Layers, _apart, layered
from lvtu.analyses.charts.svg import svg_of
from lvtu.analyses.charts.theme import LIGHT, Sheet
from parts import examples

_WAY = 0.34
"""The room of a way that passes a layer, in boxes."""

LINKS = st.lists(
    st.tuples(st.sampled_from("ABCDEFGHIJKLM"), st.sampled_from("ABCDEFGHIJKLM"), st.integers(1, 5_000_000)),
    max_size=30, unique_by=lambda link: link[:2],
)  # fmt: skip


@settings(max_examples=examples(120), deadline=None)
@given(links=LINKS)
def test_every_box_has_its_place_and_every_way_its_own(links: list[tuple[str, str, int]]) -> None:
    found = layered(links)
    assert set(found.places) == {end for source, target, _ in links for end in (source, target)}
    layers = sorted({down for _, down in found.places.values()})
    assert layers == list(range(found.deep)), "no layer is empty"
    for one, other in combinations(found.places.values(), 2):
        assert one[1] != other[1] or abs(one[0] - other[0]) > 1 - 1e-9
    assert all(0.5 - 1e-9 <= x <= found.wide - 0.5 + 1e-9 for x, _ in found.places.values())
    assert all(sum(y == layer for _, y in found.places.values()) <= MOST_BESIDE for layer in layers)
    for (source, target, _), way in zip(links, found.ways, strict=True):
        ends = [found.places[source], found.places[target]]
        assert [way[0], way[-1]] == ends
        assert abs(ends[0][1] - ends[1][1]) == len(way) - 1, "one point in each layer between"
        assert (source == target) == (len(way) == 1), "no way runs within a layer"
        for x, y in way[1:-1]:
            beside = [abs(x - at) for at, layer in found.places.values() if layer == y]
            assert min(beside, default=9) > (1 + _WAY) / 2 - 1e-9, "it passes no box"


def test_the_main_direction_is_down_and_its_chains_are_straight() -> None:
    links = [("pay", "done", 80), ("cart", "pay", 90), ("see", "cart", 100), ("pay", "cart", 5), ("see", "see", 7)]
    found = layered(links)
    assert [found.places[name][1] for name in ("see", "cart", "pay", "done")] == [0, 1, 2, 3]
    assert len({x for x, _ in found.places.values()}) == 1
    assert layered([]) == Layers({}, [], 1.0, 0)


def test_ways_that_need_not_cross_do_not() -> None:
    found = layered([("A", "X", 3), ("B", "Y", 3), ("C", "Z", 3), ("C", "Y", 1), ("B", "X", 1)])
    order = {name: x for name, (x, _) in found.places.items()}
    upper, lower = sorted("ABC", key=order.__getitem__), sorted("XYZ", key=order.__getitem__)
    assert ["ABC".index(name) for name in upper] == ["XYZ".index(name) for name in lower]


@given(wanted=st.lists(st.tuples(st.floats(-9, 9), st.sampled_from([1.0, _WAY])), min_size=1, max_size=12))
def test_places_are_the_nearest_ones_that_have_room(wanted: list[tuple[float, float]]) -> None:
    places, widths = map(list, zip(*wanted, strict=True))
    room = np.cumsum([0.0, *((a + b) / 2 for a, b in pairwise(widths))])
    expected = isotonic_regression(np.array(places) - room).x + room
    assert _apart(places, widths) == pytest.approx(list(expected), abs=1e-9)


def result_of(links: list[tuple[str, str, int]]) -> Any:
    rows = sorted(links, key=lambda link: -link[2])
    names = ("source", "target", "transitions")
    table = [dict(zip(names, row, strict=True)) | {"customers": 1, "median_time": 0} for row in rows]
    ends = pa.table({"name": pa.array([], pa.string()), "customers": pa.array([], pa.int64())})
    return SimpleNamespace(kind="graph", table=pa.Table.from_pylist(table) if table else pa.table({"source": []}),
                           starts=ends, ends=ends, notes=[])  # fmt: skip


@settings(max_examples=examples(120), deadline=None)
@given(links=LINKS.filter(bool))
def test_no_number_lies_on_a_box_or_on_another(links: list[tuple[str, str, int]]) -> None:
    option = draw(result_of(links), Sheet("en", LIGHT))
    lines, _, boxes, numbers = option["series"]
    across, (wide, high) = ROOM / option["xAxis"]["max"], boxes["symbolSize"]
    assert high == BOX
    taken = [(x * across, y * LAYER, wide, high) for x, y in (box["value"] for box in boxes["data"])]
    for number in numbers["data"]:
        x, y = number["value"]
        room = (x * across, y * LAYER, 6.4 * len(number["label"]["formatter"]) + 6, 14)
        for other in taken:
            apart = (
                abs(room[0] - other[0]) >= (room[2] + other[2]) / 2 or abs(room[1] - other[1]) >= (14 + other[3]) / 2
            )
            assert apart, f"{number} on {other}"
        taken.append(room)
        line = lines["data"][number["link"] - 1]
        assert number["label"]["formatter"] == f"{line['value']:,}" and [x, y] in line["coords"], "it lies on its way"


def test_a_chain_has_all_its_numbers() -> None:
    names = "ABCDEFGH"
    links = [(one, other, 1000 - place) for place, (one, other) in enumerate(pairwise(names))]
    assert len(draw(result_of(links), Sheet("en", LIGHT))["series"][3]["data"]) == len(links)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Pay", ["Pay"]),
        ("O_Sent (mail and online)", ["O_Sent (mail", "and online)"]),
        ("a {b|c}", ["a (b¦c)"]),
        ("提交了一份很长很长很长很长的贷款申请材料并等待审核", 2),
    ],
)
def test_names_have_as_many_lines_as_there_is_room_for(name: str, lines: Any) -> None:
    found = written(name, 96, 2)
    assert len(found) == lines if isinstance(lines, int) else found == lines
    more = written(name, 96, 3)
    assert len(more) == (3 if isinstance(lines, int) else len(lines)) and more[0].startswith(found[0][:4])
    assert len(found) < 3 and not any(mark in "".join(found) for mark in "{|}")


def test_a_low_picture_has_all_layers() -> None:
    """The height that the picture would have is no height of ECharts' own."""
    names = "ABCDEFGH"
    option = draw(result_of([(one, other, 9) for one, other in pairwise(names)]), Sheet("en", LIGHT))
    top, bottom = option["grid"]["top"], option["grid"]["bottom"]
    drawn = svg_of(option, 700, 400)
    heights = {name: float(y) for y, name in re.findall(r'translate\([\d.]+ ([\d.]+)\)"[^>]*>([A-H])<', drawn)}
    layer = (400 - top - bottom) / len(names)
    assert [heights[name] for name in names] == pytest.approx([top + layer * (n + 0.5) for n in range(8)], abs=1)
