"""Attribution: how much each channel is credited with, with intervals; of several models, side by side."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import MOST_GROUPS, Sheet, percent
from lvtu.core.words import say


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.attribution.result.AttributionResult`: shares of the goals that have a touch."""
    by = result.models.column_names[1]
    rows = list(
        {(row["model"], row[by]): row for row in result.models.to_pylist() if row["share"] is not None}.values()
    )
    channels = list(dict.fromkeys(row[by] for row in rows))
    shown = channels[:MOST_GROUPS]
    remarks = [sheet.say("groups", shown=len(shown), all=len(channels))] if len(shown) < len(channels) else []
    goal = say("values.and", sheet.lang).join(result.spec.goals)
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
    """A group of bars per channel, a bar per model."""
    series: list[dict[str, Any]] = []
    for model, color in zip(result.spec.models, sheet.theme.groups, strict=False):
        name, data = sheet.say(f"attribution.{model}"), []
        given = {row[by]: row for row in rows if row["model"] == model}
        for channel in shown:
            row = given[channel]
            hover = sheet.hover(f"{sheet.group(channel)} · {name}",
                                sheet.interval(row["share"], row["low"], row["high"]),
                                f"{sheet.heading('conversions')} {row['conversions']:,.1f}")  # fmt: skip
            data.append({"value": percent(row["share"]), "tooltip": hover, **item(result, row, "conversions")})
        series.append({"type": "bar", "name": name, "data": data, "barMaxWidth": 14, "barGap": "10%",
                       "itemStyle": {"color": color, "borderRadius": [2, 2, 0, 0]}})  # fmt: skip
    above = len(remarks) + len(result.notes)
    names = [sheet.group(channel) for channel in shown]
    label = {"interval": 0, "width": 96, "overflow": "break", "rotate": 0}
    return sheet.option(
        title, result.notes, remarks, series=series,
        legend=sheet.legend([one["name"] for one in series], above),
        grid=sheet.grid(sheet.top(above, legend=True) + 12), xAxis=sheet.categories(names, axisLabel=label),
        yAxis=sheet.shares([row["share"] for row in rows]),
        narrow={"xAxis": {"axisLabel": {"rotate": 60, "fontSize": 11, "width": 96, "overflow": "truncate"}},
                "series": [{"barGap": "0%"} for _ in series]},
    )  # fmt: skip
