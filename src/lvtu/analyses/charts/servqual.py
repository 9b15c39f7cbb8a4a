"""Quality of service: a point with its interval for each dimension; hollow where few answered."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet
from lvtu.analyses.servqual.notes import FEW
from lvtu.analyses.servqual.result import ALL, WEIGHTED

_MOST = 24
"""Rows that are drawn."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.servqual.result.ServqualResult`."""
    every = [row for row in result.table.to_pylist() if row["value"] is not None]
    by = result.table.column_names[0] if result.spec.by else None
    rows = every[:_MOST]
    remarks = [sheet.say("servqual.dots", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("servqual.shown", shown=len(rows), all=len(every)))
    names = [_name(row, by, sheet) for row in rows]
    whiskers = [
        {"coords": [[row["low"], at], [row["high"], at]]} for at, row in enumerate(rows) if row["low"] is not None
    ]
    points = [_point(result, row, name, at, sheet) for at, (row, name) in enumerate(zip(rows, names, strict=True))]
    told = [f"{_interval(result, row, sheet)}  {sheet.say('scores.answers', answers=row['n'])}" for row in rows]
    beside = {"color": sheet.theme.soft, "fontSize": 11, "interval": 0}
    return sheet.option(
        _title(result, every, sheet), result.notes, remarks,
        series=[
            {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers,
             "lineStyle": {"color": sheet.theme.soft, "width": 2}},
            {"type": "scatter", "data": points, "symbolSize": 11, **_level(result, sheet)},
        ],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 8, bottom=28),
        xAxis=_axis(result, rows, sheet),
        yAxis=[sheet.categories(names, inverse=True, axisLabel={"width": 190, "overflow": "break", "interval": 0}),
               sheet.categories(told, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": {"width": 96}}, {"axisLabel": {"fontSize": 10}}],
                "xAxis": {"splitNumber": 2}},
    )  # fmt: skip


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    whole = [row for row in rows if row["dimension"] == (WEIGHTED if result.spec.points else ALL)]
    if not whole:
        return sheet.say("servqual.none")
    if result.spec.by:
        return sheet.say("servqual.title_gaps_by" if result.gaps else "servqual.title_by")
    said = _interval(result, whole[0], sheet)
    return sheet.say("servqual.title_gaps" if result.gaps else "servqual.title", value=said)


def _name(row: dict[str, Any], by: str | None, sheet: Sheet) -> str:
    dimension = sheet.group(row["dimension"])
    return dimension if by is None else f"{sheet.group(row[by])} · {dimension}"


def _point(result: Any, row: dict[str, Any], name: str, at: int, sheet: Sheet) -> dict[str, Any]:
    color = sheet.theme.accent
    if result.gaps and row["low"] is not None:
        color = sheet.theme.worse if row["high"] < 0 else sheet.theme.better if row["low"] > 0 else color
    fill = sheet.theme.ground if row["n"] < FEW else color
    said = [
        f"{sheet.heading(column)} {row[column]:.2f}"
        for column in ("perceived", "expected", "alpha") if row[column] is not None
    ]  # fmt: skip
    hover = sheet.hover(name, _interval(result, row, sheet), *said, f"n {row['n']:,}")
    return {
        "value": [row["value"], at], "itemStyle": {"color": fill, "borderColor": color, "borderWidth": 2},
        "tooltip": hover, **item(result, row, "n"),
    }  # fmt: skip


def _interval(result: Any, row: dict[str, Any], sheet: Sheet) -> str:
    def said(value: float) -> str:
        return f"{value:+.2f}".replace("-", "−") if result.gaps else f"{value:.2f}"

    if row["low"] is None:
        return said(row["value"])
    return sheet.aside(said(row["value"]), f"{said(row['low'])}{'…' if result.gaps else '–'}{said(row['high'])}")


def _level(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The line on which what is perceived is what was expected."""
    if not result.gaps:
        return {}
    return {"markLine": {
        "silent": True, "symbol": "none", "data": [{"xAxis": 0}],
        "lineStyle": {"color": sheet.theme.faint, "type": "dashed", "width": 1},
        "label": {"formatter": sheet.say("servqual.level"), "position": "start", "color": sheet.theme.faint,
                  "fontSize": 11},
    }}  # fmt: skip


def _axis(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> dict[str, Any]:
    seen = [row[end] for row in rows for end in ("value", "low", "high") if row[end] is not None]
    seen += [0.0] if result.gaps or not seen else []
    low, high = math.floor(2 * min(seen)) / 2, math.ceil(2 * max(seen)) / 2
    return sheet.numbers(min=low, max=high if high > low else low + 0.5)
