"""Two segments of a funnel: how far each gets, and the difference with its interval."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.charts.theme import Sheet, percent

_SURE = 0.05


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.compare.Comparison`: shares left, differences (a minus b) right."""
    steps, theme = result.spec.steps, sheet.theme
    rows = [row | {"name": sheet.step(steps[row["step"] - 1])} for row in result.table.to_pylist()]
    names, sides = [row["name"] for row in rows], [sheet.segment(one) for one in result.segments]
    shares = []
    for side, color in (("a", theme.accent), ("b", theme.faint)):
        segment = sides[side == "b"]
        data = [
            {
                "value": percent(row[f"from_start_{side}"]),
                "label": {"formatter": sheet.share(row[f"from_start_{side}"])},
                "tooltip": sheet.hover(f"{segment} · {row['name']}", sheet.share(row[f"from_start_{side}"]),
                                       f"{sheet.heading('customers')} {row[f'customers_{side}']:,}"),
            }
            for row in rows
        ]  # fmt: skip
        shares.append(
            {
                "type": "bar", "name": segment, "data": data, "barMaxWidth": 18, "barGap": "10%",
                "itemStyle": {"color": color, "borderRadius": 3},
                "label": {"show": True, "position": "right", "color": theme.soft, "fontSize": 11},
            }
        )  # fmt: skip
    above = len(result.notes) + 1
    top = sheet.top(above, legend=True) + 16
    remarks = [sheet.say("compare.difference")]
    return sheet.option(
        sheet.say("compare.title", a=sides[0], b=sides[1]), result.notes, remarks,
        legend=sheet.legend(sides, above), series=[*shares, *_differences(rows, sheet)],
        grid=[sheet.grid(top, right="44%"), sheet.grid(top, left="62%", right=72)],
        xAxis=[sheet.shares([1.0]), sheet.numbers(gridIndex=1, **_span(rows))],
        yAxis=[
            sheet.categories(names, inverse=True, axisLabel={"width": 130, "overflow": "break"}),
            sheet.categories(names, inverse=True, gridIndex=1,
                             axisLabel={"show": False, "width": 90, "overflow": "break"}),
        ],
        narrow={
            "grid": [{"right": 48, "bottom": "42%"}, {"top": "62%", "left": 16, "right": 48}],
            "yAxis": [{"axisLabel": {"width": 90}}, {"axisLabel": {"show": True}}],
        },
    )  # fmt: skip


def _span(rows: list[dict[str, Any]]) -> dict[str, int]:
    """The differences' axis, which holds every interval and zero."""
    ends = [100 * row[name] for row in rows if row["difference"] is not None for name in ("low", "high")]
    low, high = min([0, *ends]), max([1, *ends])
    step = next(step for step in (1, 2, 5, 10, 20, 50) if high - low <= 5 * step)
    return {"min": step * math.floor(low / step), "max": step * math.ceil(high / step), "interval": step}


def _differences(rows: list[dict[str, Any]], sheet: Sheet) -> list[dict[str, Any]]:
    """Points with whiskers; only what is significant after adjustment has a colour of its own."""
    theme, whiskers, points = sheet.theme, [], []
    for place, row in enumerate(rows):
        if row["difference"] is None:
            continue
        sure = row["p_adjusted"] is not None and row["p_adjusted"] < _SURE
        color = (theme.better if row["difference"] > 0 else theme.worse) if sure else theme.soft
        low, middle, high = (100 * row[name] for name in ("low", "difference", "high"))
        ends = f"{low:.1f}–{high:.1f}" if low >= 0 else f"{low:+.1f} … {high:+.1f}"
        label = sheet.aside(f"{middle:+.1f}", ends)
        hover = sheet.hover(row["name"], label, f"p {row['p_adjusted']:.3f}" if row["p_adjusted"] is not None else "")
        whiskers.append(
            {"coords": [[low, place], [high, place]], "lineStyle": {"color": color, "width": 2}, "tooltip": hover}
        )
        points.append({"value": [middle, place], "itemStyle": {"color": color}, "tooltip": hover,
                       "label": {"formatter": label, "color": color if sure else theme.soft}})  # fmt: skip
    line = {"type": "lines", "coordinateSystem": "cartesian2d", "xAxisIndex": 1, "yAxisIndex": 1, "data": whiskers}
    point = {"type": "scatter", "xAxisIndex": 1, "yAxisIndex": 1, "data": points, "symbolSize": 9,
             "label": {"show": True, "position": "top", "fontSize": 11},
             "markLine": {"silent": True, "symbol": "none", "label": {"show": False}, "data": [{"xAxis": 0}],
                          "lineStyle": {"color": theme.faint, "type": "solid", "width": 1}}}  # fmt: skip
    return [line, point]
