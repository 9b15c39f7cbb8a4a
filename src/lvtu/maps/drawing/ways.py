"""Ways between places: curves with an arrow at their end, and numbers that stand on them beside nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Label, Line, Point, Shape
from lvtu.maps.drawing.sheet import Sheet

_PIECES = 20
_ARROW = 7.0
_SIZE = 10.0

Room = tuple[float, float, float, float]
"""A rectangle: left, top, right, bottom."""


def bent(one: Point, other: Point, reach: float) -> tuple[Point, ...]:
    """A curve from place to place that leaves and arrives level, going out so far sideways."""
    (x, y), (ex, ey) = one, other
    ahead = reach if ex >= x else -reach
    first, second = (x + ahead, y), (ex - ahead, ey)
    return tuple(_cubic(one, first, second, other, piece / _PIECES) for piece in range(_PIECES + 1))


def bowed(one: Point, other: Point, out: float) -> tuple[Point, ...]:
    """A curve between two places below each other, that swings out sideways."""
    (x, y), (ex, ey) = one, other
    first, second = (x + out, y), (ex + out, ey)
    return tuple(_cubic(one, first, second, other, piece / _PIECES) for piece in range(_PIECES + 1))


def _cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    parts = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    x = sum(part * point[0] for part, point in zip(parts, (a, b, c, d), strict=True))
    return x, sum(part * point[1] for part, point in zip(parts, (a, b, c, d), strict=True))


def arrow(points: Sequence[Point], color: str, size: float = _ARROW) -> Line:
    """The head of an arrow at the end of a way."""
    (x, y), (ex, ey) = points[-2], points[-1]
    turn = math.atan2(ey - y, ex - x)
    ends = tuple((ex - size * math.cos(turn + side), ey - size * math.sin(turn + side)) for side in (-0.45, 0.45))
    return Line(((ex, ey), *ends, (ex, ey)), fill=color)


def shortened(points: Sequence[Point], begin: float, end: float) -> tuple[Point, ...]:
    """A way without what lies within two circles around its ends."""
    first = _cut(points, begin)
    return tuple(reversed(_cut(tuple(reversed(first)), end)))


def _cut(points: Sequence[Point], radius: float) -> tuple[Point, ...]:
    """A way from where it leaves a circle around its beginning."""
    middle = points[0]
    for place, (one, other) in enumerate(pairwise(points), 1):
        near, far = math.dist(middle, one), math.dist(middle, other)
        if near <= radius < far:
            share = (radius - near) / (far - near)
            begin = (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
            return (begin, *points[place:])
    return tuple(points)


def numbered(
    sheet: Sheet, points: Sequence[Point], words: str, taken: list[Room], color: str | None = None
) -> list[Shape]:
    """A number on a way, where nothing stands yet; what it takes is added to what is taken."""
    wide = width(words, _SIZE, bold=True) + 8
    order = sorted(range(1, len(points) - 1), key=lambda place: abs(place - len(points) / 2)) or [0]
    rooms = [(x - wide / 2, y - 8, x + wide / 2, y + 8) for x, y in (points[place] for place in order)]
    room = next((one for one in rooms if not any(meets(one, other) for other in taken)), rooms[0])
    taken.append(room)
    theme = sheet.palette.theme
    return [
        Box(room[0], room[1], wide, 16, theme.ground, radius=8),
        Label(room[0] + wide / 2, room[1] + 11.5, (words,), _SIZE, color or theme.soft, bold=True, anchor="middle"),
    ]


def meets(one: Room, other: Room) -> bool:
    """Whether two rectangles overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
