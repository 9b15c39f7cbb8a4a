"""Touchpoint quality: the index with its interval, and around it the parts it is made of; lines over time."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import item
from lvtu.analyses.charts.parts import Line, Mark, draw_parts
from lvtu.analyses.charts.theme import Sheet, iso, largest
from lvtu.analyses.points.shown import interval
from lvtu.analyses.touchpoint_quality.blends import PARTS
from lvtu.analyses.touchpoint_quality.notes import FEW
from lvtu.core.units import moment

_MOST = 20
"""Places that have a row, those with the lowest index."""

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
    rows = every[:_MOST]
    remarks = [sheet.say("quality.dots", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("quality.shown", shown=len(rows), all=len(every)))
    lines = [_line(result, row, sheet) for row in rows]
    headings = [sheet.heading(name) for name in ("quality", *PARTS)]
    return draw_parts(result, sheet, _title(result, rows, sheet), headings, lines, remarks)


def _line(result: Any, row: Drawn, sheet: Sheet) -> Line:
    value = interval(row, "quality", sheet.lang)
    told = [_part_said(row, part, sheet) for part in PARTS if row[f"{part}_n"]]
    said = [f"{sheet.heading('quality')} {value}", *told, f"{sheet.heading('covered')} {sheet.share(row['covered'])}"]
    marks = {
        sheet.heading(part): Mark(row[part], _part_said(row, part, sheet), item(result, row, f"{part}_n"))
        for part in PARTS if row[f"{part}_weight"]
    }  # fmt: skip
    ends = row["quality"], row["quality_low"], row["quality_high"]
    beside = f"{value}  {sheet.say('scores.answers', answers=row['customers'])}"
    return Line(row["name"], ends, _hollow(row), beside, said, item(result, row), marks)


def _hollow(row: Drawn) -> bool:
    """Whether an index stands on few customers, or on little of what it is made of."""
    return bool(row["customers"] < FEW or row["covered"] < _HALF)


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
    style = {"color": sheet.theme.ground if _hollow(row) else color, "borderColor": color, "borderWidth": 2}
    told = f"{sheet.heading('quality')} {interval(row, 'quality', sheet.lang)}"
    return {
        "value": [when, row["quality"]], "itemStyle": style,
        "tooltip": sheet.hover(f"{row['name']} · {when[:10]}", told, f"n {row['customers']:,}"), **item(result, row),
    }  # fmt: skip
