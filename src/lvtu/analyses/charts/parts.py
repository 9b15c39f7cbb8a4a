"""An index with its interval in each row, and around it the parts that it is made of, all in points from 0 to 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet

_SYMBOLS = ("circle", "triangle", "diamond", "rect", "arrow")
"""By part, so that they are told apart without their colours."""

Drawn = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """A part of an index.

    Attributes:
        points: where it stands.
        said: what it says when it is pointed at.
        opens: what it carries to open who is behind it.
    """

    points: float
    said: str
    opens: Drawn


@dataclass(frozen=True)
class Line:
    """A row.

    Attributes:
        name: what it is about.
        ends: the value, and its interval if there is one.
        hollow: whether it stands on little.
        beside: what stands at its right.
        said: what its point says when it is pointed at.
        opens: what the point carries.
        marks: its parts by their headings.
    """

    name: str
    ends: tuple[float, float | None, float | None]
    hollow: bool
    beside: str
    said: Sequence[str]
    opens: Drawn
    marks: Mapping[str, Mark] = field(default_factory=dict)


def draw_parts(
    result: Any, sheet: Sheet, title: str, headings: Sequence[str], lines: Sequence[Line], remarks: Sequence[str]
) -> Drawn:  # fmt: skip
    """The option.

    Args:
        result: the answer, for its notes.
        sheet: what it is drawn on.
        title, remarks: what stands above.
        headings: of the index, then of what can be its parts.
        lines: the rows, from above.
    """
    theme = sheet.theme
    whiskers = [
        {"coords": [[low, at], [high, at]]}
        for at, (_, low, high) in enumerate(line.ends for line in lines) if low is not None and high is not None
    ]  # fmt: skip
    heading, *possible = headings
    parts = [part for part in possible if any(part in line.marks for line in lines)]
    series: list[Drawn] = [
        {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers, "z": 3,
         "lineStyle": {"color": theme.soft, "width": 2}},
        {"type": "scatter", "name": heading, "symbolSize": 14, "z": 4, "itemStyle": {"color": theme.accent},
         "data": [_point(line, at, sheet) for at, line in enumerate(lines)]},
        *(_marks(part, possible.index(part), lines, sheet) for part in parts),
    ]  # fmt: skip
    above, names = len(remarks) + len(result.notes), [line.name for line in lines]
    beside = {"color": theme.soft, "fontSize": 11, "interval": 0}
    shapes = {heading: "circle", **dict(zip(possible, _SYMBOLS, strict=False))}
    legend: Drawn = {}
    if lines:
        icons = [{"name": name, "icon": shapes[name]} for name in (heading, *parts)]
        legend = {"legend": {**sheet.legend([], above), "data": icons}}
    return sheet.option(
        title, result.notes, remarks, series=series, **legend,
        grid=sheet.grid(sheet.top(above, legend=bool(lines)) + 8, bottom=28), xAxis=sheet.numbers(max=100, interval=25),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories([line.beside for line in lines], inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}]},
    )  # fmt: skip


def _point(line: Line, at: int, sheet: Sheet) -> Drawn:
    color = sheet.theme.accent
    return {
        "value": [line.ends[0], at],
        "itemStyle": {"color": sheet.theme.ground if line.hollow else color, "borderColor": color, "borderWidth": 2},
        "tooltip": sheet.hover(line.name, *line.said), **line.opens,
    }  # fmt: skip


def _marks(part: str, place: int, lines: Sequence[Line], sheet: Sheet) -> Drawn:
    data = [
        {"value": [mark.points, at], "tooltip": sheet.hover(line.name, mark.said), **mark.opens}
        for at, line in enumerate(lines) if (mark := line.marks.get(part)) is not None
    ]  # fmt: skip
    return {
        "type": "scatter", "name": part, "symbol": _SYMBOLS[place], "symbolSize": 8, "data": data,
        "itemStyle": {"color": sheet.theme.groups[place + 1], "opacity": 0.85},
    }  # fmt: skip
