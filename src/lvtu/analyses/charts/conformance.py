"""A designed order beside what customers did: a bar per step, in its parts."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.charts.stacks import Part, Stack, draw_stacks
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (122, 64, 84)


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
        )
        for row in rows
    ]  # fmt: skip
    heads = [sheet.heading("completed"), sheet.heading("repeated"), sheet.heading("median_time")]
    parts = [Part(sheet.heading(status), color) for status, color in colors.items()]
    remarks = [sheet.say("conformance.share")]
    return draw_stacks(result, sheet, _title(result, len(rows), sheet), parts, stacks, heads, _WIDTHS, remarks)


def _title(result: Any, steps: int, sheet: Sheet) -> str:
    if result.fitness is None:
        return sheet.say("conformance.none")
    fitting = sheet.share(result.fitting / result.customers_all)
    return sheet.say(
        "conformance.title",
        share=fitting,
        number=result.customers_all,
        steps=steps,
        fitness=sheet.share(result.fitness),
    )
