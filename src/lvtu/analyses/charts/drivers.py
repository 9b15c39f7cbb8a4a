"""Drivers: a bar for each with its interval, the most important first."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet, percent

_MOST = 20
_ARROWS = {"up": "↑", "down": "↓", None: "·"}


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.drivers.result.DriversResult`: shares of what all drivers explain."""
    every = result.table.to_pylist()
    told = [row for row in every if row["importance"] is not None]
    rows = (told or every)[:_MOST]
    twice = Counter(row["driver"] for row in every)
    names = [called_driver(row, twice, sheet) for row in rows]
    remarks = [sheet.say("drivers.whiskers")] if told else []
    if len(rows) < len(told or every):
        remarks.append(sheet.say("drivers.shown", shown=len(rows), all=len(told or every)))
    title = sheet.say("drivers.none", outcome=outcome_of(result, sheet))
    if told:
        title = sheet.say(
            "drivers.title", outcome=outcome_of(result, sheet), name=names[0], share=sheet.share(told[0]["importance"]),
            r2=sheet.share(result.r2),
        )  # fmt: skip
    bars, whiskers, numbers = [], [], []
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        number = f"n {row['n']:,}"
        if row["importance"] is not None:
            number = f"{_ARROWS[row['direction']]}  {sheet.share(row['importance'])}  {number}"
            whiskers.append([(100 * row[end], place) for end in ("low", "high")])
        bars.append(
            {"value": percent(row["importance"]), "tooltip": _hover(row, name, sheet), **item(result, row, "n")}
        )
        numbers.append(number)
    faded = {"opacity": 0.45} if result.thin else {}
    bar = {"type": "bar", "name": sheet.heading("importance"), "data": bars, "barMaxWidth": 24,
           "markLine": sheet.whiskers(whiskers),
           "itemStyle": {"color": sheet.theme.accent, "borderRadius": [0, 3, 3, 0], **faded}}  # fmt: skip
    beside = {"color": sheet.theme.soft, "fontSize": 11, "interval": 0}
    return sheet.option(
        title, result.notes, remarks, series=[bar],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)), right=16),
        xAxis=sheet.shares([], max=_end(rows)),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories(numbers, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}],
                "xAxis": {"splitNumber": 2}},
    )  # fmt: skip


def _end(rows: list[dict[str, Any]]) -> int:
    """Where the axis ends, in per cent: behind the longest whisker, or it would not be drawn."""
    furthest = max((row["high"] for row in rows if row["high"] is not None), default=1.0)
    return min(math.ceil(20 * furthest) * 5, 100)


def called_driver(row: dict[str, Any], twice: Counter[str], sheet: Sheet) -> str:
    """A driver's name, with its scale where there are several."""
    name = sheet.group(row["driver"])
    return sheet.aside(name, sheet.scale(row["scale"])) if twice[row["driver"]] > 1 else name


def outcome_of(result: Any, sheet: Sheet) -> str:
    """What the outcome is called."""
    outcome = result.question.outcome
    if outcome.condition is not None:
        return sheet.segment(outcome.condition)
    return sheet.event(outcome.event) if outcome.event is not None else sheet.scale(outcome.scale)


def _hover(row: dict[str, Any], name: str, sheet: Sheet) -> dict[str, Any]:
    lines = [name, f"n {row['n']:,}"]
    if row["mean"] is not None:
        lines.append(f"{sheet.heading('mean')} {row['mean']:.2f}")
    if row["importance"] is not None:
        lines.insert(1, sheet.interval(row["importance"], row["low"], row["high"]))
        lines.append(f"{sheet.heading('coefficient')} {row['coefficient']:+.2f}")
    if row.get("odds_ratio") is not None:
        lines.append(f"{sheet.heading('odds_ratio')} {row['odds_ratio']:.2f}")
    return sheet.hover(*lines)
