"""Channels: where customers go from each one as a heat map, and what is true of each, with intervals."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, largest, percent

_ROOM = {"outerBoundsMode": "none", "bottom": 64}
"""Both grids end at the same height, whatever their labels need, so that their rows are in line."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.channels.result.ChannelsResult`: shares of transitions, and the first measure."""
    rows = result.table.to_pylist()
    sizes: dict[str | None, int] = {}
    for row in rows:
        for end in ("source", "target"):
            sizes[row[end]] = sizes.get(row[end], 0) + row["transitions"]
    measures = result.measures.to_pylist()
    told = [row for row in measures if all(row[name] == measures[0][name] for name in ("measure", "scale"))]
    for row in told:
        sizes.setdefault(row["channel"], 0)
    shown = largest(sizes)
    remarks = [sheet.say("channels.rows")]
    remarks += [_remark(result, sheet)] if told else []
    remarks += [sheet.say("groups", shown=len(shown), all=len(sizes))] if len(shown) < len(sizes) else []
    moved = sum(row["transitions"] for row in rows if row["source"] != row["target"])
    title = sheet.say("channels.title", transitions=moved, names=len(sizes))
    above = sheet.top(len(remarks) + len(result.notes)) + 6
    names = [sheet.group(name) for name in shown]
    place = {name: number for number, name in enumerate(shown)}
    cells = _cells(result, [row for row in rows if row["source"] in place and row["target"] in place], place, sheet)
    theme = sheet.theme
    label = {"interval": 0, "width": 110, "overflow": "truncate", "fontSize": 12}
    over = {"interval": 0, "width": 84, "overflow": "truncate", "fontSize": 11, "rotate": 35}
    series: list[dict[str, Any]] = [
        {"type": "heatmap", "data": cells, "label": {"show": True, "fontSize": 11, "color": theme.ink},
         "itemStyle": {"borderColor": theme.ground, "borderWidth": 2, "borderRadius": 3}},
    ]  # fmt: skip
    grids = [{**_ROOM, "top": above, "left": 132, "right": "44%" if told else 24}]
    across = [sheet.categories(names, axisLabel=over)]
    down = [sheet.categories(names, inverse=True, axisLabel=label)]
    if told:
        grids.append({**_ROOM, "top": above, "left": "59%", "right": 170})
        dots, axis = _dots([row for row in told if row["channel"] in place], place, sheet)
        series += dots
        across.append(axis)
        numbers = {place[row["channel"]]: _number(row, sheet) for row in told if row["channel"] in place}
        texts = [numbers.get(number, "") for number in range(len(shown))]
        beside = {"interval": 0, "fontSize": 11, "color": theme.soft, "width": 200, "overflow": "truncate"}
        down.append(sheet.categories(names, inverse=True, gridIndex=1, axisLabel={**label, "show": False}))
        down.append(sheet.categories(texts, inverse=True, gridIndex=1, position="right", axisLabel=beside))
    most = max([1.0, *(cell["value"][2] for cell in cells)])
    tints = {"show": False, "min": 0, "max": most, "seriesIndex": 0, "inRange": {"color": list(theme.tints)}}
    return sheet.option(
        title, result.notes, remarks, series=series, grid=grids, xAxis=across, yAxis=down, visualMap=tints,
        narrow=_narrow(above, bool(told)),
    )  # fmt: skip


def _remark(result: Any, sheet: Sheet) -> str:
    first = result.consistency.to_pylist()[0]
    name = sheet.say(f"channels.{first['measure']}", scale=first["scale"] or sheet.say("first_touch.no_scale"))
    goal = "" if result.spec.goal is None else sheet.event(result.spec.goal, ", ")
    verdict = first["verdict"] or "alone"
    return sheet.say(
        f"channels.{verdict}", measure=name if first["measure"] == "score" else f"{name} “{goal}”",
        index=sheet.share(first["index"]),
    )  # fmt: skip


def _cells(result: Any, rows: list[dict[str, Any]], place: dict[Any, int], sheet: Sheet) -> list[dict[str, Any]]:
    """A cell per transition, as dark as its share of what led on from the source; what did not happen is empty."""
    cells = []
    for row in rows:
        hover = sheet.hover(
            f"{sheet.group(row['source'])} → {sheet.group(row['target'])}",
            sheet.interval(row["share"], row["low"], row["high"]),
            *(f"{sheet.heading(name)} {row[name]:,}" for name in ("transitions", "customers")),
        )
        spot = [place[row["target"]], place[row["source"]], percent(row["share"])]
        label = {"formatter": f"{100 * row['share']:.0f}%"}
        cells.append({"value": spot, "label": label, "tooltip": hover, **item(result, row)})
    return cells


def _dots(
    rows: list[dict[str, Any]], place: dict[Any, int], sheet: Sheet
) -> tuple[list[dict[str, Any]], dict[str, Any]]:  # fmt: skip
    """Points with whiskers, coloured where a channel differs from the others, and their axis."""
    theme, whiskers, points = sheet.theme, [], []
    share = rows[0]["measure"] == "conversion"

    def at(value: float) -> float:
        return 100 * value if share else value

    for row in rows:
        spot = place[row["channel"]]
        apart = row["verdict"] == "different"
        color = theme.ink if apart else theme.accent
        hover = sheet.hover(sheet.group(row["channel"]), _number(row, sheet), f"n {row['n']:,}")
        symbol = {"symbol": "diamond", "symbolSize": 13} if apart else {"symbol": "circle", "symbolSize": 9}
        points.append({"value": [at(row["value"]), spot], "itemStyle": {"color": color}, **symbol, "tooltip": hover})
        if row["low"] is not None:
            ends = [[at(row[end]), spot] for end in ("low", "high")]
            whiskers.append({"coords": ends, "lineStyle": {"color": color, "width": 2}, "tooltip": hover})
    on = {"xAxisIndex": 1, "yAxisIndex": 1}
    line = {"type": "lines", "coordinateSystem": "cartesian2d", **on, "data": whiskers}
    point = {"type": "scatter", **on, "data": points}
    least, most = _span([at(end) for row in rows for end in (row["low"], row["value"], row["high"]) if end is not None])
    label = {"axisLabel": {"formatter": "{value}%"}} if share else {}
    return [line, point], sheet.numbers(gridIndex=1, splitNumber=3, min=0 if share else least, max=most, **label)


def _span(values: list[float]) -> tuple[int, int]:
    """Whole numbers around some values, as few steps apart as can be read."""
    step = next(step for step in (1, 2, 5, 10, 20, 50) if max(values) - min(values) <= 4 * step or step == 50)
    return step * math.floor(min(values) / step), step * math.floor(max(values) / step) + step


def _number(row: dict[str, Any], sheet: Sheet) -> str:
    """A measure with its interval and number."""
    if row["measure"] == "conversion":
        told = sheet.interval(row["value"], row["low"], row["high"])
    else:
        told = f"{row['value']:.2f}"
        if row["low"] is not None:
            told = sheet.aside(told, f"{row['low']:.2f}–{row['high']:.2f}")
    return f"{told} n {row['n']:,}"


def _narrow(above: int, measured: bool) -> dict[str, Any]:
    """One below the other."""
    across: list[dict[str, Any]] = [{"axisLabel": {"rotate": 60, "width": 72}}]
    down: list[dict[str, Any]] = [{"axisLabel": {"width": 72}}]
    if not measured:
        return {"xAxis": across, "yAxis": down}
    grids = [{"top": above, "left": 92, "bottom": "47%", "right": 16}, {"top": "66%", "left": 92, "bottom": 32}]
    down += [{"axisLabel": {"show": True, "width": 72}}, {"axisLabel": {"width": 150, "fontSize": 10}}]
    return {"grid": grids, "xAxis": [*across, {"splitNumber": 2}], "yAxis": down}
