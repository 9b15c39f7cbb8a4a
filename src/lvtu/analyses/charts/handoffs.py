"""Hand-offs: a bar per pair, of what was taken over in time, late, or not at all."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.stacks import Part, Stack, draw_stacks
from lvtu.analyses.charts.theme import Sheet

_WIDTHS = (144, 60, 84, 84)


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.handoffs.HandoffsResult`."""
    theme, rows = sheet.theme, result.table.to_pylist()
    colors = {
        "kept": theme.accent, "late": theme.groups[2], "broken": theme.groups[5], "pending": theme.tints[1],
        "untimed": theme.line,
    }  # fmt: skip
    stacks = []
    for row, pair in zip(rows, result.spec.pairs, strict=True):
        told = sheet.interval(row["share"], row["low"], row["high"])
        cells = [told, sheet.gap(row["within"]), sheet.gap(row["median_time"]), sheet.gap(row["p90_time"])]
        opens = [item(result, row, status) for status in colors]
        stacks.append(Stack(pair.name or _pair(row, sheet), [row[status] for status in colors], cells, opens))
    heads = [sheet.heading(name) for name in ("kept", "within", "median_time", "p90_time")]
    parts = [Part(sheet.heading(status), color) for status, color in colors.items()]
    return draw_stacks(result, sheet, _title(rows, sheet), parts, stacks, heads, _WIDTHS, [sheet.say("handoffs.share")])


def _pair(row: dict[str, Any], sheet: Sheet) -> str:
    return sheet.say("handoffs.pair", source=sheet.group(row["source"]), target=sheet.group(row["target"]))


def _title(rows: list[dict[str, Any]], sheet: Sheet) -> str:
    if not sum(row["handoffs"] for row in rows):
        return sheet.say("handoffs.none")
    number = sum(row["mature"] for row in rows)
    kept = sum(round(row["share"] * row["mature"]) for row in rows if row["mature"])
    share = sheet.share(kept / number if number else None)
    if len(rows) > 1:
        return sheet.say("handoffs.several", share=share, number=number, pairs=len(rows))
    names = {name: sheet.group(rows[0][name]) for name in ("source", "target")}
    return sheet.say("handoffs.title", share=share, number=number, within=sheet.gap(rows[0]["within"]), **names)
