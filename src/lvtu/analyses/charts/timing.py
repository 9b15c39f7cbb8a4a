"""How long it takes: Kaplan–Meier curves with their intervals, and how many are still watched below them."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.charts.narrow import width_of
from lvtu.analyses.charts.theme import Sheet, largest, percent
from lvtu.analyses.charts.time_to_convert import unit_of

_TICKS = 5


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.timing.TimingResult`.

    To an end the curves rise: the share that has got there. To silence they fall: the share that is still there.
    """
    rows, curve, spec = result.table.to_pylist(), result.curve.to_pylist(), result.spec
    by = next(iter(result.table.column_names)) if spec.by else None
    groups = largest({row[by] if by else None: row["starts"] for row in rows})
    shown = [row for row in rows if not by or row[by] in groups]
    unit, size = unit_of(max((point["time"] for point in curve), default=0))
    step = _nice(max((point["time"] / size for point in curve), default=1) / _TICKS)
    end = step * math.ceil(max((point["time"] / size for point in curve), default=1) / step - 1e-9) or step
    series: list[dict[str, Any]] = []
    for row, color in zip(shown, sheet.theme.groups, strict=False):
        group = row[by] if by else None
        name = sheet.group(group) if by else sheet.heading("kaplan_meier")
        own = [point for point in curve if not by or point[by] == group]
        series += _band(name, own, size, spec.silent is not None, color, sheet)
    ticks = [step * place for place in range(round(end / step) + 1)]
    series += [
        _watched(result, row[by] if by else None, place, ticks, size, color, sheet)
        for place, (row, color) in enumerate(zip(shown, sheet.theme.groups, strict=False))
    ]
    remarks = [_said(row, by, spec, sheet) for row in shown[:4]]
    if len(shown) < len(rows):
        remarks.append(sheet.say("groups", shown=len(shown), all=len(rows)))
    names = [sheet.group(row[by]) if by else sheet.heading("at_risk") for row in shown]
    return _laid_out(result, sheet, series, remarks, names, unit, step, end)


def _laid_out(
    result: Any, sheet: Sheet, series: list[dict[str, Any]], remarks: list[str], names: list[str], unit: str,
    step: float, end: float,
) -> dict[str, Any]:  # fmt: skip
    """The curves in one plot, the numbers of those still watched in another below it."""
    theme = sheet.theme
    legend: dict[str, Any] = {}
    above = len(remarks) + len(result.notes)
    if len(names) > 1:
        legend = {"legend": {**sheet.legend(names, above), "selectedMode": False}}
    room = 20 + 18 * len(names)
    left = 44 + max([44, *(min(math.ceil(width_of(name, 12)) + 4, 112) for name in names)])
    time = {"min": 0, "max": end, "interval": step}
    grids = [
        {"left": left, "right": 32, "top": sheet.top(above, legend=bool(legend)) + 16, "bottom": room + 62},
        {"left": left, "right": 32, "top": "auto", "height": room - 20, "bottom": 14},
    ]
    label = {"color": theme.faint, "fontSize": 12, "width": left - 44, "overflow": "truncate", "margin": 26}
    return sheet.option(
        _title(result, sheet), result.notes, remarks, series=series, grid=grids, **legend,
        xAxis=[
            sheet.numbers(name=sheet.say(f"time.later_{unit}"), nameLocation="middle", nameGap=26, **time),
            {**sheet.numbers(gridIndex=1, **time), "show": False},
        ],
        yAxis=[
            sheet.numbers(max=100, interval=25, axisLabel={"formatter": "{value}%"}),
            sheet.categories(names, gridIndex=1, inverse=True, axisLabel=label, nameLocation="start", nameGap=6,
                             name=sheet.heading("at_risk") if result.spec.by else "",
                             nameTextStyle={"color": theme.faint, "align": "right", "padding": [0, 26, 0, 0]}),
        ],
    )  # fmt: skip


def _band(
    name: str, points: list[dict[str, Any]], size: int, falls: bool, color: str, sheet: Sheet
) -> list[dict[str, Any]]:
    """A stair with its interval: what is hidden below it, and the height of the interval on top of that."""
    begin = 100.0 if falls else 0.0
    flip = (lambda share: None if share is None else 100 - 100 * share) if falls else percent
    lows, highs = ("high", "low") if falls else ("low", "high")
    times = [0.0, *(point["time"] / size for point in points)]
    data = [[0.0, begin]]
    for point in points:
        told = sheet.interval(point["share"], point["low"], point["high"])
        if falls:
            told = sheet.interval(
                *(None if one is None else 1 - one for one in (point["share"], point["high"], point["low"]))
            )
        hover = sheet.hover(
            name, f"{sheet.gap(point['time'])}: {told}", f"{sheet.heading('at_risk')} {point['at_risk']:,}"
        )
        data.append({"value": [point["time"] / size, flip(point["share"])], "tooltip": hover})  # type: ignore[arg-type]
    low = [begin, *(flip(point[lows]) for point in points)]
    high = [begin, *(flip(point[highs]) for point in points)]
    height = [None if a is None or b is None else b - a for a, b in zip(low, high, strict=True)]
    hidden = {"type": "line", "stack": f"interval {name}", "symbol": "none", "silent": True, "step": "end",
              "lineStyle": {"opacity": 0}, "connectNulls": False, "stackStrategy": "all"}  # fmt: skip
    shade = {"color": color, "opacity": 0.14}
    return [
        {**hidden, "name": f"{name}: {sheet.heading('low')}", "data": _pairs(times, low)},
        {**hidden, "name": f"{name}: {sheet.heading('high')}", "data": _pairs(times, height), "areaStyle": shade},
        sheet.line(name, color, data, step="end", showSymbol=False),
    ]


def _pairs(times: list[float], values: list[float | None]) -> list[list[float | None]]:
    return [[time, value] for time, value in zip(times, values, strict=True)]


def _watched(
    result: Any, group: str | None, place: int, ticks: list[float], size: int, color: str, sheet: Sheet
) -> dict[str, Any]:
    """How many of a group are still watched at each tick, as texts in the lower plot."""
    counts = result.at_risk(group, [round(tick * size) for tick in ticks])
    data = [
        {"value": [tick, place], "label": {"formatter": f"{count:,}"}}
        for tick, count in zip(ticks, counts, strict=True)
    ]  # fmt: skip
    return {
        "type": "scatter", "name": sheet.heading("at_risk"), "xAxisIndex": 1, "yAxisIndex": 1, "symbolSize": 1,
        "silent": True, "data": data, "itemStyle": {"color": "transparent"},
        "label": {"show": True, "position": "inside", "color": color, "fontSize": 12},
    }  # fmt: skip


def _nice(step: float) -> float:
    """The next number up of 1, 2, 5, 10, 20, 50 …"""
    size = 10.0 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next((size * n for n in (1, 2, 5) if step <= size * n * (1 + 1e-9)), size * 10)


def _title(result: Any, sheet: Sheet) -> str:
    spec = result.spec
    start = sheet.event(spec.start)
    if spec.silent is not None:
        return sheet.say("timing.silent", start=start, silent=sheet.gap(spec.silent))
    return sheet.say("timing.title", start=start, end=sheet.event(spec.end))


def _said(row: dict[str, Any], by: str | None, spec: Any, sheet: Sheet) -> str:
    """One group in a sentence: how many, what share in the end, when half of them."""
    key = "timing.half" if row["half_time"] is not None else "timing.not_half"
    if spec.silent is not None:
        key += "_silent"
    told = sheet.say(
        key, starts=row["starts"], share=sheet.interval(row["kaplan_meier"], row["low"], row["high"]),
        half=sheet.gap(row["half_time"]), low=sheet.gap(row["half_low_time"]), high=sheet.gap(row["half_high_time"]),
    )  # fmt: skip
    return sheet.say("timing.of_group", group=sheet.group(row[by]), told=told) if by else told
