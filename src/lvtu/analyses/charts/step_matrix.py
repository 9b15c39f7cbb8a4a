"""Step matrix: a heat map, a row per place and a column per step, with the shares in its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet

Cell = Callable[[dict[str, Any], list[int]], dict[str, Any]]
"""Draws a row of the table at a column and line of the picture."""

_CJK_WIDTH, _LATIN_WIDTH, _WIDEST, _NARROW = 12, 7, 170, 84


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.step_matrix.StepMatrixResult`."""
    rows = result.table.to_pylist()

    def cell(row: dict[str, Any], at: list[int]) -> dict[str, Any]:
        told = sheet.aside(f"{sheet.heading(result.spec.unit)} {row['customers']:,}", sheet.share(row["share"]))
        head = f"{place_name(result, row['place'], sheet)} · {step_name(row['step'])}"
        return {"value": [*at, 100 * row["share"]], "label": {"formatter": _rounded(100 * row["share"])},
                "tooltip": sheet.hover(head, told), **item(result, row)}  # fmt: skip

    most = 100 * max((row["share"] for row in rows), default=1.0)
    title = sheet.say("step_matrix.none")
    if rows:
        around = "around" if result.spec.names else "from"
        title = sheet.say(
            f"step_matrix.{around}_{result.spec.unit}", number=result.started, start=start_name(result, sheet)
        )
    colors = {"min": 0, "max": most, "inRange": {"color": list(sheet.theme.tints)}}
    return heat_map(result, rows, title, [], cell, colors, sheet)


def start_name(result: Any, sheet: Sheet) -> str:
    """What the anchor is called in a title."""
    if names := result.spec.names:
        return sheet.say("flow.named", name=" | ".join(sheet.place(name) for name in names))
    return sheet.say("flow.first")


def place_name(result: Any, place: str | None, sheet: Sheet) -> str:
    """What a place is called; an anchor that has none by its event."""
    return sheet.event(result.spec.names) if place is None and result.spec.names else sheet.group(place)


def step_name(step: int) -> str:
    """A step as it is written: −1, 0, +1."""
    return f"−{-step}" if step < 0 else f"+{step}" if step else "0"


def heat_map(
    result: Any, rows: Sequence[dict[str, Any]], title: str, remarks: list[str], cell: Cell, colors: dict[str, Any],
    sheet: Sheet,
) -> dict[str, Any]:  # fmt: skip
    """A row per place, in the order of all that are there, and those that are no names below; a column per step."""
    steps = result.spec.steps
    if any(result.marks.get(place) == "other" for place in result.places):
        remarks = [*remarks, sheet.say("step_matrix.top", top=result.spec.top)]
    line = {place: number for number, place in enumerate(result.places)}
    names = [place_name(result, place, sheet) for place in result.places]
    data = [cell(row, [steps.index(row["step"]), line[row["place"]]]) for row in rows]
    above = sheet.top(len(remarks) + len(result.notes)) + 28
    left = min(_WIDEST, max((_wide(name) for name in names), default=0)) + 28
    label = {"interval": 0, "fontSize": 12, "width": left - 24, "overflow": "truncate"}
    series = {
        "type": "heatmap", "data": data, "label": {"show": True, "fontSize": 11, "color": sheet.theme.ink},
        "itemStyle": {"borderColor": sheet.theme.ground, "borderWidth": 2, "borderRadius": 3},
    }  # fmt: skip
    narrow = {
        "grid": {"left": min(left, _NARROW + 24)}, "yAxis": {"axisLabel": {"width": min(left - 24, _NARROW)}},
        "series": [{"label": {"fontSize": 10 if len(steps) < 9 else 8}}],
    }  # fmt: skip
    return sheet.option(
        title, result.notes, remarks, narrow, series=[series],
        grid={"left": left, "right": 16, "top": above, "bottom": 16},
        xAxis=sheet.categories([step_name(step) for step in steps], position="top", axisLabel={"interval": 0}),
        yAxis=sheet.categories(names, inverse=True, axisLabel=label), visualMap={"show": False, **colors},
    )  # fmt: skip


def _rounded(share: float) -> str:
    """A share in per cent; what is there is never 0%."""
    return f"{share:.0f}%" if share >= 0.5 else "<1%"


def _wide(name: str) -> int:
    return sum(_CJK_WIDTH if ord(one) > 0x2E7F else _LATIN_WIDTH for one in name)
