"""What a map rests on: its cards by the kind of their evidence, how many have any, and what is assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lvtu.maps.document import Card, Evidence, JourneyMap
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
    """

    cards: int = 0
    supported: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()

    @property
    def coverage(self) -> float | None:
        """The share of cards that rest on something: supported / cards; None where there are no cards.

        Example:
            >>> Resting(cards=8, supported=6).coverage, Resting().coverage
            (0.75, None)
        """
        return self.supported / self.cards if self.cards else None


def resting(map_: JourneyMap, gone: Callable[[Evidence], bool] = lambda one: False) -> Resting:
    """What the cards of a map rest on.

    Args:
        map_: the map.
        gone: whether what a piece of evidence says is not there any more, as when who said it was forgotten.
    """
    kinds: Counter[str] = Counter()
    assumptions: list[str] = []
    for card in map_.cards:
        found: dict[str, None] = dict.fromkeys(str(one.kind) for one in card.evidence if not gone(one))
        if filled(map_, card):
            found[BOUND] = None
        kinds.update(found.keys())
        if not found:
            assumptions.append(card.key)
    return Resting(len(map_.cards), len(map_.cards) - len(assumptions), dict(kinds), tuple(assumptions))


def forgotten(map_: JourneyMap, lake: Lake) -> Callable[[Evidence], bool]:
    """Whether a piece of evidence is an event in which nothing is said any more, as when who said it was forgotten.

    Args:
        map_: whose evidence.
        lake: where the events are.
    """
    sources = {one.source for card in map_.cards for one in card.evidence if one.source is not None}
    gone = {source for source in sources if source.isdecimal() and not _said(lake, int(source))}
    return lambda one: one.source in gone


def _said(lake: Lake, number: int) -> bool:
    try:
        [text] = lake.take(np.array([number], np.int64), ("text",))["text"].to_pylist()
    except KeyError:
        return False
    return bool((text or "").strip())


def filled(map_: JourneyMap, card: Card) -> bool:
    """Whether the data are asked for it: a question fills the cell in which it begins, or it names what shows it."""
    return card.asks or map_.bound(card.lane, card.step) is not None
