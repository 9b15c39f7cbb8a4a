"""Ways for arrows between cards: along the gaps between rows and columns, around every card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lvtu.maps.drawing.scene import Point

_BEND, _CROSSING, _SHARED = 34.0, 16.0, 260.0
"""What a bend, a crossing, and a stretch on top of another line cost, in pixels of way."""

_NEAR = 5.0
"""Lines nearer than this look like one."""

_PORTS = (0.0, 14.0, -14.0, 28.0, -28.0)
"""Where lines meet a side, from its middle."""

Segment = tuple[Point, Point]
Way = tuple[Point, ...]


@dataclass(frozen=True)
class Place:
    """Where a card lies."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def shrunk(self, by: float) -> Place:
        """It without its edges."""
        return Place(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def crossed(self, one: Point, other: Point, room: float = 3.0) -> bool:
        """Whether a horizontal or vertical line comes nearer than `room`."""
        (x, y), (x2, y2) = one, other
        low, high = self.x - room, self.x + self.width + room
        if (x <= low and x2 <= low) or (x >= high and x2 >= high):
            return False
        low, high = self.y - room, self.y + self.height + room
        return not ((y <= low and y2 <= low) or (y >= high and y2 >= high))


@dataclass
class Router:
    """Finds ways one after the other; each keeps off those that were found before.

    Attributes:
        places: of the cards, by key.
        xs: where lines may run down, between columns.
        ys: where lines may run across, between rows.
    """

    places: dict[str, Place]
    xs: Sequence[float]
    ys: Sequence[float]
    _taken: list[Segment] = field(default_factory=list)
    _nearest: list[Place] = field(default_factory=list)
    _ports: dict[tuple[str, str], int] = field(default_factory=dict)

    def way(self, source: str, target: str) -> Way:
        """The cheapest way from one card to another; straight through where there is no other."""
        ends = self.places[source], self.places[target]
        best, least = None, float("inf")
        for ways in (self._simple(source, target), self._around(source, target), self._far(source, target)):
            costs = ((_length(way) + _BEND * (len(way) - 2), way) for way in ways)
            for base, way in sorted(costs, key=lambda one: one[0]):
                if base >= least:
                    break
                if self._free(way, *ends) and (cost := base + self._company(way)) < least:
                    best, least = way, cost
            if least < float("inf"):
                break
        if best is None:
            best = (_middle(ends[0]), _middle(ends[1]))
        self._take(source, target, best)
        return best

    def meeting(self, source: str, target: str) -> Way | None:
        """A straight way that nothing is on, if there is one; it keeps nothing else off."""
        one, other = self.places[source], self.places[target]
        return next((way for way in _straight(one, other) if self._free(way, one, other)), None)

    def _simple(self, source: str, target: str) -> Iterator[Way]:
        """Straight, with one bend, or with two."""
        one, other = self.places[source], self.places[target]
        yield from _straight(one, other)
        for side in "tblr":
            start = self._port(source, side)
            for into in "tblr":
                end = self._port(target, into)
                if side in "tb" and into in "tb":
                    yield from ((start, (start[0], y), (end[0], y), end) for y in self.ys)
                elif side in "lr" and into in "lr":
                    yield from ((start, (x, start[1]), (x, end[1]), end) for x in self.xs)
                elif side in "tb":
                    yield (start, (start[0], end[1]), end)
                else:
                    yield (start, (end[0], start[1]), end)

    def _around(self, source: str, target: str) -> Iterator[Way]:
        """With three bends or four: down a gap between columns, along one between rows, down another."""
        beside = [self._beside(self.places[key]) for key in (source, target)]
        for side in "tblr":
            start = self._port(source, side)
            for into in "tblr":
                end = self._port(target, into)
                firsts = [start[0]] if side in "tb" else beside[0]
                lasts = [end[0]] if into in "tb" else beside[1]
                for first in firsts:
                    for last in lasts:
                        for y in self.ys:
                            yield _bent((start, (first, start[1]), (first, y), (last, y), (last, end[1]), end))

    def _far(self, source: str, target: str) -> Iterator[Way]:
        """Into the next gap between rows, along it to any gap between columns, and back: around wide cards."""
        for side in "tb":
            start = self._port(source, side)
            for into in "tb":
                end = self._port(target, into)
                for first in self._next(start[1], side):
                    for last in self._next(end[1], into):
                        for x in self.xs:
                            yield (start, (start[0], first), (x, first), (x, last), (end[0], last), end)

    def _next(self, edge: float, side: str) -> list[float]:
        """The heights nearest to an edge, above it or below."""
        return [y for y in self.ys if y < edge][-3:] if side == "t" else [y for y in self.ys if y > edge][:3]

    def _beside(self, place: Place) -> list[float]:
        """The gaps to the left and to the right of a card."""
        left = [x for x in self.xs if x < place.x][-3:]
        return left + [x for x in self.xs if x > place.right][:3]

    def _port(self, key: str, side: str) -> Point:
        """The next free place on a side of a card."""
        place = self.places[key]
        aside = _PORTS[min(self._ports.get((key, side), 0), len(_PORTS) - 1)]
        if side in "tb":
            most = max(place.width / 2 - 10, 0)
            return place.x + place.width / 2 + max(min(aside, most), -most), place.y if side == "t" else place.bottom
        most = max(place.height / 2 - 6, 0)
        return place.x if side == "l" else place.right, place.y + place.height / 2 + max(min(aside, most), -most)

    def _free(self, way: Way, one: Place, other: Place) -> bool:
        """Whether a way leaves its cards outwards and keeps off all others; what was in the way last goes first."""
        self._nearest = self._nearest or list(self.places.values())
        for number, place in enumerate(self._nearest):
            if self._blocked(way, place, place is one, place is other):
                self._nearest.insert(0, self._nearest.pop(number))
                return False
        return True

    def _blocked(self, way: Way, place: Place, first: bool, last: bool) -> bool:
        end = len(way) - 2
        for number, (start, stop) in enumerate(pairwise(way)):
            room = -0.5 if (first and number == 0) or (last and number == end) else 3.0
            if place.crossed(start, stop, room):
                return True
        return False

    def _company(self, way: Way) -> float:
        """What it costs to cross other lines, and to run on top of them."""
        cost = 0.0
        for segment in pairwise(way):
            for other in self._taken:
                cost += _against(segment, other)
        return cost

    def _take(self, source: str, target: str, way: Way) -> None:
        self._taken += pairwise(way)
        for key, point in ((source, way[0]), (target, way[-1])):
            if (side := _side(self.places[key], point)) is not None:
                self._ports[key, side] = self._ports.get((key, side), 0) + 1


def _straight(one: Place, other: Place) -> Iterator[Way]:
    low, high = max(one.x, other.x) + 10, min(one.right, other.right) - 10
    if low <= high:
        ends = (one.bottom, other.y) if other.y > one.bottom else (one.y, other.bottom)
        for aside in _PORTS:
            x = min(max((low + high) / 2 + aside, low), high)
            yield ((x, ends[0]), (x, ends[1]))
    low, high = max(one.y, other.y) + 6, min(one.bottom, other.bottom) - 6
    if low <= high:
        ends = (one.right, other.x) if other.x > one.right else (one.x, other.right)
        for aside in _PORTS:
            y = min(max((low + high) / 2 + aside, low), high)
            yield ((ends[0], y), (ends[1], y))


def _bent(way: Way) -> Way:
    """Without points that lie on top of each other."""
    return tuple(point for number, point in enumerate(way) if number == 0 or point != way[number - 1])


def _length(way: Way) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(way))


def _middle(place: Place) -> Point:
    return place.x + place.width / 2, place.y + place.height / 2


def _side(place: Place, point: Point) -> str | None:
    for side, gap in (("t", point[1] - place.y), ("b", point[1] - place.bottom),
                      ("l", point[0] - place.x), ("r", point[0] - place.right)):  # fmt: skip
        if abs(gap) < 0.01:
            return side
    return None


def _against(one: Segment, other: Segment) -> float:
    """What two stretches cost each other."""
    down, other_down = one[0][0] == one[1][0], other[0][0] == other[1][0]
    axis = 1 if down else 0
    if down == other_down:
        near = abs(one[0][1 - axis] - other[0][1 - axis]) < _NEAR
        low = max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
        high = min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
        return _SHARED if near and high - low > _NEAR else 0.0
    upright, lying = (one, other) if down else (other, one)
    left, right = sorted((lying[0][0], lying[1][0]))
    top, bottom = sorted((upright[0][1], upright[1][1]))
    return _CROSSING if left < upright[0][0] < right and top < lying[0][1] < bottom else 0.0
