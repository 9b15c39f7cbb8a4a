"""What a map rests on: its cards by the kind of their evidence, how many have any, and what is assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from lvtu.maps.document import Card, Evidence, JourneyMap
from lvtu.store.insights import Insights
from lvtu.store.lake import Lake

BOUND = "data"
"""Stands among the kinds of evidence for a question that fills the card's cell."""


@dataclass(frozen=True)
class Resting:
    """What the cards of a map rest on.

    Attributes:
        cards: how many there are.
        supported: how many of them have evidence, or stand in a cell that a question fills.
        kinds: by kind of evidence (`lvtu.maps.document.evidence.EvidenceKind`, and ``data`` for a question), how many
            cards have some of it: a card with several kinds counts at each.
        assumptions: the keys of the other cards, in order.
        gone: how many pieces of evidence name a source that is not there any more, or has no words any more: they
            support nothing.
        unknown: how many name an interview, or a passage of one, while the server that keeps these cannot be asked:
            they are taken as they are.
    """

    cards: int = 0
    supported: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    gone: int = 0
    unknown: int = 0

    @property
    def coverage(self) -> float | None:
        """The share of cards that rest on something: supported / cards; None where there are no cards.

        Example:
            >>> Resting(cards=8, supported=6).coverage, Resting().coverage
            (0.75, None)
        """
        return self.supported / self.cards if self.cards else None


def resting(
    map_: JourneyMap, gone: Callable[[Evidence], bool] = lambda one: False,
    unknown: Callable[[Evidence], bool] = lambda one: False,
) -> Resting:  # fmt: skip
    """What the cards of a map rest on.

    Args:
        map_: the map.
        gone: whether what a piece of evidence says is not there any more, as when who said it was forgotten.
        unknown: whether nobody can tell.
    """
    kinds: Counter[str] = Counter()
    assumptions: list[str] = []
    lost = {(card.key, place) for card in map_.cards for place, one in enumerate(card.evidence) if gone(one)}
    for card in map_.cards:
        there = (one for place, one in enumerate(card.evidence) if (card.key, place) not in lost)
        found: dict[str, None] = dict.fromkeys(str(one.kind) for one in there)
        if filled(map_, card):
            found[BOUND] = None
        kinds.update(found.keys())
        if not found:
            assumptions.append(card.key)
    unsure = sum(unknown(one) for card in map_.cards for one in card.evidence)
    supported = len(map_.cards) - len(assumptions)
    return Resting(len(map_.cards), supported, dict(kinds), tuple(assumptions), len(lost), unsure)


class Kept:
    """Whether the sources that a map's evidence names are still there: events, insights and their quotes, interviews.

    Args:
        map_: whose evidence.
        lake: where the events are.
        insights: the insights in the books, with what they quote.
        interviews: the ids of interviews and of what is marked in them; None where nobody can tell. It is asked where
            something is named that is none of the others.
    """

    def __init__(
        self, map_: JourneyMap, lake: Lake, insights: Insights, interviews: Callable[[], Collection[str] | None]
    ) -> None:
        sources = {one.source for card in map_.cards for one in card.evidence if one.source is not None}
        quotes = {one.evidence.id: one.evidence.gone for one in insights.links()}
        known = {one.id for one in insights.all()} | quotes.keys()
        gone = {source for source in sources if source.isdecimal() and not _said(lake, int(source))}
        gone |= {source for source in sources if quotes.get(source) is not None}
        left = {source for source in sources - known if is_id(source)}
        there = interviews() if left else ()
        self._gone = gone | (left - set(there) if there is not None else set())
        self._unknown = left if there is None else set()

    def gone(self, one: Evidence) -> bool:
        """Whether what a piece of evidence says is not there any more."""
        return one.source in self._gone

    def unknown(self, one: Evidence) -> bool:
        """Whether nobody can tell whether it is."""
        return one.source in self._unknown


def is_id(source: str) -> bool:
    """Whether a source has the form of an id that Lvtu gives.

    Example:
        >>> is_id("019a7c1e-0000-7000-8000-000000000001"), is_id("the log of 1 May")
        (True, False)
    """
    return [len(part) for part in source.split("-")] == [8, 4, 4, 4, 12]


def _said(lake: Lake, number: int) -> bool:
    try:
        [text] = lake.take(np.array([number], np.int64), ("text",))["text"].to_pylist()
    except KeyError:
        return False
    return bool((text or "").strip())


def filled(map_: JourneyMap, card: Card) -> bool:
    """Whether the data are asked for it: a question fills the cell in which it begins, or it names what shows it."""
    return card.asks or map_.bound(card.lane, card.step) is not None
