"""A ring: where stages and steps stand on it, and the shapes of its bands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lvtu.maps.drawing.scene import Anchor, Line, Point
from lvtu.maps.drawing.sheet import Sheet

_PIECE = math.radians(3)
_EMPTY = 0.8
"""The room of a stage without steps, in steps."""


@dataclass(frozen=True)
class Ring:
    """Places on a ring. Angles are radians from the top, clockwise.

    Attributes:
        x, y: its middle.
        radius: of its outer edge.
        gap: the angle at the top that stays free, for the way back.
        steps: the angle of each step.
        stages: from where to where each stage reaches.
    """

    x: float
    y: float
    radius: float
    gap: float
    steps: Mapping[str, float]
    stages: Mapping[str, tuple[float, float]]

    def at(self, angle: float, radius: float) -> Point:
        """A place, by its angle and how far it is from the middle."""
        return self.x + radius * math.sin(angle), self.y - radius * math.cos(angle)

    def arc(self, begin: float, end: float, radius: float) -> tuple[Point, ...]:
        """A piece of a circle, as a line through points."""
        pieces = max(int(abs(end - begin) / _PIECE), 1)
        return tuple(self.at(begin + (end - begin) * piece / pieces, radius) for piece in range(pieces + 1))

    def band(self, begin: float, end: float, inner: float, outer: float, point: float = 0.0) -> tuple[Point, ...]:
        """The outline of a band, with a point ahead and a notch behind of some angle, where it shows a direction."""
        there, back = self.arc(begin, end, outer), self.arc(end, begin, inner)
        middle = (inner + outer) / 2
        if not point:
            return (*there, *back)
        return (*there, self.at(end + point, middle), *back, self.at(begin + point, middle))

    def circle(self, radius: float, color: str, thick: float = 0.7) -> Line:
        """A circle but for the gap at the top."""
        return Line(self.arc(self.gap / 2, 2 * math.pi - self.gap / 2, radius), color, thick=thick)

    def middle_of(self, stage: str) -> float:
        """The angle of the middle of a stage."""
        begin, end = self.stages[stage]
        return (begin + end) / 2


def ring_of(sheet: Sheet, x: float, y: float, radius: float, gap: float) -> Ring:
    """The ring of a map: every step has the same angle."""
    room = {stage.key: float(len(sheet.map.steps_of(stage.key)) or _EMPTY) for stage in sheet.map.stages}
    each = (2 * math.pi - gap) / max(sum(room.values()), 1.0)
    angle, steps, stages = gap / 2, {}, {}
    for key, places in room.items():
        stages[key] = (angle, angle + each * places)
        for place, step in enumerate(sheet.map.steps_of(key)):
            steps[step.key] = angle + each * (place + 0.5)
        angle += each * places
    return Ring(x, y, radius, gap, steps, stages)


def anchor_at(angle: float) -> Anchor:
    """Which end of a label stands at its place outside a ring, so that it does not reach into it."""
    side = math.sin(angle)
    return "middle" if abs(side) < 0.26 else "start" if side > 0 else "end"


def turn_at(angle: float) -> float:
    """By how many degrees a label along a ring is turned, so that it never stands on its head."""
    degrees = math.degrees(angle) % 360
    return degrees - 180 if 90 < degrees < 270 else degrees - 360 if degrees >= 270 else degrees
