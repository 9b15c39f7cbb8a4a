"""Life cycle: a bar per period of those who are active, by what they were before; below zero, who has gone quiet."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet

_ORDER = ("returning", "resurrected", "new", "dormant")
"""From the axis outwards."""

_STYLES = {"month": "%Y-%m", "hour": "%Y-%m-%d %H:00"}


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.lifecycle.LifecycleResult`."""
    rows, spec, theme = result.table.to_pylist(), result.spec, sheet.theme
    style, zone = _STYLES.get(spec.period, "%Y-%m-%d"), zone_of(spec.zone)
    periods = list(dict.fromkeys(row["period"] for row in rows))
    labels = [period.astimezone(zone).strftime(style) for period in periods]
    colors = dict(zip(_ORDER, (theme.groups[0], theme.groups[1], theme.groups[2], theme.faint), strict=True))
    cells = {(row["period"], row["status"]): row["customers"] for row in rows}
    opens = {(row["period"], row["status"]): item(result, row) for row in rows}
    told = {period: _told(label, [cells[period, s] for s in _ORDER], sheet)
            for period, label in zip(periods, labels, strict=True)}  # fmt: skip
    series = []
    for status in _ORDER:
        sign = -1 if status == "dormant" else 1
        series.append(
            {
                "type": "bar", "name": sheet.word(status), "stack": "customers", "barMaxWidth": 32,
                "itemStyle": {"color": colors[status]},
                "data": [
                    {"value": sign * cells[period, status], "tooltip": sheet.hover(*told[period]),
                     **opens[period, status]}
                    for period in periods
                ],
            }
        )  # fmt: skip
    remarks = []
    if periods:
        place = _latest(result, periods)
        counts: dict[str, int] = {status: cells[periods[place], status] for status in _ORDER}
        active = sum(counts[status] for status in _ORDER[:-1])
        remarks.append(sheet.say("lifecycle.latest", period=labels[place], active=active, **counts))
    above = len(remarks) + len(result.notes)
    return sheet.option(
        _title(result, sheet), result.notes, remarks, series=series,
        legend=sheet.legend([sheet.word(status) for status in _ORDER], above),
        grid=sheet.grid(sheet.top(above, legend=True) + 16),
        xAxis=sheet.categories(labels, axisLabel={"color": theme.faint}, axisLine={"show": False}),
        yAxis={**sheet.numbers(), "min": None},
    )  # fmt: skip


def _latest(result: Any, periods: list[Any]) -> int:
    """The place of the latest period that is over, where there is one."""
    still_open = any(note.code == "open_lifecycle" for note in result.notes)
    return len(periods) - 1 - int(still_open and len(periods) > 1)


def _told(label: str, counts: list[int], sheet: Sheet) -> list[str]:
    active = sheet.say("lifecycle.active", period=label, active=sum(counts[:-1]))
    return [active, *(f"{sheet.word(status)} {number:,}" for status, number in zip(_ORDER, counts, strict=True))]


def _title(result: Any, sheet: Sheet) -> str:
    event = result.spec.event
    name = sheet.say("all") if event is None else sheet.event(event, ", ")
    return sheet.say(f"lifecycle.{result.spec.period}", event=name)
