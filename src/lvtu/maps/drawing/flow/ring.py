"""A flowchart around a ring: a journey that begins anew."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from lvtu.maps.drawing.flow.geometry import bent, head
from lvtu.maps.drawing.flow.symbols import HIGH, LABEL, WIDE, Spot, feelings, ink, step, told_of, words_of
from lvtu.maps.drawing.flow.ways import END, START, Way, Ways
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.overlay import tints
from lvtu.maps.drawing.scene import Anchor, Box, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.sheet import Sheet

_BESIDE = 30.0
"""Between steps along the ring."""

_CLEAR = 4.0

_WIDE_FROM = 9
"""Steps from which on a ring has room for words in its middle."""

_LINE = 16.0


@dataclass
class Ring:
    """A ring that is laid out.

    Attributes:
        sheet: what is drawn.
        ways: which ways.
        x, y: its upper left corner.
        spots: where the steps stand.
        labels: the words at each way that has some, with the room they take: left, top, right, bottom.
        lines: the points of each way.
    """

    sheet: Sheet
    ways: Ways
    x: float
    y: float
    spots: dict[str, Spot] = field(init=False)
    labels: list[tuple[Label, tuple[float, float, float, float]]] = field(init=False, default_factory=list)
    lines: list[tuple[Way, tuple[Point, ...]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.spots = around(self.ways.steps, self.x, self.y)
        self.width = max((one.right for one in self.spots.values()), default=self.x + WIDE) - self.x + 24
        self.height = max((one.bottom for one in self.spots.values()), default=self.y + HIGH) - self.y
        if len(self.spots) < _WIDE_FROM and (lines := self._said()):
            self.height += 12 + _LINE * len(lines)
            self.width = max(self.width, max(width(line, 11) for line in lines))
        between = [one for one in self.ways.ways if one.source in self.spots and one.target in self.spots]
        for way in sorted(between, key=lambda one: -one.weight):
            points = self._curve(way)
            self.lines.append((way, points))
            self._say(way, points)

    @property
    def _middle(self) -> Point:
        if not self.spots:
            return self.x, self.y
        xs, ys = [one.x for one in self.spots.values()], [one.y for one in self.spots.values()]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def _curve(self, way: Way) -> tuple[Point, ...]:
        """Along the ring to the next step; to any other through its inside, the nearer to the middle the further."""
        source, target = self.spots[way.source], self.spots[way.target]
        n = len(self.ways.steps)
        apart = (self.ways.steps.index(way.target) - self.ways.steps.index(way.source)) % n
        chord = (source.x + target.x) / 2, (source.y + target.y) / 2
        cx, cy = self._middle
        pull = 0.06 if apart == 1 else 0.35 + 0.4 * (1 - abs(apart - n / 2) / (n / 2))
        through = chord[0] + (cx - chord[0]) * pull, chord[1] + (cy - chord[1]) * pull
        return bent(_edge(source, through), through, _edge(target, through))

    def _say(self, way: Way, points: tuple[Point, ...]) -> None:
        """Put the words of a way where they cover nothing, as near to its source as there is room; else leave them."""
        words = words_of(self.sheet, way)
        if not words:
            return
        wide = width(words, LABEL)
        for place in (5, 6, 4, 7, 8, 3, 9, 10, 11, 12, 13):
            x, y = points[place]
            room = (x - wide / 2 - 3, y - LABEL / 2 - 2, x + wide / 2 + 3, y + LABEL / 2 + 3)
            spots = ((one.left, one.top, one.right, one.bottom) for one in self.spots.values())
            if not any(_meet(room, other) for other in (*spots, *(taken for _, taken in self.labels))):
                label = Label(x, y + LABEL / 2 - 2, (words,), LABEL, self.sheet.palette.theme.soft, anchor="middle")
                self.labels.append((label, room))
                return

    def shapes(self) -> list[Shape]:
        """Everything, from back to front."""
        felt, tinted = feelings(self.sheet), tints(self.sheet)
        theme = self.sheet.palette.theme
        found: list[Shape] = []
        for way, points in reversed(self.lines):
            drawn = ink(self.sheet, self.ways, way)
            shapes = (
                Line(points, drawn.color, thick=drawn.thick, dashed=drawn.dashed),
                head(points[-1], points[-2], drawn.color, 6 + drawn.thick),
            )
            found.append(Part("way", f"{way.source}/{way.target}", told_of(self.sheet, way), shapes))
        for label, (left, top, right, bottom) in self.labels:
            found += [Box(left, top, right - left, bottom - top, theme.ground, radius=4), label]
        for one in self.sheet.map.steps:
            found.append(step(self.sheet, one, self.spots[one.key], felt.get(one.key), tinted.get(one.key)))
        return [*found, *self._ends()]

    def _said(self) -> list[str]:
        """Where ways begin and end most."""
        lines = []
        for key, called in ((START, "flow.begins_at"), (END, "flow.ends_at")):
            some = [one for one in self.ways.ways if key in (one.source, one.target) and one.share is not None]
            if some:
                best = max(some, key=lambda one: one.weight)
                name = self.sheet.of(self.sheet.map.step(best.target if key == START else best.source).name)
                share = 0.0 if best.share is None else best.share.value
                lines.append(self.sheet.say(called, step=name, share=f"{100 * share:.0f}%"))
        return lines

    def _ends(self) -> list[Shape]:
        """Where ways begin and end most: in the middle of a wide ring, else below it."""
        theme, (cx, cy), lines = self.sheet.palette.theme, self._middle, self._said()
        wide = len(self.spots) >= _WIDE_FROM
        low = cy - 8 * len(lines) if wide else self.y + self.height - _LINE * len(lines)
        shapes: list[Shape] = []
        if wide and lines:
            room = max(width(line, 11) for line in lines) + 20
            shapes.append(Box(cx - room / 2, low - 6, room, _LINE * len(lines) + 12, theme.ground, theme.line, 8))
        for place, line in enumerate(lines):
            anchor: Anchor = "middle" if wide else "start"
            at = cx if wide else self.x
            shapes.append(Label(at, low + 12 + _LINE * place, (line,), 11, theme.soft, anchor=anchor))
        return shapes


def around(steps: tuple[str, ...], x: float, y: float) -> dict[str, Spot]:
    """Steps around an ellipse, the first at the top, clockwise, so far apart that none covers another."""
    n = len(steps)
    if n == 1:
        return {steps[0]: Spot(x + WIDE / 2, y + HIGH / 2)}
    grow = 1.0
    while True:
        a, b = grow * (WIDE + _BESIDE) * max(n, 4) / math.tau, grow * (WIDE + _BESIDE) * max(n, 4) / math.tau * 0.62
        angles = _even(a, b, n)
        spots = [Spot(x + WIDE / 2 + a + a * math.sin(t), y + HIGH / 2 + b - b * math.cos(t)) for t in angles]
        if not any(_close(one, other) for at, one in enumerate(spots) for other in spots[:at]):
            return dict(zip(steps, spots, strict=True))
        grow *= 1.06


def _even(a: float, b: float, n: int) -> list[float]:
    """Angles at which points stand equally far from each other along an ellipse."""
    fine = 720
    lengths = [0.0]
    for place in range(fine):
        t = math.tau * (place + 0.5) / fine
        lengths.append(lengths[-1] + math.hypot(a * math.cos(t), b * math.sin(t)))
    angles, at = [], 0
    for number in range(n):
        aim = lengths[-1] * number / n
        while lengths[at + 1] < aim:
            at += 1
        angles.append(math.tau * at / fine)
    return angles


def _close(one: Spot, other: Spot) -> bool:
    return abs(one.x - other.x) < WIDE + _BESIDE / 2 and abs(one.y - other.y) < HIGH + _BESIDE / 2


def _edge(spot: Spot, toward: Point) -> Point:
    """Where a line from the middle of a step toward a point crosses its edge."""
    dx, dy = toward[0] - spot.x, toward[1] - spot.y
    if not dx and not dy:
        return spot.x, spot.bottom
    scale = min(spot.width / 2 / abs(dx) if dx else math.inf, spot.height / 2 / abs(dy) if dy else math.inf)
    return spot.x + dx * scale, spot.y + dy * scale


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (one[0] < other[2] + _CLEAR and other[0] < one[2] + _CLEAR
            and one[1] < other[3] + _CLEAR and other[1] < one[3] + _CLEAR)  # fmt: skip
