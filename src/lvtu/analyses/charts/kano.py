"""Kano: features in a plane, how much having one pleases by how much lacking it annoys."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, percent

_MOST = 30
"""Points that are drawn, those with most answers."""

_MIDDLE = 50

_COLORS = ("must_be", "one_dimensional", "attractive", "indifferent", "reverse", "questionable")


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.kano.result.KanoResult`."""
    by = result.table.column_names[0] if result.spec.by else None
    every = [row for row in result.table.to_pylist() if row["better"] is not None]
    rows = sorted(every, key=lambda row: -row["n"])[:_MOST]
    most = max((row["n"] for row in rows), default=1)
    remarks = [sheet.say("kano.planes")] if rows else []
    points = [_point(result, row, _name(row, by, sheet), most, sheet) for row in rows]
    title = sheet.say("kano.none")
    if len(rows) == 1:
        title = sheet.say("kano.title", first=_name(rows[0], by, sheet), category=sheet.group(rows[0]["category"]))
    elif rows:
        title = sheet.say("kano.title_many", features=len(rows))
    ends = {"min": 0, "max": 100, "interval": 25, "nameLocation": "middle",
            "axisLabel": {"formatter": "{value}%"}, "nameTextStyle": {"color": sheet.theme.soft}}  # fmt: skip
    cross = {"silent": True, "symbol": "none", "label": {"show": False},
             "lineStyle": {"color": sheet.theme.faint, "type": "dashed", "width": 1},
             "data": [{"xAxis": _MIDDLE}, {"yAxis": _MIDDLE}]}  # fmt: skip
    return sheet.option(
        title, result.notes, remarks,
        series=[{"type": "scatter", "data": points, "markLine": cross, "labelLayout": {"moveOverlap": "shiftY"}}],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 8, right=120, bottom=34, left=34),
        xAxis=sheet.numbers(name=sheet.say("kano.better"), nameGap=26, **ends),
        yAxis=sheet.numbers(name=sheet.say("kano.worse"), nameGap=44, **ends),
    )  # fmt: skip


def _name(row: dict[str, Any], by: str | None, sheet: Sheet) -> str:
    feature = sheet.group(row["feature"])
    return feature if by is None else f"{sheet.group(row[by])} · {feature}"


def _point(result: Any, row: dict[str, Any], name: str, most: int, sheet: Sheet) -> dict[str, Any]:
    color = sheet.theme.groups[_COLORS.index(row["category"])]
    category = sheet.group(row["category"])
    said = [
        f"{sheet.heading('better')} {sheet.interval(row['better'], row['better_low'], row['better_high'])}",
        f"{sheet.heading('worse')} {sheet.interval(row['worse'], row['worse_low'], row['worse_high'])}",
        f"n {row['n']:,}",
    ]
    label = {"show": True, "position": "right", "formatter": f"{name}\n{category}", "color": sheet.theme.ink,
             "fontSize": 12, "lineHeight": 15}  # fmt: skip
    return {
        "value": [percent(row["better"]), percent(-row["worse"])], "symbolSize": 10 + 14 * (row["n"] / most) ** 0.5,
        "itemStyle": {"color": color if row["sure"] else sheet.theme.ground, "borderColor": color, "borderWidth": 2},
        "label": label, "tooltip": sheet.hover(name, category, *said), **item(result, row, "n"),
    }  # fmt: skip
