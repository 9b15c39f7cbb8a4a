"""Response times: a bar for each group, of what was answered in time, too late, or not yet."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.stacks import Part, Stack, draw_stacks
from lvtu.analyses.charts.theme import Sheet, iso

_WIDTHS = (144, 84, 84)
_MOST = 24
"""Rows that are drawn: of periods the last ones."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.response_times.result.ResponseTimesResult`."""
    theme, every = sheet.theme, result.table.to_pylist()
    colors = {"met": theme.accent, "missed": theme.groups[5], "open": theme.tints[1], "untimed": theme.line}
    rows = every[-_MOST:] if result.spec.period else every[:_MOST]
    stacks = []
    for row in rows:
        told = sheet.interval(row["in_time"], row["in_time_low"], row["in_time_high"])
        cells = [told, sheet.gap(row["median_time"]), sheet.gap(row["p90_time"])]
        opens = [item(result, row, fate) for fate in colors]
        stacks.append(Stack(_name(result, row, sheet), [row[fate] for fate in colors], cells, opens))
    heads = [sheet.heading(name) for name in ("in_time", "median_time", "p90_time")]
    parts = [Part(sheet.heading(fate), color) for fate, color in colors.items()]
    remarks = [sheet.say("response_times.share")] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("groups", shown=len(rows), all=len(every)))
    return draw_stacks(result, sheet, _title(every, sheet), parts, stacks, heads, _WIDTHS, remarks)


def _name(result: Any, row: dict[str, Any], sheet: Sheet) -> str:
    by = result.table.column_names[0] if result.spec.by else None
    parts = [] if by is None else [sheet.group(row[by])]
    parts += [iso(row["period"], result.spec.zone)[:10]] if result.spec.period else []
    return " · ".join(parts) or sheet.say("scores.all")


def _title(rows: list[dict[str, Any]], sheet: Sheet) -> str:
    number, met = sum(row["met"] + row["missed"] for row in rows), sum(row["met"] for row in rows)
    if not sum(row["starts"] for row in rows):
        return sheet.say("response_times.none")
    share = sheet.share(met / number if number else None)
    if len(rows) > 1:
        return sheet.say("response_times.several", share=share, number=number)
    return sheet.say("response_times.title", share=share, number=number, median=sheet.gap(rows[0]["median_time"]))
