"""An outcome by band of score: a bar for the rate in each band of each driver, with its interval."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.drivers import called_driver, outcome_of
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet, percent
from lvtu.analyses.drivers.linkage import BANDS

_NAMES = 172
"""Pixels for a driver, its scale and the band in one line, most often."""

_MOST = 6
"""Drivers that are drawn, the most important ones."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.drivers.linked.Linked`: shares of the customers in each band."""
    every = result.table.to_pylist()
    twice = Counter(driver.name for driver in result.answer.drivers)
    kept = list(dict.fromkeys((row["driver"], row["scale"]) for row in every))
    rows = [row for row in every if (row["driver"], row["scale"]) in kept[:_MOST]]
    words = {band: sheet.word(f"band_{band}") for band in BANDS}
    names = [f"{called_driver(row, twice, sheet)} · {words[row['band']]}" for row in rows]
    remarks = [sheet.say("linked.whiskers")] if rows else []
    if len(kept) > _MOST:
        remarks.append(sheet.say("drivers.shown", shown=_MOST, all=len(kept)))
    outcome = outcome_of(result.answer, sheet)
    title = sheet.say("drivers.none", outcome=outcome)
    if rows:
        title = sheet.say("linked.title", outcome=outcome, share=sheet.share(result.rate), customers=result.answer.n)
    bars = [
        {"value": percent(row["rate"]), "tooltip": _hover(row, name, sheet), **item(result, row)}
        for row, name in zip(rows, names, strict=True)
    ]
    whiskers = [[(100 * row[end], place) for end in ("low", "high")] for place, row in enumerate(rows)]
    numbers = [f"{sheet.share(row['rate'])}  n {row['customers']:,}  ×{row['lift']:.2f}" for row in rows]
    bar = {"type": "bar", "name": sheet.heading("rate"), "data": bars, "barMaxWidth": 20,
           "markLine": sheet.whiskers(whiskers),
           "itemStyle": {"color": sheet.theme.accent, "borderRadius": [0, 3, 3, 0]}}  # fmt: skip
    furthest = max((row["high"] for row in rows), default=1.0)
    return sheet.option(
        title, result.notes, remarks, series=[bar],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)), right=16),
        xAxis=sheet.shares([], max=min(math.ceil(20 * furthest) * 5, 100)),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names) | {"width": _NAMES}),
               sheet.categories(numbers, inverse=True, position="right",
                                axisLabel={"color": sheet.theme.soft, "fontSize": 11, "interval": 0})],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}],
                "xAxis": {"splitNumber": 2}},
    )  # fmt: skip


def _hover(row: dict[str, Any], name: str, sheet: Sheet) -> dict[str, Any]:
    return sheet.hover(
        name, sheet.interval(row["rate"], row["low"], row["high"]),
        f"{row['yes']:,} / {row['customers']:,}", f"{sheet.heading('lift')} {row['lift']:.2f}",
    )  # fmt: skip
