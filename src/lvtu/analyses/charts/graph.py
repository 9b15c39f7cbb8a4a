"""The transition graph as a process map: boxes in layers from top to bottom, in the direction in which customers go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from lvtu.analyses.cells import item, place_item
from lvtu.analyses.charts.layers import Layers, Point, layered
from lvtu.analyses.charts.narrow import wrapped
from lvtu.analyses.charts.theme import Sheet, mixed

MOST = 30
"""Transitions that are drawn, the most frequent ones; more are a ball of wool."""

ROOM, LAYER, BOX = 584, 84, 46
"""Pixels: across, on a page at least; from one layer to the next; a box's height."""

_PHONE, _WIDEST, _CORNER = 326, 132, 8
_UPRIGHT = 0.3
"""The part of a layer's height in which a way stands upright, at either end: boxes cover less."""

_ASIDE = 0.16
"""Boxes between a way and the one that goes back."""

_SAMPLES = 7
_FIGURE, _LINE, _GAP = 6.6, 14, 4
"""A figure's width, a line's height, and the room beside a number, in pixels."""

Row = dict[str, Any]
Room = tuple[float, float, float, float]


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.graph.GraphResult`.

    ``plotHeight`` is how many pixels all layers take: a bare ``height`` ECharts would take for that of every grid.
    Every item says in ``link`` how many links must be shown for it to be: a page may show the first few alone.
    """
    rows = result.table.to_pylist()
    shown = rows[:MOST]
    total, drawn = (sum(row["transitions"] for row in some) for some in (rows, shown))
    remarks = []
    if len(shown) < len(rows):
        remarks.append(sheet.say("graph.main", shown=len(shown), all=len(rows), share=sheet.share(drawn / total)))
    names = len({row[end] for row in rows for end in ("source", "target")})
    layers = layered([(row["source"], row["target"], row["transitions"]) for row in shown])
    top = sheet.top(len(remarks) + len(result.notes)) + 8
    hidden = {"type": "value", "show": False}
    return sheet.option(
        sheet.say("graph.title", transitions=total, names=names), result.notes, remarks, narrow=_narrow(layers),
        series=_series(result, shown, layers, sheet), plotHeight=LAYER * layers.deep,
        xAxis={**hidden, "min": 0, "max": layers.wide},
        yAxis={**hidden, "inverse": True, "min": -0.5, "max": layers.deep - 0.5},
        grid={"left": 16, "right": 16, "top": top, "bottom": 16},
    )  # fmt: skip


def _series(result: Any, shown: list[Row], layers: Layers, sheet: Sheet) -> list[dict[str, Any]]:
    """Ways, the heads of their arrows, boxes, and numbers on the ways."""
    theme, width = sheet.theme, box_width(layers, ROOM)
    links = [(row, way) for row, way in zip(shown, layers.ways, strict=True) if len(way) > 1]
    ends = {(way[0], way[-1]) for _, way in links}
    paths = [_path(way, twin=(way[-1], way[0]) in ends) for _, way in links]
    ways = [row for row, _ in links]
    most = max((row["transitions"] for row in ways), default=1)
    numbered = list(enumerate(zip(ways, paths, strict=True), 1))
    return [
        {"type": "lines", "coordinateSystem": "cartesian2d", "polyline": True, "z": 2,
         "data": [_line(result, row, place, path, most, sheet) for place, (row, path) in numbered]},
        {"type": "scatter", "symbol": "triangle", "symbolSize": [9, 8], "silent": True, "z": 3,
         "data": [_head(place, path, sheet) for place, (_, path) in numbered]},
        {"type": "scatter", "symbol": _rounded(width), "symbolSize": [width, BOX], "z": 4,
         "data": _boxes(result, shown, ways, layers, sheet),
         "itemStyle": {"borderColor": theme.line, "borderWidth": 1, "opacity": 1},
         "label": {"show": True, "position": "inside", "color": theme.ink, "fontSize": 12, "lineHeight": _LINE,
                   "width": width - 8, "overflow": "truncate"}},
        {"type": "scatter", "symbolSize": 1, "itemStyle": {"color": theme.ground}, "silent": True, "z": 5,
         "data": _numbers(ways, paths, layers),
         "label": {"show": True, "position": "inside", "color": theme.soft, "fontSize": 11, "lineHeight": _LINE,
                   "backgroundColor": theme.ground, "padding": [0, _GAP - 1]}},
    ]  # fmt: skip


def box_width(layers: Layers, room: int) -> int:
    """A box's width in pixels where there is so much room across."""
    return int(min(_WIDEST, 0.9 * room / layers.wide))


def _rounded(width: int) -> str:
    """A box with round corners: ECharts' own would be drawn out with its width."""
    r, right, bottom = _CORNER, width - _CORNER, BOX - _CORNER
    return (
        f"path://M{r},0H{right}Q{width},0,{width},{r}V{bottom}Q{width},{BOX},{right},{BOX}"
        f"H{r}Q0,{BOX},0,{bottom}V{r}Q0,0,{r},0Z"
    )


def _path(way: list[Point], twin: bool) -> list[Point]:
    """A way as the points of a line: upright behind boxes, an S between layers; aside where another one goes back."""
    up = way[0][1] > way[-1][1]
    aside = (_ASIDE if up else -_ASIDE) / 2 if twin else 0.0
    points = [(way[0][0] + aside, way[0][1])]
    for (x, y), (to, below) in itertools.pairwise(way):
        for sample in range(_SAMPLES + 1):
            t = sample / _SAMPLES
            across = x + (to - x) * t * t * (3 - 2 * t)
            points.append((across + aside, y + (below - y) * (_UPRIGHT + (1 - 2 * _UPRIGHT) * t)))
    return [*points, (way[-1][0] + aside, way[-1][1])]


def _goes_up(path: list[Point]) -> bool:
    return path[0][1] > path[-1][1]


def _line(result: Any, row: Row, place: int, path: list[Point], most: int, sheet: Sheet) -> dict[str, Any]:
    share, up, theme = row["transitions"] / most, _goes_up(path), sheet.theme
    return {
        "coords": [list(point) for point in path], "value": row["transitions"], "link": place, **item(result, row),
        "lineStyle": {"width": 1 + 6 * share, "color": theme.faint if up else theme.accent,
                      "opacity": 0.3 + 0.4 * share, "type": "dashed" if up else "solid"},
        "tooltip": sheet.hover(
            f"{sheet.group(row['source'])} → {sheet.group(row['target'])}",
            *(f"{sheet.heading(name)} {row[name]:,}" for name in ("transitions", "customers")),
            f"{sheet.heading('median_time')} {sheet.gap(row['median_time'])}",
        ),
    }  # fmt: skip


def _head(place: int, path: list[Point], sheet: Sheet) -> dict[str, Any]:
    """The head of a way's arrow, at the edge of the box that it leads to."""
    up = _goes_up(path)
    return {
        "value": list(path[-1]), "link": place, "symbolRotate": 0 if up else 180,
        "symbolOffset": [0, (BOX // 2 + 4) * (1 if up else -1)],
        "itemStyle": {"color": sheet.theme.faint if up else sheet.theme.accent, "opacity": 0.9},
    }  # fmt: skip


def _boxes(
    result: Any, shown: list[Row], ways: list[Row], layers: Layers, sheet: Sheet
) -> list[dict[str, Any]]:  # fmt: skip
    """A box for each name, darker with its transitions; those that lead to itself are told in it."""
    starts, ends = ({r["name"]: r["customers"] for r in t.to_pylist()} for t in (result.starts, result.ends))
    loops = {row["source"]: row["transitions"] for row in shown if row["source"] == row["target"]}
    volumes = {
        name: sum(r["transitions"] for r in shown if name in (r["source"], r["target"])) for name in layers.places
    }
    most, width = max(volumes.values(), default=1), box_width(layers, ROOM)
    boxes = []
    for name, place in layers.places.items():
        called = sheet.group(name)
        told = [sheet.say(f"graph.{key}", customers=counts.get(name, 0))
                for key, counts in (("starts", starts), ("ends", ends))]  # fmt: skip
        again = [f"↻ {loops[name]:,}"] if name in loops else []
        said = sheet.hover(called, *told, *(f"{sheet.heading('transitions')} {text}" for text in again))
        touching = (at for at, row in enumerate(ways, 1) if name in (row["source"], row["target"]))
        boxes.append({
            "name": called, "value": list(place), "link": next(touching, 0), "tooltip": said, **place_item(name),
            "label": {"formatter": "\n".join([*written(called, width - 8, _LINES - len(again)), *again])},
            "itemStyle": {"color": mixed(*sheet.theme.tints, volumes[name] / most)},
        })  # fmt: skip
    return boxes


def written(name: str, room: float, most: int) -> list[str]:
    """A name in so many lines at most; what is left of it is three dots.

    Example:
        >>> written("Order Completed by the store", 60, 2)
        ['Order', 'Completed…']
    """
    lines = wrapped(name.translate(_PLAIN), 12, room)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]


_LINES = 3
"""What a box has room for."""

_PLAIN = str.maketrans("{|}", "(¦)")
"""Braces and bars are markup in labels."""


def _numbers(ways: list[Row], paths: list[list[Point]], layers: Layers) -> list[dict[str, Any]]:
    """How often each way is taken, where that lies on no box and no other number; elsewhere only its hover says it."""
    across, half = ROOM / layers.wide, box_width(layers, ROOM) / 2
    taken = [_room(x * across, y * LAYER, half, BOX / 2) for x, y in layers.places.values()]
    numbers = []
    for place, (row, path) in enumerate(zip(ways, paths, strict=True), 1):
        text = f"{row['transitions']:,}"
        wide = _FIGURE * len(text) / 2 + _GAP
        for x, y in _middles(path):
            room = _room(x * across, y * LAYER, wide, _LINE / 2)
            if room[0] >= 0 and room[2] <= ROOM and not any(_overlap(room, other) for other in taken):
                taken.append(room)
                numbers.append({"value": [x, y], "link": place, "label": {"formatter": text}})
                break
    return numbers


def _middles(path: list[Point]) -> Iterator[Point]:
    """Where a number may stand on a way: between two layers, in the middle rather than near a box."""
    for step in (0, 1, -1, 2, -2):
        for start in range(1, len(path) - 1, _SAMPLES + 1):
            yield path[start + _SAMPLES // 2 + step]


def _room(x: float, y: float, across: float, down: float) -> Room:
    return x - across, y - down, x + across, y + down


def _overlap(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _narrow(layers: Layers) -> dict[str, Any]:
    """On a phone: narrower boxes with smaller names, and no numbers on the ways."""
    width = box_width(layers, _PHONE)
    box = {"symbol": _rounded(width), "symbolSize": [width, BOX], "label": {"width": width - 4, "fontSize": 10}}
    return {"series": [{}, {}, box, {"data": []}]}
