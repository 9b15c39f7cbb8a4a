"""Lines that turn in soft corners, and the heads of arrows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lvtu.maps.drawing.scene import Line, Point

_PIECES = 5
"""Straight pieces of a corner."""

_RADIUS = 8.0


def soft(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points of a line whose corners are rounded, less where two of them stand close together.

    Args:
        points: its corners.

    Example:
        >>> soft([(0, 0), (10, 0)])
        ((0, 0), (10, 0))
        >>> len(soft([(0, 0), (30, 0), (30, 30)])), soft([(0, 0), (30, 0), (30, 30)])[-1]
        (8, (30, 30))
    """
    given = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    turned: list[Point] = given[:1]
    for before, here, after in zip(given, given[1:], given[2:], strict=False):
        room = min(_RADIUS, math.dist(before, here) / 2, math.dist(here, after) / 2)
        first, last = _toward(here, before, room), _toward(here, after, room)
        for piece in range(_PIECES + 1):
            t = piece / _PIECES
            turned.append(
                (
                    (1 - t) ** 2 * first[0] + 2 * t * (1 - t) * here[0] + t * t * last[0],
                    (1 - t) ** 2 * first[1] + 2 * t * (1 - t) * here[1] + t * t * last[1],
                )
            )
    return (*turned, *given[-1:]) if len(given) > 1 else tuple(turned)


def _toward(start: Point, end: Point, far: float) -> Point:
    length = math.dist(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * far / length, start[1] + (end[1] - start[1]) * far / length


def head(tip: Point, before: Point, color: str, size: float = 7.0) -> Line:
    """The head of an arrow.

    Args:
        tip: where it points.
        before: where the line comes from.
        color: of it.
        size: how long it is.
    """
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - size * math.cos(angle + turn), tip[1] - size * math.sin(angle + turn)) for turn in (-0.45, 0.45)]
    return Line((wings[0], tip, wings[1]), fill=color)


def bent(start: Point, through: Point, end: Point, pieces: int = 18) -> tuple[Point, ...]:
    """Points of a curve (a quadratic Bézier) from a start to an end, drawn toward a point."""
    found = []
    for piece in range(pieces + 1):
        t = piece / pieces
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((a * start[0] + b * through[0] + c * end[0], a * start[1] + b * through[1] + c * end[1]))
    return tuple(found)
