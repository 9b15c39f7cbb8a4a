"""Stickiness: a bar for each number of periods, and the share that was active on at least so many."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, percent

_LABELLED = 16


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.stickiness.StickinessResult`."""
    rows, theme = result.table.to_pylist(), sheet.theme
    unit = result.table.column_names[0]
    names = {name: sheet.heading(name) for name in (unit, "customers", "at_least")}
    legend = [sheet.say("stickiness.exactly"), sheet.say("stickiness.at_least")]
    exactly, at_least = [], []
    for row in rows:
        hover = sheet.hover(
            f"{names[unit]} {row[unit]:,}", f"{names['customers']} {row['customers']:,} ({sheet.share(row['share'])})",
            f"{names['at_least']} {row['at_least']:,} ({sheet.share(row['share_at_least'])})",
        )  # fmt: skip
        label = {"label": {"formatter": sheet.share(row["share"])}}
        exactly.append({"value": percent(row["share"]), "tooltip": hover, **label, **item(result, row)})
        at_least.append({"value": percent(row["share_at_least"]), "tooltip": hover,
                         **item(result, row, "at_least")})  # fmt: skip
    few = len(rows) <= _LABELLED
    bars = {
        "type": "bar", "name": legend[0], "data": exactly, "barMaxWidth": 40,
        "itemStyle": {"color": theme.accent, "borderRadius": [4, 4, 0, 0]},
        "label": {"show": few, "position": "top", "color": theme.ink, "fontSize": 11,
                  "textBorderColor": theme.ground, "textBorderWidth": 3},
        "z": 3,
        "labelLayout": {"hideOverlap": True},
    }  # fmt: skip
    line = sheet.line(legend[1], theme.groups[2], at_least)
    above = len(result.notes)
    return sheet.option(
        _title(result, rows, sheet), result.notes, series=[bars, line],
        legend=sheet.legend(legend, above),
        grid=sheet.grid(sheet.top(above, legend=True) + 16, bottom=36),
        xAxis=sheet.categories([f"{row[unit]}" for row in rows], name=names[unit], nameLocation="middle", nameGap=26,
                               axisLabel={"color": theme.faint}),
        yAxis=sheet.shares(row["share_at_least"] for row in rows),
    )  # fmt: skip


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    if not rows:
        return sheet.say("stickiness.none")
    share = sheet.share(rows[1]["share_at_least"] if len(rows) > 1 else 0.0)
    return sheet.say(
        f"stickiness.{result.spec.period}", share=share, number=rows[0]["at_least"], periods=result.periods
    )
