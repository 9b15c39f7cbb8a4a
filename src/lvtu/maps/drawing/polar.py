"""A curve around a ring: farther out is more; intervals as a band, gaps where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from lvtu.maps.document.cards import HIGHEST, LOWEST
from lvtu.maps.drawing.curve import Series, domain, ends_of, estimate, runs, ticks, title_of
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import level, number
from lvtu.maps.drawing.ring import Ring
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.second import color_of, others
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Unit, Value

_Scale = Callable[[float], float]
_BETWEEN = 8
"""Pieces of a line from step to step: it follows the ring."""


def polar(sheet: Sheet, series: Series, ring: Ring, inner: float, outer: float, *, numbers: bool = True) -> list[Shape]:
    """A curve around a ring.

    Args:
        sheet: what is drawn.
        series: what it shows.
        ring: around which.
        inner, outer: between which radii.
        numbers: whether each point has its number beside it.

    Returns:
        Nothing where nothing is known.
    """
    values = {key: series.values[key] for key in ring.steps if key in series.values}
    estimates = [one for one in series.estimates if one.step in ring.steps]
    if not values and not estimates:
        return []
    beside = others(sheet, series.key, ring.steps)
    known = [*values.values(), *beside.values()]
    low, high, step = domain(known) if known else (LOWEST, HIGHEST, 1.0)
    unit: Unit = next((one.unit for one in values.values()), "feeling")

    def at(value: float) -> float:
        return inner + (outer - inner) * max(min((value - low) / (high - low), 1.0), 0.0)

    theme = sheet.palette.theme
    shapes: list[Shape] = []
    for tick in ticks(low, high, step):
        words = level(tick, unit, sheet.lang)
        shapes.append(ring.circle(at(tick), theme.line if tick else theme.faint, 0.8))
        shapes.append(Label(ring.x, ring.y - at(tick) + 3, (words,), 9.5, theme.faint, anchor="middle"))
    for run in runs(list(ring.steps), values):
        shapes += _run(sheet, run, values, ring, at)
    shapes += _second(sheet, series, beside, ring, at)
    shapes += [_point(sheet, series, key, values[key], ring, at, outer, numbers=numbers) for key in values]
    for guess in estimates:
        shapes.append(estimate(sheet, guess, *ring.at(ring.steps[guess.step], at(guess.value)), alone=not values))
    return shapes


def _way(ring: Ring, run: Sequence[str], radii: Mapping[str, float]) -> list[Point]:
    """A line through steps, which goes around the middle and not across it."""
    points = [ring.at(ring.steps[run[0]], radii[run[0]])]
    for one, other in pairwise(run):
        for piece in range(1, _BETWEEN + 1):
            share = piece / _BETWEEN
            angle = ring.steps[one] + (ring.steps[other] - ring.steps[one]) * share
            points.append(ring.at(angle, radii[one] + (radii[other] - radii[one]) * share))
    return points


def _run(sheet: Sheet, run: Sequence[str], values: Mapping[str, Value], ring: Ring, at: _Scale) -> list[Shape]:
    theme = sheet.palette.theme
    shapes: list[Shape] = []
    ends = {key: ends_of(values[key]) for key in run}
    lows = {key: at(low) for key, (low, _) in ends.items() if low is not None}
    highs = {key: at(high) for key, (_, high) in ends.items() if high is not None}
    if len(lows) == len(highs) == len(run):
        outline = (*_way(ring, run, highs), *reversed(_way(ring, run, lows)))
        shapes.append(Line(outline, fill=theme.accent, opacity=0.13))
    for one, other in pairwise(run):
        before = {key: values[key].before for key in (one, other)}
        if all(value is not None for value in before.values()):
            radii = {key: at(value) for key, value in before.items() if value is not None}
            shapes.append(Line(tuple(_way(ring, (one, other), radii)), theme.faint, thick=1.2, dashed=True))
    radii = {key: at(values[key].value) for key in run}
    shapes.append(Line(tuple(_way(ring, run, radii)), theme.accent, thick=2))
    return shapes


def _point(
    sheet: Sheet, series: Series, key: str, value: Value, ring: Ring, at: _Scale, outer: float, *,
    numbers: bool,
) -> Part:  # fmt: skip
    theme, angle = sheet.palette.theme, ring.steps[key]
    color = theme.worse if value.worse else theme.better if value.better else theme.accent
    shapes: list[Shape] = []
    low, high = ends_of(value)
    if low is not None and high is not None:
        shapes.append(Line((ring.at(angle, at(low)), ring.at(angle, at(high))), color, thick=5, opacity=0.22))
    if value.before is not None:
        shapes.append(Dot(*ring.at(angle, at(value.before)), 3, theme.ground, theme.faint, 1.3))
    x, y = ring.at(angle, at(value.value))
    shapes.append(Dot(x, y, 4.3, theme.ground if value.few else color, color, 1.6))
    if numbers:
        words, small = number(value.value, value.unit, sheet.lang), sheet.say("n", n=value.n)
        ends = [at(end) for end in (value.value, low, high, value.before) if end is not None]
        wide = max(width(words, 11, bold=True), width(small, 9))
        middle, level_ = _beside(ring, angle, min(ends), max(ends), outer, wide)
        ink = color if value.worse else theme.ink
        shapes.append(Label(middle, level_ - 1, (words,), 11, ink, bold=True, anchor="middle"))
        shapes.append(Label(middle, level_ + 9, (small,), 9, theme.faint, anchor="middle"))
    return Part("point", f"{series.key}/{key}", title_of(sheet, series, key, value), tuple(shapes))


def _beside(ring: Ring, angle: float, inner: float, out: float, outer: float, wide: float) -> Point:
    """The middle of a text of two lines outside of a point, as near as it can; inside where it would reach too far."""
    reach = wide / 2 * abs(math.sin(angle)) + 12 * abs(math.cos(angle)) + 7
    return ring.at(angle, out + reach if out + reach < outer + 8 else inner - reach)


def _second(sheet: Sheet, series: Series, beside: Mapping[str, Value], ring: Ring, at: _Scale) -> list[Shape]:
    """What others answered, dashed and with square marks, where the map is compared."""
    theme, color = sheet.palette.theme, color_of(sheet)
    shapes: list[Shape] = []
    for run in runs(list(ring.steps), beside):
        radii = {key: at(beside[key].value) for key in run}
        shapes.append(Line(tuple(_way(ring, run, radii)), color, thick=1.6, dashed=True))
    for key, value in beside.items():
        x, y = ring.at(ring.steps[key], at(value.value))
        mark = Box(x - 3.5, y - 3.5, 7, 7, theme.ground if value.few else color, color, 1, thick=1.5)
        shapes.append(Part("other", f"{series.key}/{key}", title_of(sheet, series, key, value), (mark,)))
    return shapes
