"""Measures by calendar period, a lane each, a line per group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, iso, largest, percent
from lvtu.core.units import moment

_NAMED = 4
"""Lines of a lane that are named at their ends; more have a legend."""


@dataclass(frozen=True)
class Measure:
    """What a lane shows.

    Attributes:
        name: the column.
        counted: whether a period without a row has none of it, zero, rather than being a gap.
        share: whether it is drawn in per cent.
    """

    name: str
    counted: bool = True
    share: bool = False

    def said(self, value: Any, sheet: Sheet) -> str:
        """A value as text."""
        if self.share or value is None:
            return sheet.share(value)
        return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def draw_lanes(result: Any, sheet: Sheet, title: str, measures: Sequence[Measure]) -> dict[str, Any]:
    """An option of lines by ``period``; the first measure says which groups are the largest, and those are drawn."""
    rows, spec = result.table.to_pylist(), result.spec
    sizes: dict[str | None, int] = {}
    for row in rows:
        group = row[spec.by] if spec.by else None
        sizes[group] = sizes.get(group, 0) + row[measures[0].name]
    groups = largest(sizes)
    remarks = [sheet.say("groups", shown=len(groups), all=len(sizes))] if len(groups) < len(sizes) else []
    starts = starts_between([row["period"] for row in rows], spec.period, spec.zone)
    cells = {(spec.by and row[spec.by], row["period"]): row for row in rows}
    named = bool(spec.by) and len(groups) <= _NAMED
    series = [
        _line(group, measure, lane, color, starts, cells, sheet, result, named)
        for lane, measure in enumerate(measures)
        for group, color in zip(groups, sheet.theme.groups, strict=False)
    ]
    above = len(remarks) + len(result.notes)
    legend: dict[str, Any] = {}
    if spec.by and not named:
        legend = {"legend": sheet.legend([sheet.group(one) for one in groups], above)}
    lanes = len(measures)
    widest = max((row[one.name] or 0 for row in rows for one in measures), default=0)
    left = 28 + 8 * len(f"{widest:,.0f}")  # the same for all lanes, so that a time is at one place in all
    grids = _lanes(lanes, sheet.top(above, legend=bool(legend)) + 30, max(left, 60), 140 if named else 24)
    return sheet.option(
        title, result.notes, remarks, series=series, grid=grids, **legend,
        xAxis=[sheet.times(gridIndex=lane, shown=lane == lanes - 1) for lane in range(lanes)],
        yAxis=[_axis(measure, lane, rows, sheet) for lane, measure in enumerate(measures)],
        narrow=sheet.narrow_ends(series, lanes) if named else None,
    )  # fmt: skip


def _axis(measure: Measure, lane: int, rows: list[dict[str, Any]], sheet: Sheet) -> dict[str, Any]:
    name = {"gridIndex": lane, "name": sheet.heading(measure.name), "splitNumber": 3,
            "nameTextStyle": {"color": sheet.theme.soft, "align": "left"}}  # fmt: skip
    return sheet.shares((row[measure.name] for row in rows), **name) if measure.share else sheet.numbers(**name)


def _lanes(lanes: int, top: int, left: int, right: int) -> list[dict[str, Any]]:
    """Where the lanes are, one below the other; the first one gives way to what stands above it."""
    share = 76 / lanes
    ends = [(f"{18 + lane * share:.1f}%", f"{89 - (lane + 1) * share:.1f}%") for lane in range(lanes)]
    grids: list[dict[str, Any]] = [{"left": left, "right": right, "top": top, "bottom": bottom} for top, bottom in ends]
    grids[0]["top"], grids[-1]["bottom"] = top, 32
    return grids


def _line(
    group: str | None, measure: Measure, lane: int, color: str, starts: list[int], cells: dict[Any, Any], sheet: Sheet,
    result: Any, named: bool,
) -> dict[str, Any]:  # fmt: skip
    by, zone = result.spec.by, result.spec.zone
    name = sheet.group(group) if by else sheet.heading(measure.name)
    data = []
    for start in map(moment, starts):
        row = cells.get((group, start))
        value = row[measure.name] if row else 0 if measure.counted else None
        when = iso(start, zone)
        hover = sheet.hover(when[:16].replace("T", " ").removesuffix(" 00:00"), f"{name} {measure.said(value, sheet)}")
        opens = item(result, row, measure.name) if row else {}
        data.append({"value": [when, percent(value) if measure.share else value], "tooltip": hover, **opens})
    end = {"endLabel": sheet.named_at_end(color)} if named else {}
    return sheet.line(name, color, data, xAxisIndex=lane, yAxisIndex=lane, **end)
