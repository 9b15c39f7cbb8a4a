"""Candidates for moments of truth: accepted or refused, which the history of the map keeps."""

from __future__ import annotations

from typing import Literal

from lvtu.errors import BadInput
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.edits.draft import Draft


def accept_moment(map_: JourneyMap, card: str, moment: Literal["commercial", "service"] = "service") -> JourneyMap:
    """Say that a step is the moment of truth that a card proposes. The card stays, as what it rests on.

    Args:
        map_: the map.
        card: its key.
        moment: what kind it is: one at which something is decided, or one at which service shows.

    Raises:
        UnknownName: there is no such card.
        BadInput: the card proposes none.
    """
    draft = Draft(map_)
    step = draft.one("cards", _proposing(draft, card))["step"]
    draft.replace("steps", step, [{**draft.one("steps", step), "moment": moment}])
    return draft.done()


def refuse_moment(map_: JourneyMap, card: str) -> JourneyMap:
    """Say that a step is no moment of truth, whatever a card proposes: the card goes.

    Raises:
        UnknownName: there is no such card.
        BadInput: the card proposes none.
    """
    draft = Draft(map_)
    draft.remove("cards", [_proposing(draft, card)])
    return draft.done()


def _proposing(draft: Draft, card: str) -> str:
    found = draft.one("cards", card)
    if draft.one("lanes", found["lane"])["role"] != "moments":
        raise BadInput("no_moment", card=card)
    return card
