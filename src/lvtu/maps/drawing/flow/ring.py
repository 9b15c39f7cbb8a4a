"""A flowchart around a ring: a journey that begins anew."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lvtu.maps.document import Step
from lvtu.maps.drawing.flow.feet import feet
from lvtu.maps.drawing.flow.geometry import bent, head
from lvtu.maps.drawing.flow.symbols import HIGH, LABEL, WIDE, Spot, Told, feelings, ink, spot, step, told_of, words_of
from lvtu.maps.drawing.flow.ways import Way, Ways
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.overlay import tints
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.stages import tint_of

_BESIDE, _DOWN = 40.0, 44.0
"""Between steps along the ring: beside each other where nothing is written, and below each other."""

_PAGE, _SLIDE = (1600.0, 800.0), (1600.0, 690.0)
"""The form that the frame of steps is to have: on a page, and on a slide that has its own title."""

_PULLS = (0.3, 0.45, 0.6, 0.8, 1.0, 1.25)
_PIECES = 18
_LEAST = 3
"""Steps from which on something comes round."""

_CLEAR, _HALO = 4.0, 5.0
"""Between words and what they may not cover; how far the tint of its stage reaches around a step."""

_NEAR = 2
"""How many steps a way leads back at most to be drawn; others are told in the step that they leave."""


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
        told: the lines in the foot of each step.
    """

    sheet: Sheet
    ways: Ways
    x: float
    y: float
    spots: dict[str, Spot] = field(init=False)
    told: dict[str, list[Told]] = field(init=False)
    labels: list[tuple[Label, tuple[float, float, float, float]]] = field(init=False, default_factory=list)
    lines: list[tuple[Way, tuple[Point, ...]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        order = {key: place for place, key in enumerate(self.ways.steps)}
        drawn = [one for one in self.ways.ways if one.source in order and one.target in order and self._drawn(one)]
        self._place(drawn)
        while told := [way for way, points in self.lines if self._crosses(way, points)] or self._speechless():
            drawn = [one for one in drawn if one not in told]
            self._place(drawn)

    def _speechless(self) -> list[Way]:
        """Put the words at the lines; returns the first way whose words find no place, so that it is told instead."""
        self.labels = []
        return next(([way] for way, points in self.lines if not self._say(way, points)), [])

    def _place(self, drawn: Sequence[Way]) -> None:
        """Put the steps and the lines of some ways; the others are told in the feet of steps."""
        self.told = feet(self.sheet, self.ways, [one for one in self.ways.ways if one not in drawn])
        room = max((width(words_of(self.sheet, one), LABEL) for one in drawn), default=0.0)
        lines = {key: len(some) for key, some in self.told.items()}
        self.spots = around(self.ways.steps, self.x + _HALO, self.y + _HALO, lines,
                            room + 34 if room else _BESIDE, _PAGE if self.sheet.headed else _SLIDE)  # fmt: skip
        self.width = max((one.right for one in self.spots.values()), default=self.x + WIDE) - self.x + _HALO
        self.height = max((one.bottom for one in self.spots.values()), default=self.y + HIGH) - self.y + _HALO
        self.lines = [(way, self._curve(way)) for way in sorted(drawn, key=lambda one: -one.weight)]

    def _crosses(self, way: Way, points: Sequence[Point]) -> bool:
        """Whether a line runs through a step that it neither leaves nor leads to."""
        others = [one for key, one in self.spots.items() if key not in (way.source, way.target)]
        return any(_within(point, one) for point in points for one in others)

    def _drawn(self, way: Way) -> bool:
        """Whether a line is drawn for a way: on, back by few steps, or from the last step to the first; no rare one."""
        steps = self.ways.steps
        if way.rare and steps.index(way.target) - steps.index(way.source) != 1:
            return False
        if not self.ways.back(way) or (way.source, way.target) == (steps[-1], steps[0]):
            return True
        return steps.index(way.source) - steps.index(way.target) <= _NEAR

    @property
    def _middle(self) -> Point:
        if not self.spots:
            return self.x, self.y
        xs, ys = [one.x for one in self.spots.values()], [one.y for one in self.spots.values()]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def _curve(self, way: Way) -> tuple[Point, ...]:
        """Straight to the next step; to any other through the middle, as far in as it takes to cross no step."""
        source, target = self.spots[way.source], self.spots[way.target]
        n = len(self.ways.steps)
        if (self.ways.steps.index(way.target) - self.ways.steps.index(way.source)) % n == 1:
            straight = _beside(source, target)
            if straight is not None:
                return straight
        chord = (source.x + target.x) / 2, (source.y + target.y) / 2
        cx, cy = self._middle
        tried: tuple[Point, ...] = ()
        for pull in _PULLS:
            through = chord[0] + (cx - chord[0]) * pull, chord[1] + (cy - chord[1]) * pull
            tried = bent(_edge(source, through), through, _edge(target, through))
            if not self._crosses(way, tried):
                break
        return tried

    def _say(self, way: Way, points: tuple[Point, ...]) -> bool:
        """Put the words of a way where they cover nothing, as near to its source as there is room, if there is any."""
        words = words_of(self.sheet, way)
        if not words:
            return True
        wide = width(words, LABEL)
        for place in (9, 8, 7, 6, 5, 10, 4, 11, 12, 3, 13):
            x, y = points[place]
            room = (x - wide / 2 - 3, y - LABEL / 2 - 2, x + wide / 2 + 3, y + LABEL / 2 + 3)
            spots = ((one.left, one.top, one.right, one.bottom) for one in self.spots.values())
            if not any(_meet(room, other) for other in (*spots, *(taken for _, taken in self.labels))):
                label = Label(x, y + LABEL / 2 - 2, (words,), LABEL, self.sheet.palette.theme.soft, anchor="middle")
                self.labels.append((label, room))
                return True
        return False

    def shapes(self) -> list[Shape]:
        """Everything, from back to front."""
        felt, tinted = feelings(self.sheet), tints(self.sheet)
        theme = self.sheet.palette.theme
        found: list[Shape] = [self._of_stage(one) for one in self.sheet.map.steps]
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
            found.append(step(self.sheet, one, self.spots[one.key], felt.get(one.key), tinted.get(one.key),
                              self.told[one.key]))  # fmt: skip
        return [*found, *self._again()]

    def _of_stage(self, one: Step) -> Box:
        """The tint of a step's stage around it."""
        at = self.spots[one.key]
        return Box(at.left - _HALO, at.top - _HALO, at.width + 2 * _HALO, at.bottom - at.top + 2 * _HALO,
                   tint_of(self.sheet, one.stage), radius=11)  # fmt: skip

    def _again(self) -> list[Shape]:
        """The way from the last step back to the first, with the share of customers who took it, where it is known."""
        steps, again = self.ways.steps, self.sheet.filled.again
        if (
            self.sheet.map.in_turns
            or len(steps) < _LEAST
            or any((way.source, way.target) == (steps[-1], steps[0]) for way, _ in self.lines)
        ):
            return []
        points = _beside(self.spots[steps[-1]], self.spots[steps[0]])
        if points is None:
            return []
        theme = self.sheet.palette.theme
        color = theme.faint if again is None else theme.groups[3]
        first, last = (self.sheet.of(self.sheet.map.stages[place].name) for place in (0, -1))
        title = self.sheet.say("again_unknown" if again is None else "again_means", first=first, last=last)
        shapes: list[Shape] = [Line(points, color, thick=1.6, dashed=True), head(points[-1], points[-2], color, 7.6)]
        share = "—" if again is None else number(again.value, "share", self.sheet.lang)
        said = self.sheet.say("again", share=share)
        if again is not None:
            title = f"{title}: {told(again, self.sheet.lang)}"
        (x, y), wide = points[len(points) // 2], width(said, LABEL, bold=True) + 8
        shapes += [
            Box(x - wide / 2, y - 9, wide, 16, theme.ground, radius=4),
            Label(x, y + 3, (said,), LABEL, color, bold=True, anchor="middle"),
        ]
        return [Part("loop", "again", title, tuple(shapes))]


def around(steps: tuple[str, ...], x: float, y: float, lines: Mapping[str, int], aside: float,
           page: Point = _PAGE) -> dict[str, Spot]:  # fmt: skip
    """Steps around a page as wide as a screen: along its upper edge, down its right one, and so on back to the first.

    Args:
        steps: their keys.
        x, y: the upper left corner.
        lines: how many lines the foot of each has.
        aside: between steps beside each other.
        page: the form that the frame is to have.
    """
    widths = range(min(2, len(steps)), max(len(steps) // 2, 2) + 1)
    tries = [_framed(steps, across, x, y, lines, aside) for across in widths]
    return min(tries, key=lambda one: max(
        (max((spot.right for spot in one.values()), default=x) - x) / page[0],
        (max((spot.bottom for spot in one.values()), default=y) - y) / page[1],
    ))  # fmt: skip


def _framed(
    steps: tuple[str, ...], across: int, x: float, y: float, lines: Mapping[str, int], aside: float
) -> dict[str, Spot]:
    """Steps around a frame with so many along its upper edge."""
    n = len(steps)
    sides = max(n - 2 * across, 0)
    down, below = -(-sides // 2), n - across - sides
    rows = [steps[:across]]
    up = tuple(reversed(steps[across + down + below :]))
    for place in range(down):
        left = up[place - (down - len(up)) :][:1] if place >= down - len(up) else ()
        rows.append((*left, steps[across + place]))
    rows.append(tuple(reversed(steps[across + down : across + down + below])))
    wide = (WIDE + aside) * max(across - 1, 0)
    found, top = {}, y
    for level, row in enumerate(rows):
        if not row:
            continue
        middle = top + HIGH / 2
        for place, key in enumerate(row):
            if level in (0, len(rows) - 1):
                share = place / (len(row) - 1) if len(row) > 1 else 0.5 if across > 1 else 0.0
            else:
                share = float(key == row[-1])
            found[key] = spot(key, x + WIDE / 2 + wide * share, middle, lines[key])
        top = max(found[key].bottom for key in row) + _DOWN
    return {key: found[key] for key in steps}


def _beside(source: Spot, target: Spot) -> tuple[Point, ...] | None:
    """A straight line between two steps beside, or above, each other; None where they stand otherwise."""
    if source.y == target.y:
        ends = (source.right, target.left) if source.x < target.x else (source.left, target.right)
        return tuple((ends[0] + (ends[1] - ends[0]) * piece / _PIECES, source.y) for piece in range(_PIECES + 1))
    if source.x == target.x:
        ends = (source.bottom, target.top) if source.y < target.y else (source.top, target.bottom)
        return tuple((source.x, ends[0] + (ends[1] - ends[0]) * piece / _PIECES) for piece in range(_PIECES + 1))
    return None


def _within(point: Point, one: Spot) -> bool:
    return one.left - 2 < point[0] < one.right + 2 and one.top - 2 < point[1] < one.bottom + 2


def _edge(spot: Spot, toward: Point) -> Point:
    """Where a line from the middle of a step toward a point crosses its edge."""
    y = (spot.top + spot.bottom) / 2
    dx, dy = toward[0] - spot.x, toward[1] - y
    if not dx and not dy:
        return spot.x, spot.bottom
    half = (spot.bottom - spot.top) / 2
    scale = min(spot.width / 2 / abs(dx) if dx else math.inf, half / abs(dy) if dy else math.inf)
    return spot.x + dx * scale, y + dy * scale


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (one[0] < other[2] + _CLEAR and other[0] < one[2] + _CLEAR
            and one[1] < other[3] + _CLEAR and other[1] < one[3] + _CLEAR)  # fmt: skip
