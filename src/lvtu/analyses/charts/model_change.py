"""What changing a model would move: customers by stage after the change, beside those before it."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (64, 64, 64, 64)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.model_change.ModelChangeResult`: bars are of after the change."""
    names = ("before", "after", "gained", "lost")
    heads = [sheet.heading(name) for name in names]
    drawn = []
    for row in result.table.to_pylist():
        cells = [sheet.number(row[name]) for name in names]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        drawn.append(Row(sheet.group(row["stage"]), row["after"] or 0, cells, said, item(result, row, "after")))
    title = sheet.say("model_change.title", moved=result.moved, number=result.everyone)
    return draw_rows(result, sheet, title, drawn, heads, _WIDTHS)
