"""First touches: how many customers begin where, and beside them, scale by scale, the score they gave there."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import MOST_GROUPS, Sheet

SCALES = 2
"""Scales that are drawn, those with most responses: a panel each, since no axis is of two scales."""

_WHOLE = 100


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.first_touch.FirstTouchResult`: bars, and a panel of points per scale.

    A first touch without a score on a scale has no point there.
    """
    rows, by = result.table.to_pylist(), result.table.column_names[0]
    touches = list({row[by]: row for row in rows}.values())
    shown = touches[:MOST_GROUPS]
    place = {row[by]: number for number, row in enumerate(shown)}
    names = [sheet.group(row[by]) for row in shown]
    given = [(place[row[by]], row) for row in rows if row["mean"] is not None and row[by] in place]
    scales = _scales([row for _, row in given])
    remarks = _remarks(len(shown), len(touches), len(scales), sheet)
    scales = scales[:SCALES]
    above = sheet.top(len(remarks) + len(result.notes)) + 24
    grids, narrow = _grids(above, len(scales), sheet)
    label = {"width": 130, "overflow": "truncate", "interval": 0, "fontSize": 12}
    axes = [sheet.categories(names, inverse=True, gridIndex=i, axisLabel={**label, "show": not i})
            for i in range(len(scales) + 1)]  # fmt: skip
    series = [_bars(result, shown, names, sheet)]
    values = [_under(sheet.heading("customers"), sheet, minInterval=1, splitNumber=3)]
    for panel, scale in enumerate(scales, 1):
        points = [(number, row) for number, row in given if row["scale"] == scale]
        low, high = _ends([row for _, row in points])
        name = scale or sheet.say("first_touch.no_scale")
        series += _panel(points, names, low, high, panel, sheet)
        values.append(_under(name, sheet, gridIndex=panel, min=low, max=high, interval=_step(high - low)))
        axes.append(_numbers(points, len(shown), panel, sheet))
    return sheet.option(
        _title(shown, touches, by, sheet), result.notes, remarks, series=series, grid=grids, xAxis=values, yAxis=axes,
        narrow=_narrow(narrow, len(scales)) if scales else None,
    )  # fmt: skip


def _remarks(shown: int, touches: int, scales: int, sheet: Sheet) -> list[str]:
    remarks = [sheet.say("first_touch.mean")] if scales else []
    if shown < touches:
        remarks.append(sheet.say("groups", shown=shown, all=touches))
    if scales > SCALES:
        remarks.append(sheet.say("first_touch.scales", shown=SCALES, all=scales))
    return remarks


def _title(shown: list[dict[str, Any]], touches: list[dict[str, Any]], by: str, sheet: Sheet) -> str:
    everyone = sum(row["customers"] for row in touches)
    if not shown:
        return sheet.say("first_touch.none")
    first = shown[0]
    return sheet.say(
        "first_touch.title", number=everyone, share=sheet.share(first["share"]), name=sheet.group(first[by])
    )


def _scales(rows: list[dict[str, Any]]) -> list[str | None]:
    """The scales on which something was scored, most responses first."""
    responses: dict[str | None, int] = {}
    for row in rows:
        responses[row["scale"]] = responses.get(row["scale"], 0) + row["responses"]
    return sorted(responses, key=lambda scale: (-responses[scale], scale or ""))


def _grids(above: int, panels: int, sheet: Sheet) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Where the bars and the panels are: side by side, and on a narrow page one below the other."""
    if not panels:
        return [sheet.grid(above, right=104)], []
    bars = 52 if panels == 1 else 38
    each = (_WHOLE - bars) / panels
    grids = [sheet.grid(above, right=f"{_WHOLE - bars + 8}%", bottom=16)]
    for panel in range(panels):
        left, right = bars + panel * each, _WHOLE - bars - (panel + 1) * each
        grids.append(sheet.grid(above, left=f"{left:.1f}%", right=f"{right + 1:.1f}%", bottom=16))
    part = 73 / (panels + 1)
    narrow: list[dict[str, Any]] = [{"top": above, "right": 104, "bottom": f"{_WHOLE - 26 - part + 2:.1f}%"}]
    for panel in range(1, panels + 1):
        top, bottom = 26 + panel * part, _WHOLE - 26 - (panel + 1) * part
        narrow.append({"top": f"{top:.1f}%", "left": 16, "right": 16, "bottom": f"{bottom + 1:.1f}%"})
    return grids, narrow


def _narrow(grids: list[dict[str, Any]], panels: int) -> dict[str, Any]:
    names = {"axisLabel": {"show": True, "fontSize": 11, "width": 104}}
    return {"grid": grids, "yAxis": [names] * (panels + 1), "xAxis": [{"show": False}]}


def _bars(result: Any, shown: list[dict[str, Any]], names: list[str], sheet: Sheet) -> dict[str, Any]:
    data = []
    for row, name in zip(shown, names, strict=True):
        told = sheet.aside(f"{row['customers']:,}", sheet.share(row["share"]))
        hover = sheet.hover(name, f"{sheet.heading('customers')} {told}")
        data.append({"value": row["customers"], "label": {"formatter": told}, "tooltip": hover, **item(result, row)})
    return {
        "type": "bar", "name": sheet.heading("customers"), "data": data, "barMaxWidth": 24, "barMinHeight": 1,
        "itemStyle": {"color": sheet.theme.accent, "borderRadius": 3},
        "label": {"show": True, "position": "right", "color": sheet.theme.soft, "fontSize": 11},
    }  # fmt: skip


def _under(name: str, sheet: Sheet, **more: Any) -> dict[str, Any]:
    """An axis with its name below: of the same height in every panel, so that their rows are in line."""
    style = {"nameLocation": "middle", "nameGap": 26, "nameTextStyle": {"color": sheet.theme.soft}}
    return sheet.numbers(name=name, show=True, **style, **more)


def _ends(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """The ends of a scale's axis: whole numbers around the means and their intervals.

    An interval that is much wider than the means lie apart (two responses tell little) is cut at the axis' end.
    """
    means = [row["mean"] for row in rows]
    around = max(1.0, max(means) - min(means))
    lows, highs = ([row[name] for row in rows if row[name] is not None] for name in ("mean_low", "mean_high"))
    low = max(min([*means, *lows]), min(means) - around)
    high = min(max([*means, *highs]), max(means) + around)
    return math.floor(low), max(math.ceil(high), math.floor(low) + 1)


def _step(span: int) -> float:
    return 0.5 if span == 1 else math.ceil(span / 5)


def _panel(
    points: list[tuple[int, dict[str, Any]]], names: list[str], low: int, high: int, panel: int, sheet: Sheet
) -> list[dict[str, Any]]:
    """Means with whiskers."""
    theme, whiskers, marks = sheet.theme, [], []
    for place, row in points:
        if row["mean_low"] is not None:
            ends = [max(row["mean_low"], low), min(row["mean_high"], high)]
            whiskers.append({"coords": [[end, place] for end in ends]})
        hover = sheet.hover(f"{names[place]} · {row['scale'] or ''}", _told(row, sheet), _effective(row, sheet))
        marks.append({"value": [row["mean"], place], "tooltip": hover})
    on = {"xAxisIndex": panel, "yAxisIndex": panel}
    line = {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers}
    return [
        {**line, **on, "lineStyle": {"color": theme.accent, "width": 2}},
        {"type": "scatter", **on, "data": marks, "symbolSize": 9, "itemStyle": {"color": theme.accent}},
    ]  # fmt: skip


def _numbers(points: list[tuple[int, dict[str, Any]]], rows: int, panel: int, sheet: Sheet) -> dict[str, Any]:
    """The means of a panel as numbers, beside it."""
    told = {number: _told(row, sheet) for number, row in points}
    label = {"color": sheet.theme.soft, "fontSize": 11, "interval": 0}
    texts = [told.get(number, "") for number in range(rows)]
    return sheet.categories(texts, inverse=True, gridIndex=panel, position="right", axisLabel=label)


def _told(row: dict[str, Any], sheet: Sheet) -> str:
    """A mean with its interval and number of responses."""
    mean = f"{row['mean']:.2f}"
    if row["mean_low"] is not None:
        mean = sheet.aside(mean, f"{row['mean_low']:.2f}–{row['mean_high']:.2f}")
    return f"{mean} n {row['responses']:,}"


def _effective(row: dict[str, Any], sheet: Sheet) -> str:
    """The effective number of responses, where weights make it another one."""
    if row["effective"] is None or abs(row["effective"] - row["responses"]) < 0.5:
        return ""
    return f"{sheet.heading('effective')} {row['effective']:,.0f}"
