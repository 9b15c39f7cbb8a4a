"""A designed order beside what customers did: a bar per step, in its parts."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.stacks import Part, Stack, draw_stacks
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (158, 60, 84)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.conformance.ConformanceResult`."""
    theme, rows = sheet.theme, result.table.to_pylist()
    colors = {
        "completed": theme.accent, "late": theme.groups[2], "out_of_order": theme.groups[3], "missing": theme.groups[5],
        "skipped": theme.line, "pending": theme.tints[1],
    }  # fmt: skip
    stacks = [
        Stack(
            sheet.group(row["name"]), [row[status] for status in colors],
            [sheet.interval(row["share"], row["low"], row["high"]), sheet.number(row["repeated"]),
             sheet.gap(row["median_time"])],
            [item(result, row, status) for status in colors],
        )
        for row in rows
    ]  # fmt: skip
    heads = [sheet.heading("completed"), sheet.heading("repeated"), sheet.heading("median_time")]
    parts = [Part(sheet.heading(status), color) for status, color in colors.items()]
    remarks = [sheet.say("conformance.share")]
    return draw_stacks(result, sheet, _title(rows, sheet), parts, stacks, heads, _WIDTHS, remarks)


def _title(rows: list[dict[str, Any]], sheet: Sheet) -> str:
    """The step that fewest do as designed."""
    judged = [row for row in rows if row["share"] is not None]
    if not judged:
        return sheet.say("conformance.none")
    weakest = min(judged, key=lambda row: row["share"])
    number = sum(weakest[status] for status in ("completed", "late", "out_of_order", "missing"))
    share = sheet.share(weakest["share"])
    return sheet.say("conformance.title", name=sheet.group(weakest["name"]), share=share, number=number)
