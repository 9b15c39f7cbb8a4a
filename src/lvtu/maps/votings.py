"""Votings of a map: dots counted, and told as a ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from lvtu.core.words import Lang
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.votings import Tally

_SCHEMA = pa.schema({
    "voting": pa.string(), "title": pa.string(), "on": pa.date32(), "rank": pa.int64(), "dots": pa.int64(),
    "voters": pa.int64(), "card": pa.string(), "text": pa.string(), "lane": pa.string(), "step": pa.string(),
})  # fmt: skip


def counted(given: Mapping[str, Mapping[str, int]]) -> tuple[Tally, ...]:
    """What cards got, those with most dots first, and of as many those that more people chose.

    Args:
        given: by person, by the key of a card, how many dots.

    Example:
        >>> [(one.card, one.dots, one.voters) for one in counted({"ann": {"a": 2, "b": 1}, "bo": {"b": 1, "c": 0}})]
        [('b', 2, 2), ('a', 2, 1)]
    """
    dots: Counter[str] = Counter()
    voters: Counter[str] = Counter()
    for own in given.values():
        dots.update(own)
        voters.update(card for card, some in own.items() if some > 0)
    found = [Tally(card=card, dots=dots[card], voters=voters[card]) for card in voters]
    return tuple(sorted(found, key=lambda one: (-one.dots, -one.voters, one.card)))


def ranks(tally: tuple[Tally, ...]) -> list[int]:
    """The rank of each card: those with as many dots share one.

    Example:
        >>> ranks(counted({"ann": {"a": 3, "b": 1}, "bo": {"c": 1}, "cy": {"d": 0, "e": 2}}))
        [1, 2, 3, 3]
    """
    dots = [one.dots for one in tally]
    return [1 + sum(other > own for other in dots) for own in dots]


def ranked(map_: JourneyMap, lang: Lang) -> pa.Table:
    """The votings of a map, the first first: a row for each card that got dots; those with as many share a rank.

    Args:
        map_: the map.
        lang: the language of its words.

    Returns:
        ``voting`` (key), ``title``, ``on``, ``rank``, ``dots``, ``voters``, ``card`` (key), ``text``, ``lane`` and
        ``step``, which are null of a card that is no longer there.
    """
    return pa.Table.from_pylist(list(_rows(map_, lang)), schema=_SCHEMA)


def _rows(map_: JourneyMap, lang: Lang) -> Iterator[dict[str, Any]]:
    cards = {card.key: card for card in map_.cards}
    for voting in map_.votings:
        title = None if voting.title is None else voting.title.get(lang)
        own = {"voting": voting.key, "title": title, "on": voting.on}
        for rank, one in zip(ranks(voting.tally), voting.tally, strict=True):
            card = cards.get(one.card)
            place = {} if card is None else {
                "text": None if card.text is None else card.text.get(lang),
                "lane": map_.lane(card.lane).label.get(lang), "step": map_.step(card.step).name.get(lang),
            }  # fmt: skip
            yield {**own, "rank": rank, "dots": one.dots, "voters": one.voters, "card": one.card, **place}
