"""Where customers are now: what share of them is in each stage, and in none."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet
from lvtu.core.units import write_instant
from lvtu.core.words import say

_WIDTHS = (72, 72)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.stages.now.StagesNow`: a full bar is all customers."""
    heads = [sheet.heading(name) for name in ("share", "customers")]
    drawn = []
    for row in result.table.to_pylist():
        cells = [sheet.share(row["share"]), f"{row['customers']:,}"]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        name = say("values.no_stage", sheet.lang) if row["stage"] is None else sheet.group(row["stage"])
        drawn.append(Row(name, row["customers"], cells, said, item(result, row)))
    moment, names = result.spec.moment, {"model": result.model.title.get(sheet.lang), "number": result.everyone}
    title = sheet.say("stages_now.now", **names)
    if moment is not None:
        title = sheet.say("stages_now.then", time=write_instant(moment), **names)
    return draw_rows(result, sheet, title, drawn, heads, _WIDTHS, result.everyone)
