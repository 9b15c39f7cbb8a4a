"""Slides that can be read from where people sit: what is too long for one is told on several."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lvtu.maps.document import Card, Frame
from lvtu.maps.drawing.frames import framed
from lvtu.maps.drawing.overview import overview
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.slides import LEAST, ROOM

Draw = Callable[[Sheet], Scene]
"""How a map is drawn."""


@dataclass(frozen=True)
class Apart:
    """How a map is told on several slides.

    Attributes:
        draw: how its pieces are drawn; None: as the whole is.
        first: what stands before all; None: nothing.
        overview: how all of a long map is shown, before its pieces; None: as it is drawn, however small.
        upright: whether columns are rather kept whole than rows.
    """

    draw: Draw | None = None
    first: Draw | None = None
    overview: Draw | None = overview
    upright: bool = False


ALIKE = Apart()
"""In pieces that are drawn as the whole is."""

UPRIGHT = Apart(overview=None, upright=True)
"""In pieces in which what supports a step stays below it: all of a blueprint is its own overview."""

_WIDEST, _HIGHEST = (side / LEAST for side in ROOM)
"""Pixels of a drawing that a slide has room for, so that it is read."""

_BETTER = 1.25
"""How much larger pieces must be than the whole, where even they cannot be read, to be worth the slides."""

_SPARE = (0.0, 40.0, 80.0, 120.0)
"""How much of the room for rows is left free, so that it is enough when they are drawn."""

_FOOT = 48.0
"""What stands below the rows."""


def readable(scene: Scene) -> bool:
    """Whether nothing of a drawing is smaller than 8 pt on a slide of 13.33 inches."""
    return size_of(scene) >= 1


def size_of(scene: Scene) -> float:
    """How large a drawing stands on a slide: from 1 on it is read."""
    return min(_WIDEST / scene.width, _HIGHEST / scene.height)


def pages(sheet: Sheet, frame: Frame, whole: Scene, draw: Draw, *, upright: bool = False) -> list[Scene]:
    """A frame as drawings that can be read: some of its steps after the other, some of its rows, or of its cards.

    Args:
        sheet: the map.
        frame: what of it is shown.
        whole: the frame as one drawing, which is all there is where pieces are not much larger.
        draw: how pieces are drawn.
        upright: whether columns are rather kept whole than rows.
    """
    made = _Cut(draw, upright).pieces(sheet, frame)
    return made if min(map(size_of, made)) >= min(1.0, _BETTER * size_of(whole)) else [whole]


@dataclass(frozen=True)
class _Cut:
    """How a map is cut into drawings that can be read.

    Attributes:
        draw: how each is drawn.
        upright: whether columns are rather kept whole than rows.
    """

    draw: Draw
    upright: bool

    def pieces(self, sheet: Sheet, frame: Frame, rows: frozenset[str] | None = None) -> list[Scene]:
        """Some rows of a frame, or all, in as many drawings as it takes; none where none of the rows is there."""
        part = self._part(sheet, frame, rows)
        scene, steps = self.draw(part), [step.key for step in part.map.steps]
        if rows and not scene.rows:
            return []
        if readable(scene):
            return [scene]
        if scene.width > _WIDEST and len(steps) > 1:
            return self._by_steps(sheet, frame, rows, _even(steps, -(-scene.width // _WIDEST)))
        groups = _groups(scene, upright=self.upright)
        if self.upright and len(steps) > 1 and (made := self._columns(sheet, frame, rows, steps, len(groups))):
            return made
        if self.upright and len(groups) > 1 and (made := self._rows(sheet, frame, scene)):
            return made
        if len(groups) > 1:
            return [one for some in groups for one in self.pieces(sheet, frame, frozenset(some))]
        if len(steps) > 1:
            return self._by_steps(sheet, frame, rows, _even(steps, 2))
        halves = _halves(part.map.cards, rows or frozenset(row for row, _ in scene.rows))
        return [one for left in halves for one in self.pieces(_without(sheet, left), frame, rows)] or [scene]

    def _by_steps(
        self, sheet: Sheet, frame: Frame, rows: frozenset[str] | None, parts: Sequence[tuple[str, ...]]
    ) -> list[Scene]:  # fmt: skip
        frames = (frame.model_copy(update={"steps": some}) for some in parts)
        return [one for some in frames for one in self.pieces(sheet, some, rows)]

    def _columns(
        self, sheet: Sheet, frame: Frame, rows: frozenset[str] | None, steps: Sequence[str], most: int
    ) -> list[Scene] | None:  # fmt: skip
        """It in fewer columns each, where that takes no more drawings than its rows would, or one more."""
        for number in range(2, min(len(steps), most + 1) + 1):
            made = []
            for some in _even(steps, number):
                one = frame.model_copy(update={"steps": some})
                made.append(self.draw(self._part(sheet, one, rows)))
                if not readable(made[-1]):
                    break
            else:
                return made
        return None

    def _rows(self, sheet: Sheet, frame: Frame, scene: Scene) -> list[Scene] | None:
        """It in groups of rows that can all be read: with room to spare where what leads away makes cards higher."""
        for spare in _SPARE:
            groups = _groups(scene, upright=True, spare=spare)
            made = [self.draw(self._part(sheet, frame, frozenset(some))) for some in groups]
            if all(map(readable, made)):
                return made
        return None

    def _part(self, sheet: Sheet, frame: Frame, rows: frozenset[str] | None) -> Sheet:
        return framed(replace(sheet, map=sheet.map.model_copy(update={"frames": (frame,)}), rows=rows), frame.key)


def _even(steps: Sequence[str], number: float) -> list[tuple[str, ...]]:
    """Steps in so many pieces, as even as they can be."""
    count = min(int(number), len(steps))
    ends = [round(len(steps) * place / count) for place in range(count + 1)]
    return [tuple(steps[begin:end]) for begin, end in pairwise(ends)]


def _groups(scene: Scene, *, upright: bool, spare: float = 0.0) -> list[list[str]]:
    """The rows in as few groups as fit below the heads of the steps, in order.

    As even as they can be; upright as many below as there is room for: what hangs together most stands there.
    """
    if len(scene.rows) < 2:
        return [[row for row, _ in scene.rows]]
    tops = [top for _, top in scene.rows]
    highs = [low - top for top, low in pairwise([*tops, scene.height - _FOOT])]
    room = _HIGHEST - tops[0] - _FOOT - spare
    if upright:
        ends = [len(highs) - end for end in _filled(highs[::-1], room)][::-1]
        return [[row for row, _ in scene.rows[begin:end]] for begin, end in pairwise([*ends, len(highs)])]
    fewest = max(len(_filled(highs, room)), 2)
    rooms = sorted({sum(highs[begin:end]) for begin in range(len(highs)) for end in range(begin + 1, len(highs) + 1)})
    ends = next(found for one in rooms if len(found := _filled(highs, one)) <= fewest)
    return [[row for row, _ in scene.rows[begin:end]] for begin, end in pairwise([0, *ends])]


def _filled(highs: Sequence[float], room: float) -> list[int]:
    """Where groups of rows end that are filled as far as each has room; a row that is higher stands alone."""
    ends: list[int] = []
    used = 0.0
    for place, high in enumerate(highs):
        if place and used + high > room:
            ends.append(place)
            used = 0.0
        used += high
    return [*ends, len(highs)]


def _halves(cards: Sequence[Card], rows: Collection[str]) -> list[set[str]]:
    """Of the cards in some rows the keys that are to be left out of the first and of the second half; none of one."""
    there = [card.key for card in cards if f"lane/{card.lane}" in rows]
    middle = (len(there) + 1) // 2
    return [set(there[middle:]), set(there[:middle])] if len(there) > 1 else []


def _without(sheet: Sheet, cards: Collection[str]) -> Sheet:
    left = tuple(card for card in sheet.map.cards if card.key not in cards)
    return replace(sheet, map=sheet.map.model_copy(update={"cards": left}), whole=sheet.whole or sheet.map)
