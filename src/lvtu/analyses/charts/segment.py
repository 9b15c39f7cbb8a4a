"""A segment: its share of all customers."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (72, 72)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.segment.SegmentResult`: a full bar is all customers."""
    [row] = result.table.to_pylist()
    heads = [sheet.heading(name) for name in ("share", "customers")]
    cells = [sheet.share(row["share"]), f"{row['customers']:,}"]
    said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
    name = sheet.segment(row["condition"])
    title = sheet.say("segment.title", share=cells[0], number=result.everyone)
    bar = Row(name, result.size, cells, said, item(result, row))
    return draw_rows(result, sheet, title, [bar], heads, _WIDTHS, result.everyone)
