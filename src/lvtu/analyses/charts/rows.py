"""A bar for each of some things, one below the other, with its numbers beside it in columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lvtu.analyses.charts.narrow import width_of
from lvtu.analyses.charts.theme import Sheet

_NARROW = 340
_WIDE, _WIDEST = 120, 220
"""Pixels for the names beside the bars, and for those that would take more than two lines of that."""


@dataclass(frozen=True)
class Row:
    """One bar.

    Attributes:
        name: what it is about.
        value: its length.
        cells: the numbers beside it, as texts.
        said: what it says when it is pointed at.
        opens: the cell that it opens, as `lvtu.analyses.cells.item` says; nothing where nobody is behind it.
        ends: of the interval of its length, where that has one.
    """

    name: str
    value: int
    cells: Sequence[str]
    said: Sequence[str]
    opens: Mapping[str, Any] = field(default_factory=dict)
    ends: tuple[float, float] | None = None


def draw_rows(
    result: Any, sheet: Sheet, title: str, rows: Sequence[Row], heads: Sequence[str], widths: Sequence[int],
    whole: int | None = None, remarks: Sequence[str] = (), *, many: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """An option of bars on a track; on a narrow page the name is above the bar and the numbers are below it.

    Args:
        result: the answer, for its notes.
        sheet: what it is drawn on.
        title: what is to be seen.
        rows: the bars.
        heads: what the columns of numbers are called.
        widths: of the columns, in pixels.
        whole: what a full bar means; the longest one if not given.
        remarks: on the picture.
        many: there may be so many rows that their names have room for one line.
    """
    theme, above = sheet.theme, len(result.notes) + len(remarks)
    wide = column_styles(widths)
    narrow = column_styles([width * _NARROW // sum(widths) for width in widths])
    numbers = sheet.categories(
        [in_columns(row.cells) for row in rows], inverse=True, position="right", name=in_columns(heads),
        nameLocation="start", nameGap=14,
        nameTextStyle={"rich": wide, "color": theme.faint, "align": "left", "fontSize": 12},
        axisLabel={"rich": wide, "margin": 0, "color": theme.ink, **beside()},
    )  # fmt: skip
    bar: dict[str, Any] = {
        "type": "bar", "barMaxWidth": 32, "barMinHeight": 1, "showBackground": True,
        "data": [_bar(row, sheet) for row in rows],
        "backgroundStyle": {"color": theme.track, "borderRadius": 4},
        "itemStyle": {"color": theme.accent, "borderRadius": 4},
    }  # fmt: skip
    whiskers = [[(end, place) for end in row.ends] for place, row in enumerate(rows) if row.ends]
    if whiskers:
        bar["markLine"] = sheet.whiskers(whiskers)
    label = names_beside([row.name for row in rows], many=many)
    over = {"width": _NARROW, "overflow": "truncate", "margin": 0, **beside("bottom", [0, 0, 10, 0])}
    under = {"rich": narrow, **beside("top", [10, 0, 0, 0])}
    return sheet.option(
        title, result.notes, remarks, series=[bar],
        grid=sheet.grid(sheet.top(above) + 8, right=16, outerBoundsClampWidth=60),
        xAxis={"type": "value", "show": False, "min": 0, "max": max([whole or 1, *(row.value for row in rows)])},
        yAxis=[sheet.categories([row.name for row in rows], inverse=True, axisLabel=label), numbers],
        narrow={
            "series": [{"barMaxWidth": 12}],
            "yAxis": [{"axisLabel": over},
                      {"axisLabel": under, "nameTextStyle": {"rich": narrow, "align": "right", "fontSize": 11}}],
        },
    )  # fmt: skip


def _bar(row: Row, sheet: Sheet) -> dict[str, Any]:
    """A bar; nothing is drawn of nothing, though the smallest ones are drawn as large as can be seen."""
    bar = {"value": row.value, "name": row.name, "tooltip": sheet.hover(row.name, *row.said), **row.opens}
    return bar if row.value else bar | {"itemStyle": {"opacity": 0}}


def names_beside(names: Sequence[str], *, many: bool = False) -> dict[str, Any]:
    """The labels of an axis that name the bars: as wide as the longest needs, and beyond a limit in lines, or cut."""
    longest = math.ceil(max((width_of(name, 12) for name in names), default=0))
    if many:
        cut = {"width": min(longest + 4, _WIDEST), "overflow": "truncate", "margin": 8, "interval": 0}
        return cut | beside()
    room = min(max(_WIDE, longest // 2 + 24), _WIDEST)
    return {
        "width": min(longest + 4, room), "overflow": "break", "lineHeight": 16, "margin": 8,
        "interval": 0, **beside(),
    }  # fmt: skip


def names_in_lines() -> dict[str, Any]:
    """What a narrow page changes of `names_beside`: less room, in more lines, so that no two names end up alike."""
    return {"width": 104, "overflow": "break", "lineHeight": 13, "fontSize": 11}


def beside(align: str = "middle", padding: Sequence[int] = (0, 0, 0, 0)) -> dict[str, Any]:
    """Where the labels of an axis are: beside the bars, or above or below them."""
    return {"inside": align != "middle", "verticalAlign": align, "padding": list(padding)}


def column_styles(widths: Sequence[int]) -> dict[str, Any]:
    """Rich styles of columns of numbers, for labels made by `in_columns`."""
    return {f"c{i}": {"width": width, "align": "right"} for i, width in enumerate(widths)}


def in_columns(cells: Sequence[str]) -> str:
    """A label of several numbers, each in its column."""
    return "".join(f"{{c{i}|{cell}}}" for i, cell in enumerate(cells))
