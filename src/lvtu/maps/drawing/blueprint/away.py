"""Links of a blueprint that lead beyond a page: told in words in the card at which they end there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.blueprint.rules import missed, named
from lvtu.maps.blueprint.tables import told
from lvtu.maps.document import Card
from lvtu.maps.drawing.blueprint.limits import limit
from lvtu.maps.drawing.sheet import Sheet

AWAY_LINES, AWAY_SIZE = 3, 11.5
"""Lines that such a link is told in at most, and how large: slides need not set it larger than it is measured."""


@dataclass(frozen=True)
class Away:
    """A link that leads beyond a page.

    Attributes:
        key: its own.
        words: where it leads, or where it comes from, and within what time.
        breaks: whether that time is not kept (`lvtu.maps.blueprint.rules.missed`).
    """

    key: str
    words: str
    breaks: bool


def links_away(sheet: Sheet) -> dict[str, list[Away]]:
    """By card of a page its links from and to cards that a blueprint of the whole map shows, but this page does not."""
    if sheet.whole is None:
        return {}
    reading = Reading(sheet.whole)
    drawn = {card.key for card in sheet.whole.cards
             if reading.zone(card) is not None and not sheet.whole.lane(card.lane).collapsed}  # fmt: skip
    there = {card.key for card in sheet.map.cards if card.key in drawn and sheet.shows(f"lane/{card.lane}")}
    found: dict[str, list[Away]] = defaultdict(list)
    for link in sheet.whole.links:
        ends = link.source, link.target
        if len({*ends} & there) != 1 or not {*ends} <= drawn:
            continue
        here, far = ends if link.source in there else ends[::-1]
        kind = sheet.say(f"links.{link.kind}")
        key = "link_to" if here == link.source else "link_from"
        words = sheet.say(key, kind=kind, card=_called(sheet, reading.card[far]))
        words = " · ".join((words, *limit(sheet, link)))
        found[here].append(Away(link.key, words, missed(sheet.filled.kept.get(link.key))))
    return dict(found)


def _called(sheet: Sheet, card: Card) -> str:
    """What a card on another page is called, with its step where that is not on this one."""
    assert sheet.whole is not None
    words = told(named(card, sheet.whole), sheet.lang)
    return words if card.step in sheet.steps else f"{sheet.step_named(card.step)} · {words}"
