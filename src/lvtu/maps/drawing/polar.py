"""A curve around a ring: farther out is more; intervals as a band, gaps where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from lvtu.maps.document import CurvePoint
from lvtu.maps.document.cards import HIGHEST, LOWEST
from lvtu.maps.drawing.curve import Series, title_of
from lvtu.maps.drawing.estimates import estimate
from lvtu.maps.drawing.meant import mark, meant_of, told
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import level, number
from lvtu.maps.drawing.ring import Ring
from lvtu.maps.drawing.scale import domain, ends_of, runs, ticks
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.second import color_of, others
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Unit, Value
from lvtu.maps.live.meant import Meant

_Scale = Callable[[float], float]
_ASIDE = 22.0
"""The room for the numbers of two curves, to both of their sides."""

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
    beside, aimed = others(sheet, series.key, ring.steps), meant_of(sheet, series.key, ring.steps)
    if not values and not estimates and not aimed:
        return []
    known = [*values.values(), *beside.values()]
    low, high, step = domain(known, [one.value for one in aimed.values()]) if known else (LOWEST, HIGHEST, 1.0)
    unit: Unit = next((one.unit for one in values.values()), "feeling")

    if numbers and (beside or aimed):
        inner, outer = inner + _ASIDE, outer - _ASIDE

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
    guessed: dict[str, list[float]] = {}
    for guess in estimates:
        guessed.setdefault(guess.step, []).append(at(guess.value))
    seconds = {key: (one.value, number(one.value, one.unit, sheet.lang)) for key, one in beside.items()}
    seconds |= {key: (one.value, number(one.value, unit, sheet.lang)) for key, one in aimed.items()}
    shapes += _second(sheet, series, beside, ring, at)
    shapes += _meant(sheet, series, aimed, unit, ring, at)
    for key in ring.steps:
        if key in values or (numbers and key in seconds):
            shapes += _told(
                sheet,
                series,
                key,
                values.get(key),
                seconds.get(key),
                ring,
                at,
                outer,
                guessed.get(key, ()),
                numbers=numbers,
            )
    return shapes + _guesses(sheet, estimates, ring, at, alone=not values)


def _guesses(sheet: Sheet, estimates: Sequence[CurvePoint], ring: Ring, at: _Scale, *, alone: bool) -> list[Shape]:
    """What people estimate, joined by a line where there is nothing else."""
    guesses = {one.step: at(one.value) for one in estimates}
    shapes: list[Shape] = [
        Line(tuple(_way(ring, run, guesses)), sheet.palette.theme.soft, thick=1.3, dashed=True)
        for run in runs(list(ring.steps), guesses if alone else ())
    ]
    for guess in estimates:
        angle = ring.steps[guess.step]
        out = 19 * math.sin(angle), -15 * math.cos(angle)
        along = out if alone else (20 * math.cos(angle), 14 * math.sin(angle))
        shapes.append(estimate(sheet, guess, *ring.at(angle, at(guess.value)), along))
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


def _told(
    sheet: Sheet, series: Series, key: str, value: Value | None, second: tuple[float, str] | None, ring: Ring,
    at: _Scale, outer: float, marks: Sequence[float], *, numbers: bool,
) -> list[Shape]:  # fmt: skip
    """What is known at a step, its number on one side of all that stands there, a second one on the other."""
    theme, angle = sheet.palette.theme, ring.steps[key]
    low, high = (None, None) if value is None else ends_of(value)
    known = () if value is None else (value.value, low, high, value.before)
    ends = [at(end) for end in (*known, None if second is None else second[0]) if end is not None]
    ends += [mark for mark in marks if min(ends) - 2 * _ASIDE < mark < max(ends) + 2 * _ASIDE]
    parts: list[Shape] = []
    inside = second is not None and value is not None and value.value < second[0]
    if value is not None:
        far = outer if second is None else math.inf
        reach = (min(ends), max(ends))
        made, inside = _point(sheet, series, key, value, ring, at, far, reach, numbers=numbers, inside=inside)
        parts.append(made)
    if second is not None and numbers:
        color = theme.better if sheet.filled.beside is None else color_of(sheet)
        gap = sheet.filled.gaps.get(series.key, {}).get(key)
        words = second[1] + (" ≠" if gap is not None and gap.significant and sheet.filled.beside is not None else "")
        away = width(words, 10.5, bold=True) / 2 * abs(math.sin(angle)) + 7 * abs(math.cos(angle)) + 7
        x, y = ring.at(angle, max(ends) + away if inside or value is None else min(ends) - away)
        parts.append(Label(x, y + 4, (words,), 10.5, color, bold=True, anchor="middle", halo=theme.ground))
    return parts


def _point(
    sheet: Sheet, series: Series, key: str, value: Value, ring: Ring, at: _Scale, outer: float,
    ends: tuple[float, float], *, numbers: bool, inside: bool,
) -> tuple[Part, bool]:  # fmt: skip
    """A value with its number, and whether that stands to the inside of what reaches between two radii: if it is to,
    or would reach too far outside."""
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
        wide = max(width(words, 11, bold=True), width(small, 9))
        (middle, level_), inside = _beside(ring, angle, *ends, outer, wide, inside=inside)
        ink = color if value.worse else theme.ink
        shapes.append(Label(middle, level_ - 1, (words,), 11, ink, bold=True, anchor="middle", halo=theme.ground))
        shapes.append(Label(middle, level_ + 9, (small,), 9, theme.faint, anchor="middle", halo=theme.ground))
    return Part("point", f"{series.key}/{key}", title_of(sheet, series, key, value), tuple(shapes)), inside


def _beside(
    ring: Ring, angle: float, inner: float, out: float, outer: float, wide: float, *, inside: bool
) -> tuple[Point, bool]:  # fmt: skip
    """The middle of a text of two lines outside of a point, as near as it can; inside where it would reach too far."""
    reach = wide / 2 * abs(math.sin(angle)) + 12 * abs(math.cos(angle)) + 7
    inside = inside or out + reach >= outer + 8
    return ring.at(angle, inner - reach if inside else out + reach), inside


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


def _meant(
    sheet: Sheet, series: Series, aimed: Mapping[str, Meant], unit: Unit, ring: Ring, at: _Scale
) -> list[Shape]:  # fmt: skip
    """Where the lane is meant to be, dashed and with triangles."""
    shapes: list[Shape] = []
    for run in runs(list(ring.steps), aimed):
        radii = {key: at(aimed[key].value) for key in run}
        shapes.append(Line(tuple(_way(ring, run, radii)), sheet.palette.theme.better, thick=1.8, dashed=True))
    for key, value in aimed.items():
        shown = mark(sheet, *ring.at(ring.steps[key], at(value.value)))
        shapes.append(Part("meant", f"{series.key}/{key}", told(sheet, key, value, unit), (shown,)))
    return shapes
