"""What is drawn, before it is SVG, PDF or slides: shapes with places, in pixels from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from lvtu.maps.document.marked import Run
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
        halo: the colour of a rim around the letters, where lines pass behind them; None: none.
        runs: of each line what it is made of, where that does not all look alike; none: the lines as they are.
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
    halo: str | None = None
    runs: tuple[tuple[Run, ...], ...] = ()

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * self.leading


@dataclass(frozen=True)
class Picture:
    """A picture in pixels.

    Attributes:
        x, y, width, height: its place.
        type: its media type.
        content: it.
        title: what it shows.
    """

    x: float
    y: float
    width: float
    height: float
    type: str
    content: bytes
    title: str = ""


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


Shape = Box | Line | Dot | Label | Picture | Part


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
        rows: of a grid, its rows from top to bottom, which can stand on pages of their own: names and upper edges.
    """

    width: float
    height: float
    ground: str
    title: str
    description: str
    shapes: list[Shape] = field(default_factory=list)
    heads: tuple[float, float, float] | None = None
    rows: list[tuple[str, float]] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Put shapes on top."""
        self.shapes += shapes


def text(
    words: str, x: float, y: float, room: float, size: float, color: str, *, most: int = 3, bold: bool = False,
    anchor: Anchor = "start",
) -> Label:  # fmt: skip
    """A text in lines that fit into a room, its upper edge at y."""
    return Label(x, y + size, wrapped(words, room, size, most, bold), size, color, bold, anchor)


def chip(
    words: str, x: float, y: float, room: float, fill: str, color: str, size: float = 11.5, most: int = 1
) -> tuple[Box, Label]:
    """A short text on a small ground, its upper left corner at x, y."""
    label = text(words, x + 6, y + 3, room - 12, size, color, most=most)
    wide = min(max((width(line, size) for line in label.lines), default=0.0) + 12, room)
    return Box(x, y, wide, size + 9 + max(len(label.lines) - 1, 0) * size * label.leading, fill, radius=6), label


def joined(parts: Iterable[str], room: float, size: float) -> tuple[str, ...]:
    """Short texts one behind the other, as many as fit in a line; none is broken.

    Example:
        >>> joined(("−0.58 … −0.04", "n 43"), 80, 10), joined(("1.2–1.4", "", "n 43"), 80, 10)
        (('−0.58 … −0.04', 'n 43'), ('1.2–1.4 · n 43',))
    """
    lines: list[str] = []
    for part in filter(None, parts):
        longer = f"{lines[-1]} · {part}" if lines else part
        lines[-1:] = [longer] if not lines or width(longer, size) <= room else [lines[-1], part]
    return tuple(lines)


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
