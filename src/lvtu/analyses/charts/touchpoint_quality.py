"""Touchpoint quality: the index with its interval, and around it the parts it is made of; lines over time."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet, iso, largest
from lvtu.analyses.points.shown import interval
from lvtu.analyses.touchpoint_quality.blends import PARTS
from lvtu.analyses.touchpoint_quality.notes import FEW
from lvtu.core.units import moment

_MOST = 20
"""Places that have a row, those with the lowest index."""

_SYMBOLS = ("circle", "triangle", "diamond", "rect", "arrow")
"""By part, so that they are told apart without their colours."""

_HALF = 0.5
"""With less of the weights known an index is drawn hollow."""

Drawn = dict[str, Any]


def draw(result: Any, sheet: Sheet) -> Drawn:
    """The option of a `lvtu.analyses.touchpoint_quality.result.TouchpointQualityResult`."""
    every = result.table.to_pylist()
    by = result.table.column_names[0] if result.spec.by else None
    for row in every:
        row["name"] = sheet.group(row[by]) if by else sheet.say("scores.all")
        row["group"] = row[by] if by else None
    rows = [row for row in every if row["quality"] is not None]
    return _over_time(result, rows, sheet) if result.spec.period else _side_by_side(result, rows, sheet)


def _title(result: Any, rows: list[Drawn], sheet: Sheet) -> str:
    if not rows:
        return sheet.say("quality.none")
    if not result.spec.by or result.spec.period or len(rows) == 1:
        return sheet.say("quality.all", value=interval(result.all, "quality", sheet.lang))
    lowest = min(rows, key=lambda row: row["quality"])
    return sheet.say("quality.lowest", place=lowest["name"], value=interval(lowest, "quality", sheet.lang))


def _side_by_side(result: Any, every: list[Drawn], sheet: Sheet) -> Drawn:
    rows, theme = every[:_MOST], sheet.theme
    remarks = [sheet.say("quality.dots", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("quality.shown", shown=len(rows), all=len(every)))
    whiskers = [
        {"coords": [[row["quality_low"], at], [row["quality_high"], at]]}
        for at, row in enumerate(rows) if row["quality_low"] is not None
    ]  # fmt: skip
    parts = [part for part in PARTS if any(row[f"{part}_weight"] for row in rows)]
    series: list[Drawn] = [
        {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers, "z": 3,
         "lineStyle": {"color": theme.soft, "width": 2}},
        {"type": "scatter", "name": sheet.heading("quality"), "symbolSize": 14, "z": 4,
         "data": [_index(result, row, at, sheet) for at, row in enumerate(rows)], "itemStyle": {"color": theme.accent}},
        *(_part(result, part, rows, sheet) for part in parts),
    ]  # fmt: skip
    told = [
        f"{interval(row, 'quality', sheet.lang)}  {sheet.say('scores.answers', answers=row['customers'])}"
        for row in rows
    ]
    above = len(remarks) + len(result.notes)
    names = [row["name"] for row in rows]
    beside = {"color": theme.soft, "fontSize": 11, "interval": 0}
    legend: Drawn = {"legend": _legend([one["name"] for one in series[1:]], parts, above, sheet)} if rows else {}
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, **legend,
        grid=sheet.grid(sheet.top(above, legend=bool(rows)) + 8, bottom=28),
        xAxis=sheet.numbers(max=100, interval=25),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories(told, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}]},
    )  # fmt: skip


def _legend(names: list[str], parts: list[str], above: int, sheet: Sheet) -> Drawn:
    """What the marks stand for, each in its own shape."""
    shapes = ["circle", *(_SYMBOLS[PARTS.index(part)] for part in parts)]
    data = [{"name": name, "icon": shape} for name, shape in zip(names, shapes, strict=True)]
    return {**sheet.legend(names, above), "data": data}


def _index(result: Any, row: Drawn, at: int, sheet: Sheet) -> Drawn:
    color = sheet.theme.accent
    hollow = row["customers"] < FEW or row["covered"] < _HALF
    said = [_part_said(row, part, sheet) for part in PARTS if row[f"{part}_n"]]
    covered = f"{sheet.heading('covered')} {sheet.share(row['covered'])}"
    return {
        "value": [row["quality"], at],
        "itemStyle": {"color": sheet.theme.ground if hollow else color, "borderColor": color, "borderWidth": 2},
        "tooltip": sheet.hover(row["name"], f"{sheet.heading('quality')} {interval(row, 'quality', sheet.lang)}",
                               *said, covered),
        **item(result, row),
    }  # fmt: skip


def _part(result: Any, part: str, rows: list[Drawn], sheet: Sheet) -> Drawn:
    """The points of a part, where it has a weight."""
    place = PARTS.index(part)
    data = [
        {"value": [row[part], at], "tooltip": sheet.hover(row["name"], _part_said(row, part, sheet)),
         **item(result, row, f"{part}_n")}
        for at, row in enumerate(rows) if row[f"{part}_weight"]
    ]  # fmt: skip
    return {
        "type": "scatter", "name": sheet.heading(part), "symbol": _SYMBOLS[place], "symbolSize": 8, "data": data,
        "itemStyle": {"color": sheet.theme.groups[place + 1], "opacity": 0.85},
    }  # fmt: skip


def _part_said(row: Drawn, part: str, sheet: Sheet) -> str:
    told = sheet.say("quality.of", points=interval(row, part, sheet.lang) or "—", n=row[f"{part}_n"])
    return f"{sheet.heading(part)} {told} × {100 * row[f'{part}_weight']:.0f}%"


def _over_time(result: Any, rows: list[Drawn], sheet: Sheet) -> Drawn:
    spec, sizes = result.spec, dict[str | None, int]()
    for row in rows:
        sizes[row["group"]] = sizes.get(row["group"], 0) + row["customers"]
    groups = largest(sizes)
    at = {(row["group"], row["period"]): row for row in rows}
    starts = [moment(start) for start in starts_between([row["period"] for row in rows], spec.period, spec.zone)]
    remarks = [sheet.say("quality.lines", least=FEW)] if rows else []
    series, names = [], []
    for group, color in zip(groups, sheet.theme.groups, strict=False):
        own = [(start, at.get((group, start))) for start in starts]
        names.append(next(row["name"] for _, row in own if row is not None))
        data = [_moment(result, iso(start, spec.zone), row, color, sheet) for start, row in own]
        series.append(sheet.line(names[-1], color, data))
    above = len(remarks) + len(result.notes)
    legend: Drawn = {"legend": sheet.legend(names, above)} if len(groups) > 1 else {}
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, **legend,
        grid=sheet.grid(sheet.top(above, legend=bool(legend)) + 8), xAxis=sheet.times(),
        yAxis=sheet.numbers(max=100, interval=25),
    )  # fmt: skip


def _moment(result: Any, when: str, row: Drawn | None, color: str, sheet: Sheet) -> Drawn:
    if row is None:
        return {"value": [when, None]}
    hollow = row["customers"] < FEW or row["covered"] < _HALF
    style = {"color": sheet.theme.ground if hollow else color, "borderColor": color, "borderWidth": 2}
    told = f"{sheet.heading('quality')} {interval(row, 'quality', sheet.lang)}"
    return {
        "value": [when, row["quality"]], "itemStyle": style,
        "tooltip": sheet.hover(f"{row['name']} · {when[:10]}", told, f"n {row['customers']:,}"), **item(result, row),
    }  # fmt: skip
