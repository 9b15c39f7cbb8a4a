"""Attribution: how much each channel is credited with, with intervals; of several models, side by side."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import MOST_GROUPS, Sheet, percent
from lvtu.core.words import say

_HEADS = 34
"""Pixels above panels for their names and scales."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.attribution.result.AttributionResult`: shares of the goals that have a touch."""
    by = result.models.column_names[1]
    rows = list(
        {(row["model"], row[by]): row for row in result.models.to_pylist() if row["share"] is not None}.values()
    )
    channels = list(dict.fromkeys(row[by] for row in rows))
    shown = channels[:MOST_GROUPS]
    remarks = [sheet.say("groups", shown=len(shown), all=len(channels))] if len(shown) < len(channels) else []
    goal = sheet.event(result.spec.goals, say("values.and", sheet.lang))
    drawn = [row for row in rows if row[by] in shown]
    if not drawn:
        return sheet.option(sheet.say("attribution.none", goal=goal), result.notes, series=[])
    if result.spec.several:
        title = sheet.say("attribution.all", goal=goal, goals=result.goals, models=len(result.spec.models))
        return _beside(result, drawn, by, shown, title, remarks, sheet)
    first = drawn[0]
    touched = round(sum(row["conversions"] for row in rows))
    title = sheet.say(
        "attribution.title", goal=goal, goals=touched, name=sheet.group(first[by]), share=sheet.share(first["share"]),
        model=sheet.say(f"attribution.{first['model']}"),
    )  # fmt: skip
    return _one(result, drawn, by, title, [sheet.say("attribution.interval"), *remarks], sheet)


def _one(
    result: Any, rows: list[dict[str, Any]], by: str, title: str, remarks: list[str], sheet: Sheet
) -> dict[str, Any]:  # fmt: skip
    """A bar per channel with its interval, and its conversions beside it."""
    theme, bars, whiskers = sheet.theme, [], []
    names = [sheet.group(row[by]) for row in rows]
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        told = sheet.interval(row["share"], row["low"], row["high"])
        hover = sheet.hover(name, told, f"{sheet.heading('conversions')} {row['conversions']:,.1f}")
        bars.append({"value": percent(row["share"]), "tooltip": hover, **item(result, row, "conversions")})
        if row["low"] is not None:
            ends = [[percent(row[end]), place] for end in ("low", "high")]
            whiskers.append({"coords": ends, "tooltip": hover})
    numbers = [f"{row['conversions']:,.1f}  {sheet.interval(row['share'], row['low'], row['high'])}" for row in rows]
    bar = {"type": "bar", "name": sheet.heading("share"), "data": bars, "barMaxWidth": 24,
           "itemStyle": {"color": theme.accent, "borderRadius": 3}}  # fmt: skip
    line = {"type": "lines", "coordinateSystem": "cartesian2d", "data": whiskers, "z": 3,
            "lineStyle": {"color": theme.ink, "width": 1.5}}  # fmt: skip
    above = sheet.top(len(remarks) + len(result.notes))
    label = {"width": 130, "overflow": "truncate", "interval": 0}
    beside = {"color": theme.soft, "fontSize": 11, "interval": 0}
    furthest = [row["high"] or row["share"] for row in rows]
    return sheet.option(
        title, result.notes, remarks, series=[bar, line], grid=sheet.grid(above, right=16),
        xAxis=sheet.shares(furthest),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=label),
               sheet.categories(numbers, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": {"width": 76}}, {"axisLabel": {"fontSize": 10}}],
                "xAxis": {"splitNumber": 2}},
    )  # fmt: skip


def _beside(
    result: Any, rows: list[dict[str, Any]], by: str, shown: list[Any], title: str, remarks: list[str], sheet: Sheet
) -> dict[str, Any]:  # fmt: skip
    """A panel per model, side by side on one scale: a bar per channel with its interval."""
    models = result.spec.models
    names = [sheet.group(channel) for channel in shown]
    remarks = [sheet.say("attribution.interval"), *remarks]
    top = sheet.top(len(remarks) + len(result.notes)) + _HEADS
    most = math.ceil(10 * max(row["high"] or row["share"] for row in rows)) * 10
    series: list[dict[str, Any]] = []
    axes: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for panel, (model, color) in enumerate(zip(models, sheet.theme.groups, strict=False)):
        given = {row[by]: row for row in rows if row["model"] == model}
        bars, whiskers = _panel(result, [given[channel] for channel in shown], names, model, sheet)
        at = {"xAxisIndex": panel, "yAxisIndex": panel} if panel else {}
        series.append({"type": "bar", "name": sheet.say(f"attribution.{model}"), "data": bars, "barMaxWidth": 18, **at,
                       "markLine": sheet.whiskers(whiskers),
                       "itemStyle": {"color": color, "borderRadius": [0, 3, 3, 0]}})  # fmt: skip
        head = {"color": sheet.theme.ink, "fontSize": 12, "fontWeight": 600}
        axes[0].append(
            sheet.numbers(gridIndex=panel, position="top", max=most, splitNumber=2, name=series[-1]["name"],
                         axisLabel={"formatter": "{value}%", "alignMinLabel": "left", "alignMaxLabel": "right"},
                         nameLocation="middle", nameGap=26, nameTextStyle=head, nameTruncate={"maxWidth": 110})
        )  # fmt: skip
        label = {"interval": 0, "width": 110, "overflow": "truncate", "show": panel == 0}
        axes[1].append(sheet.categories(names, inverse=True, gridIndex=panel, axisLabel=label))
    small = {"axisLabel": {"fontSize": 10}, "nameTextStyle": {"fontSize": 11}, "nameTruncate": {"maxWidth": 62}}
    return sheet.option(
        title, result.notes, remarks, series=series, grid=_panels(len(models), 18, top), xAxis=axes[0], yAxis=axes[1],
        narrow={"grid": _panels(len(models), 26, top), "xAxis": [{"splitNumber": 1, **small} for _ in models],
                "yAxis": [{"axisLabel": {"width": 82, "fontSize": 11}} for _ in models]},
    )  # fmt: skip


def _panel(
    result: Any, rows: list[dict[str, Any]], names: list[str], model: str, sheet: Sheet
) -> tuple[list[dict[str, Any]], list[list[tuple[float, int]]]]:  # fmt: skip
    """The bars of one model, and the lines over them that reach from one end of the interval to the other."""
    bars, whiskers = [], []
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        hover = sheet.hover(f"{name} · {sheet.say(f'attribution.{model}')}",
                            sheet.interval(row["share"], row["low"], row["high"]),
                            f"{sheet.heading('conversions')} {row['conversions']:,.1f}")  # fmt: skip
        bars.append({"value": percent(row["share"]), "tooltip": hover, **item(result, row, "conversions")})
        if row["low"] is not None:
            whiskers.append([(100 * row[end], place) for end in ("low", "high")])
    return bars, whiskers


def _panels(number: int, left: int, top: int) -> list[dict[str, Any]]:
    """Panels beside one another behind the names, in per cent of the width."""
    width = (98 - left) / number
    return [
        {"left": f"{left + width * panel:.2f}%", "width": f"{width - 2:.2f}%", "top": top, "bottom": 16}
        for panel in range(number)
    ]
