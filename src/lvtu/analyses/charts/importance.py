"""Importance beside satisfaction: needs in a plane, those that matter and are not met at its lower right."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet
from lvtu.analyses.importance.result import FEW, QUADRANTS

_MOST = 30
"""Needs that are drawn, those with the greatest opportunity."""

_COLORS = (0, 1, 5, 2)
"""Of the quadrants, among those of groups."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.importance.result.ImportanceResult`."""
    by = result.table.column_names[0] if result.spec.by else None
    every = [row for row in result.table.to_pylist() if row["opportunity"] is not None]
    rows = sorted(every, key=lambda row: -row["opportunity"])[:_MOST]
    names = [_name(row, by, sheet) for row in rows]
    remarks = [sheet.say("needs.plane", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("needs.shown", shown=len(rows), all=len(every)))
    title = sheet.say("needs.none")
    if rows:
        title = sheet.say("needs.title", need=names[0], value=f"{rows[0]['opportunity']:.1f}")
    cross = {"silent": True, "symbol": "none", "label": {"show": False},
             "lineStyle": {"color": sheet.theme.faint, "type": "dashed", "width": 1},
             "data": _middle(rows)}  # fmt: skip
    axis = {"min": 0, "max": 10, "interval": 2, "nameLocation": "middle",
            "nameTextStyle": {"color": sheet.theme.soft}}  # fmt: skip
    points = [_point(result, row, name, sheet) for row, name in zip(rows, names, strict=True)]
    return sheet.option(
        title, result.notes, remarks,
        series=[{"type": "scatter", "data": points, "markLine": cross, "labelLayout": {"moveOverlap": "shiftY"}}],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 8, right=120, bottom=34, left=34),
        xAxis=sheet.numbers(name=sheet.heading("need_importance"), nameGap=26, **axis),
        yAxis=sheet.numbers(name=sheet.heading("need_satisfaction"), nameGap=34, **axis),
    )  # fmt: skip


def _middle(rows: list[dict[str, Any]]) -> list[dict[str, float]]:
    """The lines at the means of both, where it is known what lies at either side."""
    if len(rows) < 2:
        return []
    means = {axis: sum(row[name] for row in rows) / len(rows)
             for axis, name in (("xAxis", "importance"), ("yAxis", "satisfaction"))}  # fmt: skip
    return [{axis: mean} for axis, mean in means.items()]


def _name(row: dict[str, Any], by: str | None, sheet: Sheet) -> str:
    need = sheet.group(row["need"])
    return need if by is None else f"{sheet.group(row[by])} · {need}"


def _point(result: Any, row: dict[str, Any], name: str, sheet: Sheet) -> dict[str, Any]:
    color = sheet.theme.groups[_COLORS[QUADRANTS.index(row["quadrant"])]]
    hollow = min(row["important"], row["satisfied"]) < FEW
    said = [
        f"{sheet.heading(head)} {_interval(row, figure, sheet)}"
        for head, figure in (
            ("opportunity", "opportunity"), ("need_importance", "importance"), ("need_satisfaction", "satisfaction"),
        )
    ]  # fmt: skip
    label = {"show": True, "position": "right", "formatter": name, "color": sheet.theme.ink, "fontSize": 12}
    return {
        "value": [row["importance"], row["satisfaction"]], "symbolSize": 8 + row["opportunity"],
        "itemStyle": {"color": sheet.theme.ground if hollow else color, "borderColor": color, "borderWidth": 2},
        "label": label, "tooltip": sheet.hover(name, sheet.group(row["quadrant"]), *said,
                                               f"n {row['important']:,} / {row['satisfied']:,}"),
        **item(result, row),
    }  # fmt: skip


def _interval(row: dict[str, Any], name: str, sheet: Sheet) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    told = f"{row[name]:.1f}"
    return told if low is None else sheet.aside(told, f"{low:.1f}–{high:.1f}")
