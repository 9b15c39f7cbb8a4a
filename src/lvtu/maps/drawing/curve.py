"""A lane as a curve: values with their intervals and n, the period before, gaps where nothing is known."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lvtu.maps.document import CurvePoint, Lane
from lvtu.maps.document.cards import HIGHEST, LOWEST
from lvtu.maps.drawing import meant
from lvtu.maps.drawing.estimates import estimate
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.meant import meant_of, over
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import level, number, told
from lvtu.maps.drawing.scale import domain, ends_of, runs, ticks
from lvtu.maps.drawing.scene import Dot, Label, Line, Part, Shape
from lvtu.maps.drawing.second import BELOW, others, second
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Unit, Value

Side = Literal["above", "below"]

_ROOM_ABOVE, _ROOM_BELOW = 34.0, 16.0
_APART = 12.0
"""Labels of the axis that stand closer would touch."""


@dataclass(frozen=True)
class Series:
    """What a curve shows.

    Attributes:
        key: of the lane, or of whom it is about.
        label: what it is called.
        values: by step.
        estimates: what people estimate, beside the data.
    """

    key: str
    label: str
    values: Mapping[str, Value]
    estimates: Sequence[CurvePoint] = ()


def series_of(sheet: Sheet, lane: Lane) -> Series:
    """The curve of a lane."""
    estimates = sheet.map.curve if lane == sheet.feelings else ()
    return Series(lane.key, sheet.of(lane.label), sheet.filled.values.get(lane.key, {}), estimates)


def curve(
    sheet: Sheet, series: Series, columns: Mapping[str, tuple[float, float]], y: float, height: float
) -> tuple[list[Shape], list[tuple[float, str]]]:
    """A curve.

    Args:
        sheet: what is drawn.
        series: what it shows; estimates alone are drawn too.
        columns: x and width of each step's column, in order.
        y, height: of the row.

    Returns:
        The shapes, and the labels of its axis by their heights.
    """
    values = {key: series.values[key] for key in columns if key in series.values}
    estimates = [one for one in series.estimates if one.step in columns]
    beside, aimed = others(sheet, series.key, columns), meant_of(sheet, series.key, columns)
    if not values and not estimates and not aimed:
        return [], []
    unit: Unit = next((one.unit for one in values.values()), "feeling")
    known = [*values.values(), *beside.values()]
    below = BELOW if beside else meant.BELOW if aimed else _ROOM_BELOW
    more = [*(one.value for one in aimed.values()), *(one.value for one in estimates)]
    low, high, step = domain(known, more) if known else (LOWEST, HIGHEST, 1.0)
    theme = sheet.palette.theme

    def at(value: float) -> float:
        share = (value - low) / (high - low)
        return y + height - below - share * (height - _ROOM_ABOVE - below)

    left, right = min(x for x, _ in columns.values()), max(x + wide for x, wide in columns.values())
    shapes: list[Shape] = []
    levels = []
    for tick in ticks(low, high, step):
        shapes.append(Line(((left, at(tick)), (right, at(tick))), theme.line if tick else theme.faint, thick=0.7))
        levels.append((at(tick), level(tick, unit, sheet.lang)))
    lines, names = _targets(sheet, values, columns, at)
    shapes += lines
    levels = [(y, words) for y, words in levels if all(abs(y - other) > _APART for other, _ in names)] + names
    for run in runs(list(columns), values):
        shapes += _run(sheet, run, values, columns, at)
    drawn = [
        {key: one.value for key, one in values.items()},
        {key: one.before for key, one in values.items() if one.before is not None},
        {key: one.value for key, one in beside.items()},
        {key: one.value for key, one in aimed.items()},
    ]
    ends = {key: ends_of(values[key]) if key in values else () for key in columns}
    reach = {key: _reach(list(columns), place, columns, drawn, ends[key], at) for place, key in enumerate(columns)}
    guessed: dict[str, list[float]] = {}
    for guess in estimates:
        guessed.setdefault(guess.step, []).append(at(max(min(guess.value, high), low)))
    shapes += second(sheet, series.key, columns, at, reach)
    shapes += over(sheet, series, unit, columns, at, reach)
    for key, value in values.items():
        other = beside.get(key) or aimed.get(key)
        side: Side | None = None if other is None else "above" if value.value >= other.value else "below"
        shapes.append(_point(sheet, series, key, value, columns[key], at, y, reach[key], side, guessed.get(key, ())))
    shapes += _guesses(sheet, estimates, columns, at, (low, high), alone=not values)
    return shapes, levels


def _guesses(
    sheet: Sheet, estimates: Sequence[CurvePoint], columns: Mapping[str, tuple[float, float]],
    at: Callable[[float], float], ends: tuple[float, float], *, alone: bool,
) -> list[Shape]:  # fmt: skip
    """What people estimate, between the ends of the scale, joined by a line where there is nothing else."""
    guesses = {one.step: one for one in estimates}
    shapes: list[Shape] = []
    for run in runs(list(columns), guesses if alone else ()):
        way = tuple((columns[key][0] + columns[key][1] / 2, at(guesses[key].value)) for key in run)
        shapes.append(Line(way, sheet.palette.theme.soft, thick=1.3, dashed=True))
    aside = (0.0, -11.0) if alone else (20.0, 0.0)
    for guess in estimates:
        x, wide = columns[guess.step]
        shapes.append(estimate(sheet, guess, x + wide / 2, at(max(min(guess.value, ends[1]), ends[0])), aside))
    return shapes


def _targets(
    sheet: Sheet, values: Mapping[str, Value], columns: Mapping[str, tuple[float, float]], at: Callable[[float], float]
) -> tuple[list[Shape], list[tuple[float, str]]]:
    """A thin line where each step's number is meant to be; its name for the axis, where all have one target."""
    aimed = {key: value.target for key in columns if key in values and (value := values[key]).target is not None}
    shapes: list[Shape] = [
        Line(
            ((columns[key][0], at(target)), (columns[key][0] + columns[key][1], at(target))),
            sheet.palette.theme.better, dashed=True, opacity=0.7,
        )
        for key, target in aimed.items() if target is not None
    ]  # fmt: skip
    if len(set(aimed.values())) != 1:
        return shapes, []
    key, target = next(iter(aimed.items()))
    words = sheet.say("target", value=number(target or 0.0, values[key].unit, sheet.lang))
    return shapes, [(at(target or 0.0), words)]


_TOUCHING = 19.0
"""A mark that is nearer to the first line of a number would touch it."""

_BESIDE = 17.0
"""How far to both sides of a point its number reaches."""


def _reach(
    order: Sequence[str], place: int, columns: Mapping[str, tuple[float, float]],
    lines: Sequence[Mapping[str, float]], ends: Sequence[float | None], at: Callable[[float], float],
) -> tuple[float, float]:  # fmt: skip
    """How far up and how far down anything is where the numbers of a step stand."""
    key = order[place]
    x, found = columns[key][0] + columns[key][1] / 2, [at(end) for end in ends if end is not None]
    for line in lines:
        if key not in line:
            continue
        level = at(line[key])
        found += [level - 2, level + 2]
        for other in (*order[max(place - 1, 0) : place], *order[place + 1 : place + 2]):
            if other in line:
                far = abs(columns[other][0] + columns[other][1] / 2 - x)
                found.append(level + (at(line[other]) - level) * min(_BESIDE / far, 1.0))
    return (min(found), max(found)) if found else (math.inf, -math.inf)


def _run(
    sheet: Sheet, run: Sequence[str], values: Mapping[str, Value], columns: Mapping[str, tuple[float, float]],
    at: Callable[[float], float],
) -> list[Shape]:  # fmt: skip
    theme = sheet.palette.theme
    middle = {key: columns[key][0] + columns[key][1] / 2 for key in run}
    shapes: list[Shape] = []
    band = {
        key: (low, high) for key in run for low, high in (ends_of(values[key]),) if low is not None and high is not None
    }
    if len(band) == len(run):
        upper = [(middle[key], at(band[key][1])) for key in run]
        lower = [(middle[key], at(band[key][0])) for key in reversed(run)]
        shapes.append(Line((*upper, *lower), fill=theme.accent, opacity=0.13))
    for one, other in itertools.pairwise(run):
        before = values[one].before, values[other].before
        if before[0] is not None and before[1] is not None:
            ends = (middle[one], at(before[0])), (middle[other], at(before[1]))
            shapes.append(Line(ends, theme.faint, thick=1.2, dashed=True))
    shapes.append(Line(tuple((middle[key], at(values[key].value)) for key in run), theme.accent, thick=2))
    return shapes


def _point(
    sheet: Sheet, series: Series, key: str, value: Value, column: tuple[float, float], at: Callable[[float], float],
    top: float, reach: tuple[float, float], side: Side | None,
    marks: Sequence[float],
) -> Part:  # fmt: skip
    """A value with its interval, its number and n above or below all that is there.

    Args:
        sheet, series, key, value, column, at: what, of what, and where.
        top: of the row.
        reach: how far up and how far down anything is there.
        side: where its number stands; None: above, or below where that is too high.
        marks: where other marks stand, over which no number may.
    """
    theme = sheet.palette.theme
    middle, level = column[0] + column[1] / 2, at(value.value)
    color = theme.worse if value.worse else theme.better if value.better else theme.accent
    shapes: list[Shape] = []
    low, high = ends_of(value)
    if low is not None and high is not None:
        shapes.append(Line(((middle, at(low)), (middle, at(high))), color, thick=5, opacity=0.22))
    if value.before is not None:
        shapes.append(Dot(middle, at(value.before), 3, theme.ground, theme.faint, 1.3))
    shapes.append(Dot(middle, level, 4.3, theme.ground if value.few else color, color, 1.6))
    above, below = reach[0] - 18, reach[1] + 15
    under = side == "below" or (side is None and above < top + 12)
    first = below if under else above
    for mark in sorted(marks, reverse=not under):
        if abs(mark - first) < _TOUCHING:
            first = mark + 19 if under else mark - 20
    shapes += [
        Label(middle, first, (number(value.value, value.unit, sheet.lang),), 12, color if value.worse else theme.ink,
              bold=True, anchor="middle", halo=theme.ground),
        Label(middle, first + 11, (sheet.say("n", n=value.n),), 9.5, theme.faint, anchor="middle", halo=theme.ground),
    ]  # fmt: skip
    if value.stale is not None:
        words = number(value.value, value.unit, sheet.lang)
        shapes += clock(middle + width(words, 12, bold=True) / 2 + 9, first - 4, theme)
    return Part("point", f"{series.key}/{key}", title_of(sheet, series, key, value), tuple(shapes))


def title_of(sheet: Sheet, series: Series, key: str, value: Value) -> str:
    """A point as it is read aloud."""
    return f"{sheet.of(sheet.steps[key].name)} · {series.label}: {told(value, sheet.lang)}"
