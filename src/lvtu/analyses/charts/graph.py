"""The transition graph: the main transitions, in the direction in which customers go."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from lvtu.analyses.cells import item, place_item
from lvtu.analyses.charts.narrow import wrapped
from lvtu.analyses.charts.theme import Sheet
from lvtu.store.journeys.columns import Array

MOST = 30
"""Transitions that are drawn, the most frequent ones; more are a ball of wool."""

_LABELLED, _LONG = 10, 0.12
_NAME = 96
"""Pixels of a line of a name; a longer one has several."""
_ROOM, _WIDTH, _TURNS = 0.4, 0.1, 300


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.graph.GraphResult`."""
    rows = result.table.to_pylist()
    shown, theme = rows[:MOST], sheet.theme
    total, drawn = (sum(row["transitions"] for row in some) for some in (rows, shown))
    remarks = []
    if len(shown) < len(rows):
        remarks.append(sheet.say("graph.main", shown=len(shown), all=len(rows), share=sheet.share(drawn / total)))
    volumes: dict[str | None, int] = {}
    for row in shown:
        for end in {row["source"], row["target"]}:
            volumes[end] = volumes.get(end, 0) + row["transitions"]
    ways = [row for row in shown if row["source"] != row["target"]]
    places = positions([(row["source"], row["target"], row["transitions"]) for row in shown])
    nodes = _nodes(result, volumes, places, sheet)
    most = max((row["transitions"] for row in ways), default=1)
    links = [_link(result, row, place, places, most, sheet) for place, row in enumerate(ways)]
    series = {
        "type": "graph", "coordinateSystem": "cartesian2d", "data": nodes, "links": links,
        "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 7,
        "itemStyle": {"color": theme.accent, "borderColor": theme.ground, "borderWidth": 2},
        "label": {"show": True, "position": "bottom", "color": theme.ink, "fontSize": 12,
                  "textBorderColor": theme.ground, "textBorderWidth": 2},
        "emphasis": {"focus": "adjacency"},
    }  # fmt: skip
    hidden = {"type": "value", "show": False, "min": -0.06, "max": 1.06}
    title = sheet.say(
        "graph.title", transitions=total, names=len({row[end] for row in rows for end in ("source", "target")})
    )
    return sheet.option(
        title, result.notes, remarks, series=[series], xAxis=hidden, yAxis=dict(hidden),
        grid={"left": 48, "right": 48, "top": sheet.top(len(remarks) + len(result.notes)) + 24, "bottom": 40},
    )  # fmt: skip


def _nodes(
    result: Any, volumes: dict[str | None, int], places: dict[Any, tuple[float, float]], sheet: Sheet
) -> list[dict[str, Any]]:
    """A circle for each name, larger with its transitions; those that lead to itself are told under its name."""
    starts, ends = ({r["name"]: r["customers"] for r in t.to_pylist()} for t in (result.starts, result.ends))
    loops = {r["source"]: r["transitions"] for r in result.table.to_pylist()[:MOST] if r["source"] == r["target"]}
    largest = max(volumes.values(), default=1)
    said, nodes = {"starts": starts, "ends": ends}, []
    for name, volume in volumes.items():
        again = f"{sheet.heading('transitions')} ↻ {loops[name]:,}" if name in loops else ""
        told = [sheet.say(f"graph.{key}", customers=counts.get(name, 0)) for key, counts in said.items()]
        node: dict[str, Any] = {"id": _id(name), "name": sheet.group(name), "value": list(places[name])}
        node |= {"symbolSize": 12 + 28 * math.sqrt(volume / largest)}
        node |= {"tooltip": sheet.hover(sheet.group(name), *told, again), **place_item(name)}
        lines = wrapped(sheet.group(name), 12, _NAME) + ([f"↻ {loops[name]:,}"] if name in loops else [])
        nodes.append(node | ({"label": {"formatter": "\n".join(lines)}} if len(lines) > 1 else {}))
    return nodes


def _id(name: str | None) -> str:
    return "-" if name is None else f"={name}"


def _link(
    result: Any, row: dict[str, Any], place: int, places: dict[Any, tuple[float, float]], most: int, sheet: Sheet
) -> dict[str, Any]:
    source, target = row["source"], row["target"]
    onward = places[source][0] < places[target][0]
    share = row["transitions"] / most
    long = math.dist(places[source], places[target]) > _LONG
    color = sheet.theme.accent if onward else sheet.theme.faint
    return {
        "source": _id(source), "target": _id(target), "value": row["transitions"], **item(result, row),
        "lineStyle": {"width": 1 + 7 * share, "color": color, "opacity": 0.25 + 0.45 * share, "curveness": 0.18,
                      "type": "solid" if onward else "dashed"},
        "label": {"show": place < _LABELLED and long, "formatter": f"{row['transitions']:,}", "color": sheet.theme.soft,
                  "opacity": 1, "fontSize": 11},
        "tooltip": sheet.hover(
            f"{sheet.group(source)} → {sheet.group(target)}",
            *(f"{sheet.heading(name)} {row[name]:,}" for name in ("transitions", "customers")),
            f"{sheet.heading('median_time')} {sheet.gap(row['median_time'])}",
        ),
    }  # fmt: skip


def positions(links: list[tuple[Any, Any, int]]) -> dict[Any, tuple[float, float]]:
    """Where each name stands, in the unit square: from left to right in the direction of the flow.

    The place from left to right is the potential that fits the flow best: for every pair, weighted by its
    transitions, the target should stand one further than the source (least squares).

    Source: X. Jiang, L.-H. Lim, Y. Yao, Y. Ye, Mathematical Programming 127 (2011) 203–244 (HodgeRank).

    Example:
        >>> [round(x, 2) for x, _ in positions([("A", "B", 9), ("B", "C", 5), ("C", "B", 1)]).values()]
        [0.0, 0.6, 1.0]
    """
    if not links:
        return {}
    names = list(dict.fromkeys(end for source, target, _ in links for end in (source, target)))
    number = {name: place for place, name in enumerate(names)}
    ways = [(number[s], number[t], math.sqrt(n)) for s, t, n in links if s != t]
    matrix, wanted = np.zeros((len(ways), len(names))), np.zeros(len(ways))
    for row, (source, target, weight) in enumerate(ways):
        matrix[row, source], matrix[row, target], wanted[row] = -weight, weight, weight
    potential = np.linalg.lstsq(matrix, wanted, rcond=None)[0] if ways else np.zeros(len(names))
    across = _unit(potential)
    up = _heights(across, ways)
    return {name: (float(across[place]), float(up[place])) for name, place in number.items()}


def _unit(values: Array) -> Array:
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.full(len(values), 0.5)


def _heights(across: Array, ways: list[tuple[int, int, float]]) -> Array:
    """Heights in which linked names are near each other, and names that stand one above the other are not.

    Every name is drawn to the mean of its neighbours and pushed away from those in its way, some hundred times.
    """
    ties = np.zeros((len(across), len(across)))
    for source, target, weight in ways:
        ties[source, target] += weight
        ties[target, source] += weight
    ties /= np.maximum(ties.sum(axis=1, keepdims=True), 1e-9)
    near = np.exp(-(((across[:, None] - across[None, :]) / _WIDTH) ** 2))
    np.fill_diagonal(near, 0)
    up = 0.5 + 0.3 * np.sin(2.4 * np.arange(len(across)))  # anywhere, but always the same, and no two alike
    for _ in range(_TURNS):
        apart = up[:, None] - up[None, :]
        push = (near * np.sign(apart) * np.maximum(_ROOM - np.abs(apart), 0)).sum(axis=1)
        up = up + 0.1 * (ties @ up - up) + 0.3 * push + 0.02 * (0.5 - up)
    return _unit(up) if np.ptp(up) > _ROOM else up - up.mean() + 0.5
