"""MaxDiff: a bar for each option with its interval, to the right of the middle what was the best oftener."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet, percent

_MOST = 30
"""Options that are drawn."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.maxdiff.result.MaxdiffResult`."""
    by = result.table.column_names[0] if result.spec.by else None
    every = result.table.to_pylist()
    rows = every[:_MOST]
    several = len({row["question"] for row in every}) > 1
    names = [_name(row, by, several, sheet) for row in rows]
    remarks = [sheet.say("maxdiff.ends")] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("maxdiff.shown", shown=len(rows), all=len(every)))
    bars, whiskers, numbers = [], [], []
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        if row["score_low"] is not None:
            whiskers.append([(100 * row[end], place) for end in ("score_low", "score_high")])
        bars.append({"value": percent(row["score"]), "tooltip": _hover(row, name, sheet), **item(result, row, "n")})
        numbers.append(f"{sheet.share(row['score'])}  n {row['n']:,}")
    bar = {"type": "bar", "name": sheet.heading("score"), "data": bars, "barMaxWidth": 24,
           "markLine": sheet.whiskers(whiskers),
           "itemStyle": {"color": sheet.theme.accent, "borderRadius": 2}}  # fmt: skip
    beside = {"color": sheet.theme.soft, "fontSize": 11, "interval": 0}
    title = sheet.say("maxdiff.title", first=names[0]) if rows else sheet.say("maxdiff.none")
    far = max((abs(row[end]) for row in rows for end in ("score", "score_low", "score_high") if row[end]), default=1)
    end = min(100, math.ceil(10 * far) * 10)
    return sheet.option(
        title, result.notes, remarks, series=[bar],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)), right=16),
        xAxis=sheet.shares([], min=-end, max=end),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories(numbers, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}],
                "xAxis": {"splitNumber": 2}},
    )  # fmt: skip


def _name(row: dict[str, Any], by: str | None, several: bool, sheet: Sheet) -> str:
    parts = [sheet.group(row[by])] if by else []
    parts += [sheet.group(row["question"])] if several else []
    return " · ".join([*parts, sheet.group(row["option"])])


def _hover(row: dict[str, Any], name: str, sheet: Sheet) -> dict[str, Any]:
    counts = [f"{sheet.heading(one)} {row[one]:,}" for one in ("best", "worst", "shown", "n")]
    return sheet.hover(name, sheet.interval(row["score"], row["score_low"], row["score_high"]), *counts)
