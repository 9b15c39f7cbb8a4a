"""A lane as a curve: values with their intervals and n, the period before, gaps where nothing is known."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lvtu.maps.document import CurvePoint, Lane
from lvtu.maps.document.cards import HIGHEST, LOWEST
from lvtu.maps.drawing import meant
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.meant import meant_of, over
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import level, number, told
from lvtu.maps.drawing.scene import Dot, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.second import BELOW, others, second
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Unit, Value

Side = Literal["above", "below"]

_ROOM_ABOVE, _ROOM_BELOW = 34.0, 16.0
_APART = 12.0
"""Labels of the axis that stand closer would touch."""
_FULL = {"feeling": (-2.0, 2.0), "share": (0.0, 1.0), "points": (-100.0, 100.0)}
_STEPS = {"feeling": 0.5, "share": 0.1, "points": 20.0}


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
    guesses = {one.step: one for one in estimates}
    for run in runs(list(columns), guesses if not values else ()):
        way = tuple((columns[key][0] + columns[key][1] / 2, at(guesses[key].value)) for key in run)
        shapes.append(Line(way, theme.soft, thick=1.3, dashed=True))
    aside = (20.0, 0.0) if values else (0.0, -11.0)
    for guess in estimates:
        x, wide = columns[guess.step]
        shapes.append(estimate(sheet, guess, x + wide / 2, at(max(min(guess.value, high), low)), aside))
    return shapes, levels


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


def estimate(sheet: Sheet, guess: CurvePoint, x: float, y: float, aside: Point = (20.0, 0.0)) -> Part:
    """What somebody estimates, at a place, its number so far from it."""
    theme = sheet.palette.theme
    words = level(guess.value, "feeling", sheet.lang)
    beside = Label(x + aside[0], y + aside[1] + 3.5, (words,), 10, theme.soft, anchor="middle", halo=theme.ground)
    step, value = sheet.of(sheet.steps[guess.step].name), number(guess.value, "feeling", sheet.lang)
    said = sheet.say("said_by", text=sheet.say("guessed", step=step, value=value), by=guess.by, reason=guess.reason)
    return Part("estimate", guess.key, said, (diamond(sheet, x, y), beside))


def diamond(sheet: Sheet, x: float, y: float) -> Line:
    """The mark of what somebody estimates."""
    theme = sheet.palette.theme
    points = ((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y))
    return Line((*points, points[0]), theme.soft, theme.ground)


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


def domain(values: Sequence[Value], more: Sequence[float] = ()) -> tuple[float, float, float]:
    """The stretch that is drawn: as much as there is, in whole steps of its unit, and not less than two of them."""
    unit = values[0].unit
    ends = [end for one in values for end in (one.value, one.before, one.target, *ends_of(one)) if end is not None]
    ends += more
    low, high = min(ends), max(ends)
    step = _STEPS.get(unit) or 10 ** math.floor(math.log10(max(high - low, abs(high) / 10, 1e-9)))
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    while high - low < 2 * step:
        low, high = low - step / 2, high + step / 2
    least, most = _FULL.get(unit, (-math.inf, math.inf))
    return max(low, least), min(high, most), step


def ends_of(value: Value) -> tuple[float | None, float | None]:
    """The interval of a value; of too few answers it says nothing that could be drawn."""
    return (None, None) if value.few else (value.low, value.high)


def ticks(low: float, high: float, step: float) -> list[float]:
    """Where lines stand behind a curve: five at most."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    every = max(1, math.ceil((last - first) / 4))
    return [place * step for place in range(first, last + 1) if place % every == 0]


def runs(order: Sequence[str], values: Collection[str]) -> list[list[str]]:
    """Steps beside each other that all have a value: a gap is never bridged."""
    runs: list[list[str]] = [[]]
    for key in order:
        if key in values:
            runs[-1].append(key)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


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
