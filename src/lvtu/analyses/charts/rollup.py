"""Nested journeys: a bar for every journey and stage, with a dot for each level above it."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (64, 82, 82)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.rollup.RollupResult`."""
    heads = [sheet.heading(name) for name in ("customers", "first_to_last", "mean_dwell")]
    rows, drawn = result.table.to_pylist(), []
    for node, row in zip(result.nodes, rows, strict=True):
        cells = [f"{row['customers']:,}", sheet.share(row["conversion"]), sheet.gap(row["mean_dwell"])]
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        name = "· " * node.level + node.titles[-1].get(sheet.lang)
        drawn.append(Row(name, row["customers"], cells, [node.breadcrumbs(sheet.lang), *said],
                         item(result, row)))  # fmt: skip
    names = {"model": result.model.title.get(sheet.lang), "number": rows[0]["customers"]}
    return draw_rows(result, sheet, sheet.say("rollup.title", **names), drawn, heads, _WIDTHS)
