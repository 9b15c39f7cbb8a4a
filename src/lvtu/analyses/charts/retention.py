"""Retention: the curve with its interval, and a heat map of the cohorts below it."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet, percent

COHORTS = 12
"""Cohorts that are drawn, the latest ones."""

_NUMBERED = 16


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.retention.RetentionResult`."""
    rows = result.table.to_pylist()
    labels = [_label(row) for row in rows]
    cohorts = sorted({row["cohort"] for row in result.cohorts.to_pylist()})
    shown = cohorts[-COHORTS:]
    remarks = []
    if len(shown) < len(cohorts):
        remarks.append(sheet.say("retention.latest", shown=len(shown), all=len(cohorts)))
    above = sheet.top(len(remarks) + len(result.notes)) + 24
    curve = {"left": 64, "right": 24, "top": above, "bottom": "50%" if len(shown) > 1 else 56}
    few = len(labels) <= _NUMBERED
    under = [f"{label}\nn {row['mature']:,}" if few else label for label, row in zip(labels, rows, strict=True)]
    later = sheet.say(f"retention.later_{result.spec.period}")
    parts: dict[str, Any] = {
        "series": _curve(rows, result, sheet), "grid": [curve],
        "xAxis": [sheet.categories(under, name=later, nameLocation="middle", nameGap=44 if few else 24,
                                   axisLabel={"color": sheet.theme.faint, "lineHeight": 15})],
        "yAxis": [sheet.shares(row["high"] for row in rows)],
    }  # fmt: skip
    narrow = _with_heat(parts, result, shown, labels, sheet) if len(shown) > 1 else None
    return sheet.option(_title(result, rows, sheet), result.notes, remarks, narrow, **parts)


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    start, back = sheet.event(result.spec.start), sheet.event(result.spec.back)
    known = [row for row in rows if row["rate"] is not None]
    if not known:
        return sheet.say("retention.open", start=start, back=back)
    row = known[-1]
    unit = sheet.say(f"retention.{result.spec.period}")
    key = "retention.title_unbounded" if result.spec.mode == "unbounded" else "retention.title"
    return sheet.say(key, start=start, back=back, share=sheet.share(row["rate"]), unit=unit,
                     period=_label(row), customers=row["mature"])  # fmt: skip


def _label(row: dict[str, Any]) -> str:
    return f"{row['period']}" if row.get("to") in (None, row["period"]) else f"{row['period']}–{row['to']}"


def _said(row: dict[str, Any], sheet: Sheet) -> list[str]:
    return [
        f"{sheet.heading('rate')} {sheet.interval(row['rate'], row.get('low'), row.get('high'))}",
        *(f"{sheet.heading(name)} {row[name]:,}" for name in ("returned", "mature", "customers")),
    ]


def _curve(rows: list[dict[str, Any]], result: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Rates as a line with a band, or, of brackets, which are no succession, as points with whiskers."""
    theme, name = sheet.theme, sheet.heading("rate")
    data = [
        {"value": percent(row["rate"]), "tooltip": sheet.hover(_label(row), *_said(row, sheet)),
         **(item(result, row, "rate") if row["rate"] is not None else {})}
        for row in rows
    ]  # fmt: skip
    if result.spec.mode == "bracket":
        whiskers = [
            {"value": [percent(row[n]) for n in ("low", "rate", "rate", "rate", "high")], "tooltip": one["tooltip"]}
            if row["rate"] is not None else {"value": [None] * 5}
            for row, one in zip(rows, data, strict=True)
        ]  # fmt: skip
        style = {"color": theme.accent, "borderColor": theme.accent, "borderWidth": 1.5}
        points = {"type": "scatter", "name": name, "data": data, "symbolSize": 9, "itemStyle": {"color": theme.accent}}
        return [{"type": "boxplot", "data": whiskers, "itemStyle": style, "boxWidth": [12, 12]}, points]
    low = [percent(row["low"]) for row in rows]
    height = [None if row["low"] is None else percent(row["high"] - row["low"]) for row in rows]
    hidden = {"type": "line", "stack": "interval", "symbol": "none", "silent": True, "lineStyle": {"opacity": 0},
              "connectNulls": False, "stackStrategy": "all"}  # fmt: skip
    labels = {"show": len(rows) <= _NUMBERED, "position": "top", "color": theme.ink, "fontSize": 11, "distance": 6}
    labels["offset"] = [9, 0]  # beside a line that falls
    texts = [{**one, "label": {"formatter": sheet.share(row["rate"])}} for one, row in zip(data, rows, strict=True)]
    return [
        {**hidden, "name": sheet.heading("low"), "data": low},
        {**hidden, "name": sheet.heading("high"), "data": height, "areaStyle": {"color": theme.band}},
        sheet.line(name, theme.accent, texts, label=labels, labelLayout={"hideOverlap": True}),
    ]


def _with_heat(
    option: dict[str, Any], result: Any, cohorts: list[Any], labels: list[str], sheet: Sheet
) -> dict[str, Any]:
    """Add the cohorts: a row each under the curve's periods, nothing drawn where a period is not over.

    Returns:
        What is otherwise on a narrow page, where both the names of cohorts and the numbers in cells are smaller.
    """
    theme, grid = sheet.theme, {"right": 24, "top": "63%", "bottom": 24}
    style = {"month": "%Y-%m", "hour": "%Y-%m-%d %H:00"}.get(result.spec.period, "%Y-%m-%d")
    number = {cohort: place for place, cohort in enumerate(cohorts)}
    sizes: dict[Any, int] = {}
    cells: list[dict[str, Any]] = []
    column = {label: place for place, label in enumerate(labels)}
    for row in result.cohorts.to_pylist():
        if row["cohort"] not in number:
            continue
        sizes[row["cohort"]] = row["customers"]
        if row["rate"] is not None:
            place = [column[_label(row)], number[row["cohort"]], percent(row["rate"])]
            head = f"{_local(row['cohort'], result, style)} · {_label(row)}"
            label = {"formatter": f"{100 * row['rate']:.0f}%"}
            hover = sheet.hover(head, *_said(row, sheet))
            cells.append({"value": place, "tooltip": hover, "label": label, **item(result, row, "rate")})
    names = [f"{_local(cohort, result, style)}  n {sizes[cohort]:,}" for cohort in cohorts]
    longest = max((len(name) for name in names), default=0)
    wide, close = longest * 7 + 20, round(longest * 5.4) + 12
    for one in (option["grid"][0], grid):
        one["left"] = wide
    option["grid"].append(grid)
    option["xAxis"].append(sheet.categories(labels, gridIndex=1, axisLabel={"show": False}))
    option["yAxis"].append(
        sheet.categories(
            names, gridIndex=1, inverse=True, axisLabel={"color": theme.soft, "interval": 0, "fontSize": 12}
        )
    )
    most = max([1.0, *(cell["value"][2] for cell in cells)])
    option["visualMap"] = {
        "show": False, "min": 0, "max": most, "seriesIndex": len(option["series"]),
        "inRange": {"color": list(theme.tints)},
    }  # fmt: skip
    option["series"].append(
        {
            "type": "heatmap", "name": sheet.heading("cohort"), "xAxisIndex": 1, "yAxisIndex": 1, "data": cells,
            "itemStyle": {"borderColor": theme.ground, "borderWidth": 2, "borderRadius": 3},
            "label": {"show": len(labels) <= _NUMBERED, "fontSize": 11, "color": theme.ink},
            "labelLayout": {"hideOverlap": True},
        }
    )  # fmt: skip
    return {
        "grid": [{"left": close}, {"left": close}],
        "yAxis": [{}, {"axisLabel": {"fontSize": 10}}],
        "series": [*({} for _ in option["series"][1:]), {"label": {"fontSize": 9}}],
    }


def _local(cohort: Any, result: Any, style: str) -> str:
    return str(cohort.astimezone(zone_of(result.spec.zone)).strftime(style))
