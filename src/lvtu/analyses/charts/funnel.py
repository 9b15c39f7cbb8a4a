"""A funnel: a bar per step, groups side by side, and its trend as lines."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet, iso, largest, percent
from lvtu.core.units import moment

_WIDTHS = (62, 142, 66, 74)
_LABELLED = 24


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.funnel.FunnelResult`."""
    if result.spec.trend:
        return _trend(result, sheet)
    return _groups(result, sheet) if result.spec.by else _steps(result, sheet)


def _title(result: Any, sheet: Sheet) -> str:
    spec, steps = result.spec, result.steps
    first, last = sheet.step(spec.steps[0]), sheet.step(spec.steps[-1])
    if len(steps) == 1 or not steps[0]:
        return sheet.say(f"funnel.one_{spec.unit}", number=steps[0], first=first)
    share = sheet.share(steps[-1] / steps[0])
    return sheet.say(f"funnel.all_{spec.unit}", number=steps[0], share=share, first=first, last=last)


def _steps(result: Any, sheet: Sheet) -> dict[str, Any]:
    """Bars on the track of the first step; beside them the numbers, in columns."""
    heads = [sheet.heading(n) for n in (result.spec.unit, "from_start", "from_previous", "median_time")]
    names = [sheet.step(step) for step in result.spec.steps]
    rows = [
        Row(names[r["step"] - 1], r["customers"],
            [f"{r['customers']:,}", sheet.interval(r["from_start"], r["low"], r["high"]),
             sheet.share(r["from_previous"]), sheet.gap(r["median_time"])], _said(r, result, sheet), item(result, r),
            _ends(r, result.steps[0]))
        for r in result.table.to_pylist()
    ]  # fmt: skip
    return draw_rows(result, sheet, _title(result, sheet), rows, heads, _WIDTHS)


def _ends(row: dict[str, Any], start: int) -> tuple[float, float] | None:
    """The interval of a step's share as customers of those who start, as its bar is drawn."""
    return None if row["low"] is None else (start * row["low"], start * row["high"])


def _said(row: dict[str, Any], result: Any, sheet: Sheet) -> list[str]:
    said = [f"{sheet.heading(result.spec.unit)} {row['customers']:,}"]
    shares = (("from_start", "low", "high"), ("from_previous", "previous_low", "previous_high"))
    said += [
        f"{sheet.heading(names[0])} {sheet.interval(*(row[name] for name in names))}"
        for names in shares
        if row[names[0]] is not None
    ]
    if row["median_time"] is not None:
        said.append(f"{sheet.heading('median_time')} {sheet.gap(row['median_time'])}")
    return said


def _shown_groups(rows: list[dict[str, Any]], by: str, sheet: Sheet) -> tuple[list[str | None], list[str]]:
    """The groups that are drawn, and the remark that not all are."""
    sizes: dict[str | None, int] = {}
    for row in rows:
        if row["step"] == 1:
            sizes[row[by]] = sizes.get(row[by], 0) + row["customers"]
    groups = largest(sizes)
    return groups, [sheet.say("groups", shown=len(groups), all=len(sizes))] if len(groups) < len(sizes) else []


def _by(result: Any) -> str:
    """The breakdown's column, which is named otherwise where the table has one of its name."""
    names: list[str] = result.table.column_names
    return f"by_{result.spec.by}" if f"by_{result.spec.by}" in names else result.spec.by


def _groups(result: Any, sheet: Sheet) -> dict[str, Any]:
    """Bars side by side: customers, labelled with their share of the group's first step."""
    rows, by, steps = result.table.to_pylist(), _by(result), result.spec.steps
    groups, remarks = _shown_groups(rows, by, sheet)
    cells = {(row[by], row["step"]): row for row in rows}
    series = []
    for group, color in zip(groups, sheet.theme.groups, strict=False):
        name, data, whiskers = sheet.group(group), [], []
        for step in range(1, len(steps) + 1):
            row = cells[group, step]
            hover = sheet.hover(f"{name} · {sheet.step(steps[step - 1])}", *_said(row, result, sheet))
            label = {"formatter": f"{row['customers']:,}" if step == 1 else sheet.share(row["from_start"])}
            data.append({"value": row["customers"], "label": label, "tooltip": hover, **item(result, row)})
            if ends := _ends(row, cells[group, 1]["customers"]):
                whiskers.append([(step - 1, end) for end in ends])
                data[-1]["label"]["show"] = False  # it stands at the end of the whisker
        series.append(
            {
                "type": "bar", "name": name, "data": data, "barMaxWidth": 36, "barGap": "12%",
                "itemStyle": {"color": color, "borderRadius": [3, 3, 0, 0]},
                "label": {"show": len(groups) * len(steps) <= _LABELLED, "position": "top", "color": sheet.theme.soft,
                          "fontSize": 11},
                "labelLayout": {"hideOverlap": True},
                "markLine": _named(sheet.whiskers(whiskers), data, sheet, len(groups) * len(steps) <= _LABELLED),
            }
        )  # fmt: skip
    above = len(result.notes) + len(remarks)
    return sheet.option(
        _title(result, sheet), result.notes, remarks, series=series,
        legend=sheet.legend([sheet.group(group) for group in groups], above),
        grid=sheet.grid(sheet.top(above, legend=True) + 24),
        xAxis=sheet.categories(
            [sheet.step(step) for step in steps], axisLabel={"interval": 0, "width": 120, "overflow": "break"}
        ),
        yAxis=sheet.numbers(minInterval=1),
        narrow={"series": [{"markLine": {"label": {"show": False}}} for _ in series]},
    )  # fmt: skip


def _named(whiskers: dict[str, Any], bars: list[dict[str, Any]], sheet: Sheet, shown: bool) -> dict[str, Any]:
    """Whiskers with what their bars are labelled, above them: a bar's own label would be struck through."""
    for low, high in whiskers["data"]:
        low["name"] = bars[high["coord"][0]]["label"]["formatter"]
    label = {"show": shown, "position": "end", "formatter": "{b}", "color": sheet.theme.soft, "fontSize": 11}
    return whiskers | {"label": label | {"distance": 3}}


def _trend(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The share that gets through, by the period of the entry: a line per group, or per step without groups."""
    rows, spec = result.table.to_pylist(), result.spec
    by = _by(result) if spec.by else None
    groups, remarks = _shown_groups(rows, by, sheet) if by else ([None], [])
    last = len(spec.steps)
    lines = [(g, last) for g in groups] if by else [(None, step) for step in range(min(2, last), last + 1)]
    cells = {(by and row[by], row["step"], row["period"]): row for row in rows}
    starts = starts_between([row["period"] for row in rows], spec.trend, spec.zone)
    series = []
    for (group, step), color in zip(lines, sheet.theme.groups * 2, strict=False):
        name = sheet.group(group) if by else sheet.step(spec.steps[step - 1])
        data = []
        for start in map(moment, starts):
            row = cells.get((group, step, start))
            share = row and row["from_start"]
            hover = sheet.hover(f"{name} · {iso(start, spec.zone)[:10]}", *(_said(row, result, sheet) if row else []))
            data.append({"value": [iso(start, spec.zone), percent(share)], "tooltip": hover,
                         **(item(result, row) if row else {})})  # fmt: skip
        series.append(sheet.line(name, color, data, endLabel=sheet.named_at_end(color)))
    above = len(result.notes) + len(remarks)
    return sheet.option(
        _title(result, sheet), result.notes, remarks, series=series, xAxis=sheet.times(),
        yAxis=sheet.shares(row["from_start"] for row in rows if row["step"] > 1),
        grid=sheet.grid(sheet.top(above) + 16, right=140), narrow=sheet.narrow_ends(series),
    )  # fmt: skip
