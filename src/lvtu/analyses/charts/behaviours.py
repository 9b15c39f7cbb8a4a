"""Behaviours: what share of all customers shows each."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (72, 72, 72)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.behaviours.BehavioursResult`: a full bar is all customers."""
    names = ("share", "customers", "events")
    heads = [sheet.heading(name) for name in names]
    drawn = []
    for row in result.table.to_pylist():
        known = row["behaviour"] not in result.unknown
        customers, events = (row["customers"], row["events"]) if known else (None, None)
        cells = [sheet.share(row["share"] if known else None), sheet.number(customers), sheet.number(events)]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        drawn.append(Row(sheet.group(row["behaviour"]), row["customers"], cells, said, item(result, row)))
    title = sheet.say("behaviours.title", number=result.everyone)
    return draw_rows(result, sheet, title, drawn, heads, _WIDTHS, result.everyone)
