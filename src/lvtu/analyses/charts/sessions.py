"""Sessions: a bar per place where they begin, or, by calendar period, how many, how large and how many bounce."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.lanes import Measure, draw_lanes
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

MOST = 20
"""Places that are drawn, those where most sessions begin."""

_NAMES = ("sessions", "exits", "events_per_session", "bounce_rate")
_WIDTHS = (64, 64, 78, 142)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.sessions.SessionsResult`."""
    rows, spec = result.table.to_pylist(), result.spec
    title = sheet.say("sessions.title", sessions=sum(row["sessions"] for row in rows), gap=sheet.gap(spec.session_gap))
    if spec.period:
        return draw_lanes(result, sheet, title, _MEASURES)
    shown = sorted(rows, key=lambda row: -row["sessions"])[:MOST]
    remarks = [sheet.say("groups", shown=len(shown), all=len(rows))] if len(shown) < len(rows) else []
    chosen = [number for number, name in enumerate(_NAMES) if name != "exits" or spec.by]
    heads = [sheet.heading(_NAMES[number]) for number in chosen]
    drawn = []
    for row in shown:
        cells = [_cell(_NAMES[number], row, sheet) for number in chosen]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        said += [f"{sheet.heading(name)} {row[name]:,}" for name in ("customers", "events", "bounced")]
        said += [f"{sheet.heading(name)} {sheet.gap(row[name])}" for name in ("median_duration", "p90_duration")]
        drawn.append(Row(_name(row, result, sheet), row["sessions"], cells, said, item(result, row, "sessions")))
    return draw_rows(result, sheet, title, drawn, heads, [_WIDTHS[number] for number in chosen], remarks=remarks)


_MEASURES = (
    Measure("sessions"),
    Measure("events_per_session", counted=False),
    Measure("bounce_rate", counted=False, share=True),
)


def _name(row: dict[str, Any], result: Any, sheet: Sheet) -> str:
    by = result.spec.by
    return sheet.group(row.get(by, row.get(f"by_{by}"))) if by else sheet.say("sessions.all")


def _cell(name: str, row: dict[str, Any], sheet: Sheet) -> str:
    value = row[name]
    if name == "bounce_rate":
        return sheet.interval(value, row["low"], row["high"])
    return f"{value:,.2f}" if isinstance(value, float) else sheet.number(value)
