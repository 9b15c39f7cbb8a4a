"""A segment over time: how many are in it, and below who came and who went."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, iso


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.drift.DriftResult`."""
    rows, zone, theme = result.table.to_pylist(), result.spec.zone, sheet.theme
    names = {name: sheet.heading(name) for name in ("inside", "entered", "exited")}
    days = [iso(row["period"], zone)[:16].replace("T", " ").removesuffix(" 00:00") for row in rows]
    widest = max((row["inside"] for row in rows), default=0)
    left = 36 + 8 * len(f"{widest:,}")
    top = sheet.top(len(result.notes)) + 30

    def points(name: str, sign: int = 1) -> list[dict[str, Any]]:
        found = []
        for day, row in zip(days, rows, strict=True):
            said = [f"{names[name]} {row[name]:,}"] + ([sheet.share(row["share"])] if name == "inside" else [])
            found.append({"value": sign * row[name], "tooltip": sheet.hover(day, *said), **item(result, row, name)})
        return found

    bars = [
        {"type": "bar", "name": names[name], "data": points(name, sign), "stack": "change", "xAxisIndex": 1,
         "yAxisIndex": 1, "barMaxWidth": 24, "itemStyle": {"color": color, "borderRadius": 2}}
        for name, sign, color in (("entered", 1, theme.groups[0]), ("exited", -1, theme.groups[1]))
    ]  # fmt: skip
    line = sheet.line(names["inside"], theme.accent, points("inside"), xAxisIndex=0, yAxisIndex=0)
    below = {key: value for key, value in sheet.numbers(gridIndex=1, splitNumber=3).items() if key != "min"}
    head = {"color": theme.soft, "align": "left"}
    name = sheet.segment(result.spec.segment)
    title = sheet.say("drift.none", segment=name)
    if rows:
        title = sheet.say("drift.title", segment=name, first=rows[0]["inside"], last=rows[-1]["inside"])
    return sheet.option(
        title, result.notes, series=[line, *bars],
        grid=[{"left": left, "right": 24, "top": top, "bottom": "46%"},
              {"left": left, "right": 24, "top": "64%", "bottom": 32}],
        xAxis=[sheet.categories(days, gridIndex=0, axisLabel={"show": False}),
               sheet.categories(days, gridIndex=1, axisLabel={"color": theme.faint})],
        yAxis=[sheet.numbers(gridIndex=0, name=names["inside"], nameTextStyle=head),
               {**below, "name": f"{names['entered']} / {names['exited']}", "nameTextStyle": head}],
    )  # fmt: skip
