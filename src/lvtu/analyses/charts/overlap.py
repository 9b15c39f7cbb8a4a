"""Overlaps of segments: a bar for each set of segments that somebody is in."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (72, 72)
_MOST = 20


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.overlap.OverlapResult`: a full bar is the union, and the bars add up to it."""
    heads = [sheet.heading(name) for name in ("share", "customers")]
    segments = zip(result.names, result.spec.segments, strict=True)
    called = {name: sheet.segment(text) for name, text in segments}
    rows = []
    for row in result.table.slice(0, _MOST).to_pylist():
        cells = [sheet.share(row["share"]), f"{row['customers']:,}"]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        names = [called[name] for name in row["segments"]]
        name = sheet.say("overlap.only", name=names[0]) if len(names) == 1 else " + ".join(names)
        rows.append(Row(name, row["customers"], cells, said, item(result, row)))
    remarks = []
    if result.table.num_rows > _MOST:
        remarks = [sheet.say("overlap.shown", shown=_MOST, all=result.table.num_rows)]
    title = sheet.say("overlap.title", number=result.union, everyone=result.everyone)
    return draw_rows(result, sheet, title, rows, heads, _WIDTHS, result.union, remarks)
