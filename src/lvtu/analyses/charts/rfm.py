"""RFM: a bar for each segment, with its share of the money beside it."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (64, 76, 108)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.rfm.result.RfmResult`: each currency by itself, segments in the rules' order."""
    heads = [sheet.heading(name) for name in ("share", "customers", "value_share")]
    several = len(result.currencies) > 1
    rows = []
    for row in result.table.to_pylist():
        cells = [sheet.share(row["share"]), f"{row['customers']:,}", sheet.share(row["value_share"])]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        said += [row["rule"], f"{sheet.heading('recency_time')} {sheet.gap(row['recency_time'])}"]
        name = sheet.say(f"rfm.{row['segment']}")
        called = f"{sheet.group(row['currency'])} · {name}" if several else name
        rows.append(Row(called, row["customers"], cells, said, item(result, row)))
    number = sum(row["customers"] for row in result.table.to_pylist())
    key, event = "rfm.title_currencies" if several else "rfm.title", sheet.event(result.spec.event)
    title = sheet.say(key, number=number, event=event)
    return draw_rows(result, sheet, title, rows, heads, _WIDTHS)
