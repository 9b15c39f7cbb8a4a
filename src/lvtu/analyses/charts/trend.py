"""A trend: events, customers and money in a lane each, a line per group."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.charts.theme import Sheet, iso, largest
from lvtu.core.units import moment

_NAMED = 4
"""Lines of a lane that are named at their ends; more have a legend."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.trend.TrendResult`.

    Counts of periods without events are zero, since they were counted; money that has no sum (several currencies) is
    not drawn.
    """
    rows, spec = result.table.to_pylist(), result.spec
    sizes: dict[str | None, int] = {}
    for row in rows:
        group = row[spec.by] if spec.by else None
        sizes[group] = sizes.get(group, 0) + row["events"]
    groups = largest(sizes)
    remarks = [sheet.say("groups", shown=len(groups), all=len(sizes))] if len(groups) < len(sizes) else []
    measures = ["events", "customers", *(["value"] if any(row["value"] for row in rows) else [])]
    starts = starts_between([row["period"] for row in rows], spec.period, spec.zone)
    cells = {(spec.by and row[spec.by], row["period"]): row for row in rows}
    named = bool(spec.by) and len(groups) <= _NAMED
    series = [
        _line(group, measure, lane, color, starts, cells, sheet, spec, named)
        for lane, measure in enumerate(measures)
        for group, color in zip(groups, sheet.theme.groups, strict=False)
    ]
    above = len(remarks) + len(result.notes)
    legend: dict[str, Any] = (
        {"legend": sheet.legend([sheet.group(one) for one in groups], above)} if spec.by and not named else {}
    )
    lanes = len(measures)
    widest = max((row[measure] or 0 for row in rows for measure in measures), default=0)
    left = 28 + 8 * len(f"{widest:,.0f}")  # the same for all lanes, so that a time is at one place in all
    grids = _lanes(lanes, sheet.top(above, legend=bool(legend)) + 30, left, 140 if named else 24)
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, grid=grids, **legend,
        xAxis=[sheet.times(gridIndex=lane, shown=lane == lanes - 1) for lane in range(lanes)],
        yAxis=[
            sheet.numbers(gridIndex=lane, name=sheet.heading(measure), splitNumber=3,
                          nameTextStyle={"color": sheet.theme.soft, "align": "left"})
            for lane, measure in enumerate(measures)
        ],
        narrow=sheet.narrow_ends(series, lanes) if named else None,
    )  # fmt: skip


def _lanes(lanes: int, top: int, left: int, right: int) -> list[dict[str, Any]]:
    """Where the lanes are, one below the other; the first one gives way to what stands above it."""
    share = 76 / lanes
    ends = [(f"{18 + lane * share:.1f}%", f"{89 - (lane + 1) * share:.1f}%") for lane in range(lanes)]
    grids: list[dict[str, Any]] = [{"left": left, "right": right, "top": top, "bottom": bottom} for top, bottom in ends]
    grids[0]["top"], grids[-1]["bottom"] = top, 32
    return grids


def _line(
    group: str | None, measure: str, lane: int, color: str, starts: list[int], cells: dict[Any, Any], sheet: Sheet,
    spec: Any, named: bool,
) -> dict[str, Any]:  # fmt: skip
    by, zone = spec.by, spec.zone
    name = sheet.group(group) if by else sheet.heading(measure)
    data = []
    for start in map(moment, starts):
        row = cells.get((group, start))
        value = row[measure] if row else None if measure == "value" else 0
        text = "—" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
        hover = sheet.hover(iso(start, zone)[:16].replace("T", " ").removesuffix(" 00:00"), f"{name} {text}")
        data.append({"value": [iso(start, zone), value], "tooltip": hover})
    end = {"endLabel": sheet.named_at_end(color)} if named else {}
    return sheet.line(name, color, data, xAxisIndex=lane, yAxisIndex=lane, **end)


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    event = result.spec.event
    name = sheet.say("all") if event is None else event if isinstance(event, str) else ", ".join(event)
    return sheet.say(f"trend.{result.spec.period}", event=name, events=sum(row["events"] for row in rows))
