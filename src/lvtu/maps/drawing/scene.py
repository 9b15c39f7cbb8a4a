"""What is drawn, before it is SVG, PDF or slides: shapes with places, in pixels from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from lvtu.maps.drawing.measure import width, wrapped

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle.

    Attributes:
        x, y, width, height: its place.
        fill, stroke: colours; None: none.
        radius: of its corners.
        dashed: whether its edge is.
        thick: of its edge.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    radius: float = 0
    dashed: bool = False
    thick: float = 1


@dataclass(frozen=True)
class Line:
    """A line through points, or an area that it encloses.

    Attributes:
        points: they.
        stroke, fill: colours; None: none.
        thick: how thick.
        dashed: whether it is.
        opacity: from 0 to 1.
    """

    points: tuple[Point, ...]
    stroke: str | None = None
    fill: str | None = None
    thick: float = 1
    dashed: bool = False
    opacity: float = 1


@dataclass(frozen=True)
class Dot:
    """A circle.

    Attributes:
        x, y: its middle.
        radius: how large.
        fill, stroke: colours; None: none.
        thick: of its edge.
    """

    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    thick: float = 1


@dataclass(frozen=True)
class Label:
    """Lines of text.

    Attributes:
        x, y: where the first line stands: its baseline.
        lines: they.
        size: of the type.
        color: of the type.
        bold: whether it is.
        anchor: which of its ends stands at x.
        leading: from line to line, in sizes.
        turn: by how many degrees it is turned clockwise around its place.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    color: str
    bold: bool = False
    anchor: Anchor = "start"
    leading: float = 1.35
    turn: float = 0

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * self.leading


@dataclass(frozen=True)
class Part:
    """Shapes that belong together: a step, a cell, a card.

    Attributes:
        kind: what it is: ``stage``, ``step``, ``lane``, ``cell``, ``card``, ``point``, ``link``.
        key: which; a cell's is ``lane/step``.
        title: what is read aloud, and shown where the pointer rests.
        shapes: they, the first at the back.
    """

    kind: str
    key: str
    title: str
    shapes: tuple[Shape, ...]


Shape = Box | Line | Dot | Label | Part


@dataclass
class Scene:
    """A picture.

    Attributes:
        width, height: its size.
        ground: the colour behind all.
        title: what it shows, in a few words.
        description: what it shows, in sentences: who cannot see it reads this.
        shapes: the first at the back.
        heads: of a grid, the right edge of its row heads, and the upper and lower edge of its column heads.
    """

    width: float
    height: float
    ground: str
    title: str
    description: str
    shapes: list[Shape] = field(default_factory=list)
    heads: tuple[float, float, float] | None = None

    def add(self, *shapes: Shape) -> None:
        """Put shapes on top."""
        self.shapes += shapes


def text(
    words: str, x: float, y: float, room: float, size: float, color: str, *, most: int = 3, bold: bool = False,
    anchor: Anchor = "start",
) -> Label:  # fmt: skip
    """A text in lines that fit into a room, its upper edge at y."""
    lines = wrapped(words, room, size, most, bold)
    return Label(x, y + size, tuple(lines), size, color, bold, anchor)


def chip(words: str, x: float, y: float, room: float, fill: str, color: str, size: float = 11.5) -> tuple[Box, Label]:
    """A short text on a small ground, its upper left corner at x, y."""
    label = text(words, x + 6, y + 3, room - 12, size, color, most=1)
    wide = min(width(label.lines[0] if label.lines else "", size) + 12, room)
    return Box(x, y, wide, size + 9, fill, radius=6), label


def moved(shape: Shape, x: float, y: float) -> Shape:
    """A shape at another place.

    Args:
        shape: it.
        x, y: how far it is moved.

    Example:
        >>> moved(Part("step", "pay", "", (Dot(1, 2, 3),)), 10, 20).shapes[0]
        Dot(x=11, y=22, radius=3, fill=None, stroke=None, thick=1)
    """
    if isinstance(shape, Part):
        return replace(shape, shapes=tuple(moved(one, x, y) for one in shape.shapes))
    if isinstance(shape, Line):
        return replace(shape, points=tuple((px + x, py + y) for px, py in shape.points))
    return replace(shape, x=shape.x + x, y=shape.y + y)
