"""How wide the columns of a blueprint are: as narrow as what stands in them is read without trouble."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lvtu.core.units import spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.document import Step
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.blueprint.away import AWAY_LINES, AWAY_SIZE, Away
from lvtu.maps.drawing.blueprint.cards import PAD, SIZE, SMALL, beside, who
from lvtu.maps.drawing.columns import LANE, MARGIN
from lvtu.maps.drawing.heads import Column
from lvtu.maps.drawing.measure import full, width, wrapped
from lvtu.maps.drawing.sheet import Sheet

INSET = 11.0
"""From the edge of a column to its cards: arrows run between."""

_WIDTHS = tuple(range(120, 217, 8))
_FRAMED = 420.0
"""How wide a column becomes at most in a frame that fills a screen."""

_AIM = 1240.0
"""How wide all columns may stand at least, where few steps leave the room."""

_LINES = 4
"""Lines of a text that are read at a glance."""


def columns(sheet: Sheet, reading: Reading, away: Mapping[str, Sequence[Away]]) -> list[Column]:
    """A column for each step, of its own width: that at which no text of its cards needs more than four lines.

    Wider where all fit on a screen anyway. Cards over several steps have the room of all and are not looked at.

    Args:
        sheet: what is drawn.
        reading: the map as a blueprint.
        away: of cards the links to others that are not on this page.
    """
    steps = sheet.map.steps
    most = _FRAMED if sheet.bare else float(_WIDTHS[-1])
    even = min((_AIM - LANE) / max(len(steps), 1), most)
    x, made = MARGIN + LANE, []
    for step in steps:
        room = max(even, _narrowest(list(_texts(sheet, reading, away, step))))
        made.append(Column(step.key, (step.key,), x, room))
        x += room
    return made


class _Told(NamedTuple):
    """A text of a column.

    Attributes:
        words: it.
        size, bold: of its type.
        taken: the room beside it that something else has.
        most: lines that it may need.
    """

    words: str
    size: float
    bold: bool = False
    taken: float = 2 * PAD
    most: int = _LINES

    def fits(self, column: float) -> bool:
        """Whether it stands in so few lines, and none of its words is broken in two."""
        room = column - 2 * INSET - self.taken
        whole = (word for word in self.words.replace(" ★", "\u00a0★").split(" ") if not full(word))
        broken = any(width(word, self.size, self.bold) > room for word in whole)
        return not broken and len(wrapped(self.words, room, self.size, 99, self.bold)) <= self.most


def _narrowest(texts: list[_Told]) -> float:
    """The first of the widths in which all fit; the last where none is wide enough."""
    found = bisect_left(_WIDTHS, True, key=lambda column: all(one.fits(column) for one in texts))
    return float(_WIDTHS[min(found, len(_WIDTHS) - 1)])


def _texts(
    sheet: Sheet, reading: Reading, away: Mapping[str, Sequence[Away]], step: Step
) -> Iterator[_Told]:  # fmt: skip
    """What stands in the column of a step."""
    yield _Told(sheet.of(step.name) + (" ★" if step.moment != "none" else ""), 12.5, bold=True)
    if (volume := sheet.filled.volume.get(step.key)) is not None:
        yield _Told(sheet.say("customers", n=volume.n), SMALL, most=1)
    if (found := sheet.filled.times.get(step.key)) is not None:
        yield _Told(sheet.say("p90", time=spoken(spell(found.p90), sheet.lang)), 12.5, bold=True, taken=2, most=1)
    for card in sheet.map.cards:
        if card.step == step.key and card.until is None and reading.zone(card) is not None:
            yield _Told(unmarked(sheet.of(card.text) or sheet.of(card.alt)), SIZE, taken=2 * PAD + beside(card))
            yield _Told(who(sheet, card), SMALL, most=2)
            yield from (_Told(one.words, AWAY_SIZE, bold=one.breaks, most=AWAY_LINES) for one in away.get(card.key, ()))
