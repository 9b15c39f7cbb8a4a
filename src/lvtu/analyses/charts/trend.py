"""A trend: events, customers and money in a lane each, a line per group."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.charts.lanes import Measure, draw_lanes
from lvtu.analyses.charts.theme import Sheet


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.trend.TrendResult`.

    Counts of periods without events are zero, since they were counted; money that has no sum (several currencies) is
    not drawn.
    """
    rows = result.table.to_pylist()
    measures = [Measure("events"), Measure("customers")]
    if any(row["value"] for row in rows):
        measures.append(Measure("value", counted=False))
    return draw_lanes(result, sheet, _title(result, rows, sheet), measures)


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    event = result.spec.event
    name = sheet.say("all") if event is None else sheet.event(event, ", ")
    return sheet.say(f"trend.{result.spec.period}", event=name, events=sum(row["events"] for row in rows))
