"""Expectations: the gap with its interval for each step, behind or ahead of the line where both are even."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet
from lvtu.analyses.expectations.result import FEW

_MOST = 24
"""Steps that are drawn, those furthest behind."""

Drawn = dict[str, Any]


def draw(result: Any, sheet: Sheet) -> Drawn:
    """The option of a `lvtu.analyses.expectations.result.ExpectationsResult`."""
    by = result.table.column_names[0] if result.spec.by else None
    every = [row for row in result.table.to_pylist() if row["gap"] is not None]
    rows, theme = every[:_MOST], sheet.theme
    names = [sheet.group(row[by]) if by else sheet.say("scores.all") for row in rows]
    remarks = [sheet.say("gap.dots", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("gap.shown", shown=len(rows), all=len(every)))
    whiskers = [
        {"coords": [[row["gap_low"], at], [row["gap_high"], at]]}
        for at, row in enumerate(rows) if row["gap_low"] is not None
    ]  # fmt: skip
    points = [_point(result, row, name, at, sheet) for at, (row, name) in enumerate(zip(rows, names, strict=True))]
    even = {"silent": True, "symbol": "none", "data": [{"xAxis": 0}],
            "lineStyle": {"color": theme.faint, "type": "dashed", "width": 1},
            "label": {"formatter": sheet.say("servqual.level"), "position": "start", "color": theme.faint,
                      "fontSize": 11}}  # fmt: skip
    told = [f"{_said(row, sheet)}  {sheet.say('scores.answers', answers=row['n'])}" for row in rows]
    beside = {"color": theme.soft, "fontSize": 11, "interval": 0}
    return sheet.option(
        _title(rows, names, sheet), result.notes, remarks,
        series=[
            {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers,
             "lineStyle": {"color": theme.soft, "width": 2}},
            {"type": "scatter", "data": points, "symbolSize": 11, "markLine": even},
        ],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 8, bottom=28), xAxis=_axis(rows, sheet),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories(told, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}]},
    )  # fmt: skip


def _title(rows: list[Drawn], names: list[str], sheet: Sheet) -> str:
    if not rows:
        return sheet.say("gap.none")
    value = _said(rows[0], sheet)
    return sheet.say("gap.one", value=value) if len(rows) == 1 else sheet.say("gap.worst", place=names[0], value=value)


def _said(row: Drawn, sheet: Sheet) -> str:
    def signed(value: float) -> str:
        return f"{value:+.1f}".replace("-", "−")

    if row["gap_low"] is None:
        return signed(row["gap"])
    return sheet.aside(signed(row["gap"]), f"{signed(row['gap_low'])}…{signed(row['gap_high'])}")


def _point(result: Any, row: Drawn, name: str, at: int, sheet: Sheet) -> Drawn:
    color = sheet.theme.worse if row["behind"] else sheet.theme.accent
    sides = [f"{sheet.heading(side)} {row[side]:.1f}" for side in ("perceived", "expected")]
    fill = sheet.theme.ground if row["n"] < FEW else color
    return {
        "value": [row["gap"], at], "itemStyle": {"color": fill, "borderColor": color, "borderWidth": 2},
        "tooltip": sheet.hover(name, _said(row, sheet), *sides, f"n {row['n']:,}"), **item(result, row),
    }  # fmt: skip


def _axis(rows: list[Drawn], sheet: Sheet) -> Drawn:
    seen = [row[end] for row in rows for end in ("gap", "gap_low", "gap_high") if row[end] is not None] + [0.0]
    low, high = 10 * math.floor(min(seen) / 10), 10 * math.ceil(max(seen) / 10)
    return sheet.numbers(min=low, max=high if high > low else low + 10)
