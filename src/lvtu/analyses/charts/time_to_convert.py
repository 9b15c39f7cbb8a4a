"""How long a funnel takes: the share that has filled each step, by the time since the first."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.charts.theme import Sheet, percent
from lvtu.core.units import DAY, HOUR, MINUTE, SECOND

_UNITS = (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND))


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.funnel.time.TimeToConvert`: a stair per step, its interval as thin stairs."""
    rows, curve = result.table.to_pylist(), result.curve.to_pylist()
    unit, size = unit_of(max((row["time"] for row in curve), default=0))
    series: list[dict[str, Any]] = []
    for row, color in zip(rows, sheet.theme.groups * 2, strict=False):
        called = _called(row, result, sheet)
        points = [point for point in curve if point["step"] == row["step"]]
        stair = {"step": "end", "showSymbol": False}
        data = [[0, 0.0], *([point["time"] / size, percent(point["share"])] for point in points)]
        series.append(sheet.line(called, color, data, endLabel=sheet.named_at_end(color), **stair))
        thin = {"lineStyle": {"color": color, "width": 1, "type": "dotted"}, "silent": True, "tooltip": {"show": False}}
        for name in ("low", "high"):
            end = [[point["time"] / size, percent(point[name])] for point in points]
            series.append(sheet.line(f"{called}: {sheet.heading(name)}", color, end, **{**stair, **thin}))
    shares = [point[name] for point in curve for name in ("share", "high")]
    remarks = [_said(row, result, sheet) for row in rows]
    axis = {"name": sheet.say(f"time.later_{unit}"), "nameLocation": "middle", "nameGap": 26, "splitNumber": 6}
    return sheet.option(
        sheet.say("time_to_convert", first=sheet.step(result.spec.steps[0])), result.notes, remarks, series=series,
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 16, right=140),
        xAxis=sheet.numbers(**axis), yAxis=sheet.shares(shares), narrow=sheet.narrow_ends(series),
    )  # fmt: skip


def unit_of(longest: int) -> tuple[str, int]:
    """The unit in which a duration is a number that people read."""
    return next(((name, size) for name, size in _UNITS if longest >= 2 * size), _UNITS[-1])


def _called(row: dict[str, Any], result: Any, sheet: Sheet) -> str:
    return sheet.step(result.spec.steps[row["step"] - 1])


def _said(row: dict[str, Any], result: Any, sheet: Sheet) -> str:
    share = sheet.interval(row["kaplan_meier"], row["low"], row["high"])
    return sheet.say("expected", name=_called(row, result, sheet), share=share, median=sheet.gap(row["median_time"]),
                     p90=sheet.gap(row["p90_time"]))  # fmt: skip
