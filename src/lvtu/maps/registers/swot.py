"""Strengths, weaknesses, opportunities and threats, read off registers; threats are only what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lvtu.core.model.text import Text
from lvtu.maps.document import JourneyMap, Lane
from lvtu.maps.registers.entry import Entry

SwotName = Literal["strengths", "weaknesses", "opportunities", "threats"]

_THREATS = frozenset({"威胁", "threat", "threats"})
"""What a lane is called whose cards are threats."""


@dataclass(frozen=True)
class Swot:
    """The four fields, each a list of texts with their places.

    Attributes:
        strengths, weaknesses, opportunities: what registers have: strengths, pains, opportunities.
        threats: the texts of cards in lanes that are called threats (威胁): no data tell them.
    """

    strengths: tuple[Entry, ...]
    weaknesses: tuple[Entry, ...]
    opportunities: tuple[Entry, ...]
    threats: tuple[tuple[Text, Text, Text], ...]


def swot(
    gains: Sequence[Entry], pains: Sequence[Entry], opportunities: Sequence[Entry], maps: Iterable[JourneyMap]
) -> Swot:  # fmt: skip
    """The four fields; pains that are solved or dismissed are no weaknesses.

    Args:
        gains, pains, opportunities: as their registers have them.
        maps: on which threats may stand.
    """
    threats = [
        (card.text, map_.title, map_.step(card.step).name)
        for map_ in maps
        if map_.status != "archived"
        for card in map_.cards
        if card.text is not None and _threatening(map_.lane(card.lane))
    ]
    open_ = tuple(one for one in pains if one.status not in ("solved", "dismissed"))
    return Swot(tuple(gains), open_, tuple(opportunities), tuple(threats))


def _threatening(lane: Lane) -> bool:
    return bool({lane.label.zh.strip().lower(), lane.label.en.strip().lower()} & _THREATS)
