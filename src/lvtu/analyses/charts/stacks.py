"""A bar of parts for each of some things, one below the other, with numbers beside it in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lvtu.analyses.charts.rows import beside, column_styles, in_columns, names_beside
from lvtu.analyses.charts.theme import Sheet

_NARROW = 340


@dataclass(frozen=True)
class Part:
    """A part that every bar has.

    Attributes:
        name: what it is called.
        color: of it.
    """

    name: str
    color: str


@dataclass(frozen=True)
class Stack:
    """One bar.

    Attributes:
        name: what it is about.
        values: the length of each part.
        cells: the numbers beside it, as texts.
        opens: the cell that each part opens, as `lvtu.analyses.cells.item` says.
    """

    name: str
    values: Sequence[int]
    cells: Sequence[str]
    opens: Sequence[Mapping[str, Any]]


def draw_stacks(
    result: Any, sheet: Sheet, title: str, parts: Sequence[Part], stacks: Sequence[Stack], heads: Sequence[str],
    widths: Sequence[int], remarks: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """An option of stacked bars with a legend; parts that no bar has are left out.

    Args:
        result: the answer, for its notes.
        sheet: what it is drawn on.
        title: what is to be seen.
        parts: of the bars, from left to right.
        stacks: the bars.
        heads: what the columns of numbers are called.
        widths: of the columns, in pixels.
        remarks: on the picture.
    """
    theme, above = sheet.theme, len(result.notes) + len(remarks)
    there = [place for place in range(len(parts)) if any(stack.values[place] for stack in stacks)] or [0]
    wide, narrow = column_styles(widths), column_styles([width * _NARROW // sum(widths) for width in widths])
    numbers = sheet.categories(
        [in_columns(stack.cells) for stack in stacks], inverse=True, position="right", name=in_columns(heads),
        nameLocation="start", nameGap=14,
        nameTextStyle={"rich": wide, "color": theme.faint, "align": "left", "fontSize": 12},
        axisLabel={"rich": wide, "margin": 0, "color": theme.ink, **beside()},
    )  # fmt: skip
    series = [_part(parts[place], place, stacks, sheet) for place in there]
    label = names_beside([stack.name for stack in stacks])
    over = {"width": _NARROW, "overflow": "truncate", "margin": 0, **beside("bottom", [0, 0, 10, 0])}
    under = {"rich": narrow, **beside("top", [10, 0, 0, 0])}
    longest = max([1, *(sum(stack.values) for stack in stacks)])
    return sheet.option(
        title, result.notes, remarks, series=series,
        legend=sheet.legend([parts[place].name for place in there], above),
        grid=sheet.grid(sheet.top(above, legend=True) + 24, right=16, outerBoundsClampWidth=60),
        xAxis={"type": "value", "show": False, "min": 0, "max": longest},
        yAxis=[sheet.categories([stack.name for stack in stacks], inverse=True, axisLabel=label), numbers],
        narrow={
            "series": [{"barMaxWidth": 12} for _ in series],
            "yAxis": [{"axisLabel": over},
                      {"axisLabel": under, "nameTextStyle": {"rich": narrow, "align": "right"}}],
        },
    )  # fmt: skip


def _part(part: Part, place: int, stacks: Sequence[Stack], sheet: Sheet) -> dict[str, Any]:
    data = [
        {"value": stack.values[place], "name": stack.name, **stack.opens[place],
         "tooltip": sheet.hover(stack.name, _told(part, stack, stack.values[place], sheet))}
        for stack in stacks
    ]  # fmt: skip
    return {
        "type": "bar", "name": part.name, "stack": "all", "barMaxWidth": 32, "data": data,
        "itemStyle": {"color": part.color},
    }  # fmt: skip


def _told(part: Part, stack: Stack, value: int, sheet: Sheet) -> str:
    whole = sum(stack.values)
    return sheet.aside(f"{part.name} {value:,}", sheet.share(value / whole if whole else None))
