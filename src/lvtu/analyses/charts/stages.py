"""The stages of a journey: a strip in their order, with who got there, who went on, and how long they stayed."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (64, 64, 60, 82, 82)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.stages.StagesResult`.

    Who went on is the share of a stage's customers who entered the next one too; what is left of them is dropped.
    """
    rows = result.table.to_pylist()
    heads = [sheet.heading(name) for name in ("customers", "went_on", "dropped", "median_dwell", "p90_dwell")]
    drawn = []
    for row in rows:
        cells = [
            f"{row['customers']:,}", sheet.share(_went_on(row)), sheet.number(row["dropped"]),
            sheet.gap(row["median_dwell"]), sheet.gap(row["p90_dwell"]),
        ]  # fmt: skip
        said = [f"{head} {cell}" for head, cell in zip(heads, cells, strict=True)]
        drawn.append(Row(sheet.group(row["stage"]), row["customers"], cells, said, item(result, row)))
    return draw_rows(result, sheet, _title(result, rows, sheet), drawn, heads, _WIDTHS)


def _went_on(row: dict[str, Any]) -> float | None:
    if row["dropped"] is None or not row["customers"]:
        return None
    return float((row["customers"] - row["dropped"]) / row["customers"])


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    model, first, last = result.model.title.get(sheet.lang), rows[0], rows[-1]
    names = {"first": sheet.group(first["stage"]), "last": sheet.group(last["stage"])}
    if len(rows) == 1 or not first["customers"]:
        return sheet.say("stages.one", model=model, number=first["customers"], **names)
    share = sheet.share(last["from_start"])
    return sheet.say("stages.all", model=model, number=first["customers"], share=share, **names)
