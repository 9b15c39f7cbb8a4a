"""How far shapes reach."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Part, Picture, Shape

ASCENT = 1.07
"""From the upper edge of a line of text to its baseline, in sizes, where lines are 1.35 sizes high."""


@dataclass(frozen=True)
class Bounds:
    """A rectangle that holds shapes: its left, upper, right and lower edge."""

    left: float
    top: float
    right: float
    bottom: float

    def and_of(self, other: Bounds) -> Bounds:
        """One that holds both."""
        return Bounds(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip

    def meets(self, other: Bounds) -> bool:
        """Whether the two share anything."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def bounds(shape: Shape) -> Bounds:
    """How far a shape reaches; a part, what is in it.

    Example:
        >>> bounds(Part("step", "pay", "", (Dot(10, 10, 4), Box(0, 8, 6, 20))))
        Bounds(left=0, top=6, right=14, bottom=28)
    """
    if isinstance(shape, Part):
        return around(shape.shapes)
    if isinstance(shape, Box | Picture):
        return Bounds(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    if isinstance(shape, Dot):
        return Bounds(
            *(at - shape.radius for at in (shape.x, shape.y)), *(at + shape.radius for at in (shape.x, shape.y))
        )
    if isinstance(shape, Label):
        return _turned(shape)
    across, down = zip(*shape.points, strict=True)
    return Bounds(min(across), min(down), max(across), max(down))


def around(shapes: Iterable[Shape]) -> Bounds:
    """How far some shapes reach together; a point where there are none."""
    found = [bounds(one) for one in shapes if not isinstance(one, Part) or one.shapes]
    return reduce(Bounds.and_of, found) if found else Bounds(0, 0, 0, 0)


def unturned(label: Label) -> Bounds:
    """How far a text reaches before it is turned."""
    wide = max((width(line, label.size, label.bold) for line in label.lines), default=0.0)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    top = label.y - ASCENT * label.size
    return Bounds(left, top, left + wide, top + label.height)


def turned(x: float, y: float, label: Label) -> tuple[float, float]:
    """Where a place of a text is once it is turned around its own."""
    angle = math.radians(label.turn)
    across, down = x - label.x, y - label.y
    return (
        label.x + across * math.cos(angle) - down * math.sin(angle),
        label.y + across * math.sin(angle) + down * math.cos(angle),
    )


def _turned(label: Label) -> Bounds:
    found = unturned(label)
    if not label.turn:
        return found
    corners = [turned(x, y, label) for x in (found.left, found.right) for y in (found.top, found.bottom)]
    across, down = zip(*corners, strict=True)
    return Bounds(min(across), min(down), max(across), max(down))
