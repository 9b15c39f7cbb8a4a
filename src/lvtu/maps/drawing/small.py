"""A small ring for one more lane: its curve, and beside it the steps at which something is known of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lvtu.maps.drawing.curve import Series, title_of
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.polar import polar
from lvtu.maps.drawing.ring import Ring, ring_of
from lvtu.maps.drawing.scene import Anchor, Box, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet

WIDE = 440.0
"""How wide it is, with its names."""

_RADIUS, _EDGE, _HEAD, _ROW, _AWAY = 86.0, 6.0, 44.0, 30.0, 18.0
_LEAST = 260.0


def small_height(sheet: Sheet, series: Series) -> float:
    """How high it is."""
    rows = max(len(side) for side in _sides(sheet, series, _ring(sheet, 0, 0)))
    return max(_LEAST, _HEAD + _ROW * rows + 3 * _EDGE)


def small_ring(sheet: Sheet, series: Series, x: float, y: float, colors: Mapping[str, str]) -> Part:
    """It, its upper left corner at x, y.

    Args:
        sheet, series: what is drawn.
        x, y: where.
        colors: of each stage.
    """
    theme, high = sheet.palette.theme, small_height(sheet, series)
    ring = _ring(sheet, x + WIDE / 2, y + (high + _HEAD - 2 * _EDGE) / 2)
    shapes: list[Shape] = [
        Box(x + _EDGE, y + _EDGE, WIDE - 2 * _EDGE, high - 2 * _EDGE, None, theme.line, 10),
        text(series.label, x + 18, y + 14, WIDE - 36, 13, theme.ink, most=1, bold=True),
    ]
    for key, (begin, end) in ring.stages.items():
        shapes.append(Line(ring.band(begin, end - 0.02, _RADIUS - 7, _RADIUS), fill=colors[key]))
    top, bottom = y + _HEAD, y + high - 2 * _EDGE - _ROW
    for keys, side in zip(_sides(sheet, series, ring), (-1, 1), strict=True):
        wanted = [ring.at(ring.steps[key], _RADIUS)[1] - _ROW / 2 for key in keys]
        for key, level in zip(keys, _spread(wanted, top, bottom), strict=True):
            shapes.append(_named(sheet, series, ring, key, level, side))
    shapes += polar(sheet, series, ring, _RADIUS * 0.3, _RADIUS - 13, numbers=False)
    return Part("curve", series.key, series.label, tuple(shapes))


def _ring(sheet: Sheet, x: float, y: float) -> Ring:
    return ring_of(sheet, x, y, _RADIUS, 0.5)


def _sides(sheet: Sheet, series: Series, ring: Ring) -> tuple[list[str], list[str]]:
    """The steps of which something is known, to the left and to the right, from top to bottom."""
    known = sorted((key for key in ring.steps if key in series.values), key=lambda key: -math.cos(ring.steps[key]))
    left = [key for key in known if ring.steps[key] > math.pi]
    return left, [key for key in known if key not in left]


def _spread(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights as near to those that are wanted as rows allow that do not cover each other."""
    places: list[float] = []
    for level in wanted:
        places.append(max(level, places[-1] + _ROW if places else top))
    low = bottom
    for place in reversed(range(len(places))):
        places[place] = min(places[place], low)
        low = places[place] - _ROW
    return places


def _named(sheet: Sheet, series: Series, ring: Ring, key: str, y: float, side: int) -> Part:
    """The name of a step beside a ring, its number with n below, and a line to its place."""
    theme, value = sheet.palette.theme, series.values[key]
    x = ring.x + side * (_RADIUS + _AWAY)
    room = WIDE / 2 - _RADIUS - _AWAY - _EDGE - 8
    anchor: Anchor = "start" if side > 0 else "end"
    name = text(sheet.of(sheet.steps[key].name), x, y, room, 10, theme.soft, most=1, anchor=anchor)
    shown, small = number(value.value, value.unit, sheet.lang), sheet.say("n", n=value.n)
    wide = width(shown, 10.5, bold=True) + 5
    first, second = (x, x + wide) if side > 0 else (x - width(small, 9) - 5, x)
    foot = y + 23
    touch = ring.at(ring.steps[key], _RADIUS + 2)
    shapes: tuple[Shape, ...] = (
        Line((touch, (x - side * 4, y + 13)), theme.line),
        name,
        Label(first, foot, (shown,), 10.5, theme.worse if value.worse else theme.ink, bold=True, anchor=anchor),
        Label(second, foot, (small,), 9, theme.faint, anchor=anchor),
    )
    return Part("point", f"{series.key}/{key}", title_of(sheet, series, key, value), shapes)
