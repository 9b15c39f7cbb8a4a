"""Scores: a point with its interval for each group, or a line over time; hollow where few answered."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import item
from lvtu.analyses.charts.bands import band
from lvtu.analyses.charts.rows import names_beside, names_in_lines
from lvtu.analyses.charts.theme import Sheet, iso, largest, mixed
from lvtu.analyses.scores.notes import FEW
from lvtu.analyses.scores.shown import kind_of
from lvtu.analyses.text import cell
from lvtu.core.units import moment
from lvtu.core.words import say

_MOST = 16
"""Groups that have a row, those with most answers."""

_NAMED = 4
"""Lines that are named at their ends; more have a legend."""

_ROOMY = 14
"""Periods of one line under whose points the number of answers has room."""

Drawn = dict[str, Any]


def draw(result: Any, sheet: Sheet) -> Drawn:
    """The option of a `lvtu.analyses.scores.result.ScoresResult`."""
    rows = result.table.to_pylist()
    by = result.table.column_names[0] if result.spec.by else None
    for row in rows:
        row["group"] = row[by] if by else None
    return _over_time(result, rows, sheet) if result.spec.period else _side_by_side(result, rows, sheet)


def _title(result: Any, rows: list[Drawn], sheet: Sheet) -> str:
    if not rows:
        return sheet.say("scores.none")
    scale = result.measure.scale
    value, answers = _interval(result, result.all._asdict(), sheet), sum(row["n"] for row in rows)
    told: Drawn = {"metric": _measure(result, sheet), "value": value, "answers": answers}
    if result.measure.column != "score":
        return sheet.say("scores.of_texts", metric=told["metric"], value=value, texts=answers)
    if scale is None:
        return sheet.say("scores.title_unnamed", **told)
    return sheet.say("scores.title", **told, scale=sheet.scale(scale))


def _measure(result: Any, sheet: Sheet) -> str:
    return say(f"measures.{result.spec.metric}", sheet.lang)


def _said(result: Any, value: float | None) -> str:
    """A value of the measure as text."""
    return cell(kind_of(result.spec.metric), value).replace("-", "−")


def _point(result: Any, row: Drawn, sheet: Sheet, at: list[Any], name: str) -> Drawn:
    """A point: of the colour of its value, hollow where few answered; it opens who they are."""
    color = _color(result, row["value"], sheet)
    style = {"color": color, "borderColor": color, "borderWidth": 2}
    if row["n"] < FEW:
        style["color"] = sheet.theme.ground
    return {
        "value": at, "itemStyle": style, "tooltip": sheet.hover(name, *_told(result, row, sheet)),
        **item(result, row, "customers"),
    }  # fmt: skip


def _color(result: Any, value: float, sheet: Sheet) -> str:
    """From bad over neither to good, where the measure tells; the accent where nobody can."""
    ends = result.measure.range
    if ends is None or result.spec.metric == "share":  # which of two answers is good news, the scale does not tell
        return sheet.theme.accent
    share = min(max((value - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)
    share = 1 - share if result.measure.lower_is_better and result.spec.metric != "csat" else share
    bad, neither, good = sheet.theme.worse, sheet.theme.groups[2], sheet.theme.better
    return mixed(bad, neither, 2 * share) if share < 0.5 else mixed(neither, good, 2 * share - 1)


def _interval(result: Any, row: Drawn, sheet: Sheet) -> str:
    value = _said(result, row["value"])
    if row["low"] is None:
        return value
    between = "…" if row["low"] < 0 else "–"
    return sheet.aside(value, between.join(_said(result, row[end]) for end in ("low", "high")).replace("%", "", 1))


def _told(result: Any, row: Drawn, sheet: Sheet) -> list[str]:
    """What a point says: its figure, of how many, and how it differs."""
    answers = sheet.say("scores.answers", answers=row["n"])
    if abs(row["effective_n"] - row["n"]) >= 0.5:
        answers = sheet.aside(answers, f"{sheet.heading('effective_n')} {row['effective_n']:,.0f}")
    said = [_interval(result, row, sheet), answers, f"{sheet.heading('coverage')} {sheet.share(row['coverage'])}"]
    if row.get("difference") is not None:
        ends = "" if row["difference_low"] is None else \
            f"{_apart(result, row['difference_low'])} – {_apart(result, row['difference_high'])}"  # fmt: skip
        apart = _apart(result, row["difference"])
        said.append(f"{sheet.heading('difference')} {sheet.aside(apart, ends) if ends else apart}{_mark(row)}")
    return said


def _apart(result: Any, value: float) -> str:
    kind = kind_of(result.spec.metric)
    return cell("difference" if kind == "share" else f"{kind}_difference", value).replace("-", "−")


def _mark(row: Drawn) -> str:
    """Whether a figure lies significantly above or below what it is compared with."""
    if not row.get("changed"):
        return ""
    return " ▲" if row["difference"] > 0 else " ▼"


def _axis(result: Any, rows: list[Drawn], sheet: Sheet, **more: Any) -> Drawn:
    """An axis around the figures and their intervals, within the ends of the measure."""
    unit = 100 if kind_of(result.spec.metric) == "share" else 1
    seen = [row[end] for row in rows for end in ("value", "low", "high") if row[end] is not None]
    low, high = (unit * end for end in (min(seen, default=0), max(seen, default=1)))
    ends = result.measure.range
    step = _step(high - low)
    first, last = step * math.floor(low / step), step * math.ceil(high / step)
    if ends is not None:
        first, last = max(first, unit * ends[0]), min(last, unit * ends[1])
    last = last if last > first else first + step
    label = {"formatter": "{value}%"} if unit == 100 else {}
    return sheet.numbers(min=first, max=last, interval=step, axisLabel=label, **more)


def _step(span: float) -> float:
    """A round distance between marks, of which four or so fit a span."""
    rough = max(span, 0.1) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in (1, 2, 2.5, 5, 10) if step * size >= rough * 0.999)


# By group.


def _side_by_side(result: Any, rows: list[Drawn], sheet: Sheet) -> Drawn:
    unit = 100 if kind_of(result.spec.metric) == "share" else 1
    keep = {id(row) for row in sorted(rows, key=lambda row: -row["n"])[:_MOST]}
    shown = [row for row in rows if id(row) in keep]
    names = [sheet.group(row["group"]) if result.spec.by else sheet.say("scores.all") for row in shown]
    remarks = [sheet.say("scores.dots", least=FEW)] if shown else []
    if any(row.get("changed") for row in shown):
        remarks.append(sheet.say("scores.differs"))
    if len(shown) < len(rows):
        remarks.append(sheet.say("groups", shown=len(shown), all=len(rows)))
    whiskers = [
        {"coords": [[unit * row["low"], at], [unit * row["high"], at]]}
        for at, row in enumerate(shown) if row["low"] is not None
    ]  # fmt: skip
    points = [_point(result, row, sheet, [unit * row["value"], at], name)
              for at, (row, name) in enumerate(zip(shown, names, strict=True))]  # fmt: skip
    everybody: Drawn = {}
    if len(shown) > 1 and result.all.value is not None:
        everybody = {"markLine": {
            "silent": True, "symbol": "none", "data": [{"xAxis": unit * result.all.value}],
            "lineStyle": {"color": sheet.theme.faint, "type": "dashed", "width": 1},
            "label": {"formatter": sheet.say("scores.all"), "position": "start", "color": sheet.theme.faint,
                      "fontSize": 11},
        }}  # fmt: skip
    series = [
        {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "data": whiskers,
         "lineStyle": {"color": sheet.theme.soft, "width": 2}},
        {"type": "scatter", "data": points, "symbolSize": 11, **everybody},
    ]  # fmt: skip
    told = [
        f"{_interval(result, row, sheet)}  {sheet.say('scores.answers', answers=row['n'])}{_mark(row)}" for row in shown
    ]
    beside = {"color": sheet.theme.soft, "fontSize": 11, "interval": 0}
    above = sheet.top(len(remarks) + len(result.notes))
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, grid=sheet.grid(above + 8, bottom=28),
        xAxis=_axis(result, shown, sheet),
        yAxis=[sheet.categories(names, inverse=True, axisLabel=names_beside(names)),
               sheet.categories(told, inverse=True, position="right", axisLabel=beside)],
        narrow={"yAxis": [{"axisLabel": names_in_lines()}, {"axisLabel": {"fontSize": 10}}]},
    )  # fmt: skip


# Over time.


def _over_time(result: Any, rows: list[Drawn], sheet: Sheet) -> Drawn:
    spec = result.spec
    sizes: dict[str | None, int] = {}
    for row in rows:
        sizes[row["group"]] = sizes.get(row["group"], 0) + row["n"]
    groups = largest(sizes)
    alone = len(groups) == 1
    remarks = [sheet.say("scores.band" if alone else "scores.lines", least=FEW)] if rows else []
    if any(row.get("changed") for row in rows):
        remarks.append(sheet.say("scores.moved"))
    if len(groups) < len(sizes):
        remarks.append(sheet.say("groups", shown=len(groups), all=len(sizes)))
    at = {(row["group"], row["period"]): row for row in rows}
    starts = [moment(start) for start in starts_between([row["period"] for row in rows], spec.period, spec.zone)]
    series: list[Drawn] = []
    for group, color in zip(groups, sheet.theme.groups, strict=False):
        own = [at.get((group, start)) for start in starts]
        series += _line(result, group, color, starts, own, sheet, alone, named=1 < len(groups) <= _NAMED)
    shown = [row for row in rows if row["group"] in groups]
    named = 1 < len(groups) <= _NAMED
    above = len(remarks) + len(result.notes)
    legend: Drawn = {"legend": sheet.legend([_name(result, one, sheet) for one in groups], above)} \
        if len(groups) > _NAMED else {}  # fmt: skip
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, **legend,
        grid=sheet.grid(sheet.top(above, legend=bool(legend)) + 8, right=140 if named else 24),
        xAxis=sheet.times(), yAxis=_axis(result, shown, sheet),
        narrow=sheet.narrow_ends(series) if named else None,
    )  # fmt: skip


def _name(result: Any, group: str | None, sheet: Sheet) -> str:
    return sheet.group(group) if result.spec.by else _measure(result, sheet)


def _line(
    result: Any, group: str | None, color: str, starts: list[Any], own: list[Drawn | None], sheet: Sheet, alone: bool,
    named: bool,
) -> list[Drawn]:  # fmt: skip
    """A line with a gap where nobody answered; its interval behind it where it is the only one."""
    unit, name = 100 if kind_of(result.spec.metric) == "share" else 1, _name(result, group, sheet)
    whens = [iso(start, result.spec.zone) for start in starts]
    crowded, data = not alone or len(starts) > _ROOMY, []
    for when, row in zip(whens, own, strict=True):
        if row is None:
            data.append({"value": [when, None]})
            continue
        point = _point(result, row, sheet, [when, unit * row["value"]], f"{when[:10]} {name}")
        if not alone:
            hollow = {"color": sheet.theme.ground, "borderColor": color, "borderWidth": 2}
            point["itemStyle"] = hollow if row["n"] < FEW else {"color": color}
        text = f"{sheet.say('scores.answers', answers=row['n']) if not crowded else ''}{_mark(row)}".strip()
        label = {"show": True, "position": "bottom", "formatter": text, "color": sheet.theme.soft, "fontSize": 11}
        data.append(point | ({"label": label} if text else {}))
    ends = [[None if row is None or row[end] is None else unit * row[end] for row in own] for end in ("low", "high")]
    behind = band(whens, ends[0], ends[1], sheet) if alone else []
    line = sheet.line(name, color, data, **({"endLabel": sheet.named_at_end(color)} if named else {}))
    return [*behind, line | {"symbolSize": 9 if alone else 7}]
