"""How far shapes reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Part, Shape

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
    if isinstance(shape, Box):
        return Bounds(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    if isinstance(shape, Dot):
        return Bounds(
            *(at - shape.radius for at in (shape.x, shape.y)), *(at + shape.radius for at in (shape.x, shape.y))
        )
    if isinstance(shape, Label):
        wide = max((width(line, shape.size, shape.bold) for line in shape.lines), default=0.0)
        left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
        top = shape.y - ASCENT * shape.size
        return Bounds(left, top, left + wide, top + shape.height)
    across, down = zip(*shape.points, strict=True)
    return Bounds(min(across), min(down), max(across), max(down))


def around(shapes: Iterable[Shape]) -> Bounds:
    """How far some shapes reach together; a point where there are none."""
    found = [bounds(one) for one in shapes if not isinstance(one, Part) or one.shapes]
    return reduce(Bounds.and_of, found) if found else Bounds(0, 0, 0, 0)
