"""Candidates for moments of truth: accepted or refused, with a reason, which map and history keep."""

from __future__ import annotations

from typing import Any, Literal

from lvtu.errors import BadInput
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.edits.draft import Draft, Part

Moment = Literal["commercial", "service"]


def accept_moment(
    map_: JourneyMap, card: str | None = None, moment: Moment = "service", step: str | None = None,
    verdict: dict[str, Any] | None = None,
) -> JourneyMap:  # fmt: skip
    """Say that a step is the moment of truth that is proposed. A card that proposes it stays, as what it rests on.

    Args:
        map_: the map.
        card: the key of the card that proposes it.
        moment: what kind it is: one at which something is decided, or one at which service shows.
        step: the key of the step, where no card proposes it.
        verdict: why, who says so, and when (`lvtu.maps.document.Verdict`, but for key, step and moment).

    Raises:
        UnknownName: there is no such card or step.
        BadInput: the card proposes none, or neither is named.
    """
    draft = Draft(map_)
    at = _step(draft, card, step)
    draft.replace("steps", at, [{**draft.one("steps", at), "moment": moment}])
    _judge(draft, at, {**(verdict or {}), "moment": moment})
    return draft.done()


def refuse_moment(
    map_: JourneyMap, card: str | None = None, step: str | None = None, verdict: dict[str, Any] | None = None
) -> JourneyMap:
    """Say that a step is no moment of truth, whatever proposes it: the cards that do go, and it is proposed no more.

    Args:
        map_, card, step, verdict: as for `accept_moment`.

    Raises:
        UnknownName: there is no such card or step.
        BadInput: the card proposes none, or neither is named.
    """
    draft = Draft(map_)
    at = _step(draft, card, step)
    draft.replace("steps", at, [{name: value for name, value in draft.one("steps", at).items() if name != "moment"}])
    proposing = [one["key"] for one in draft.parts["cards"] if one["step"] == at and _proposes(draft, one)]
    draft.remove("cards", [card] if card is not None else proposing)
    _judge(draft, at, verdict or {})
    return draft.done()


def _step(draft: Draft, card: str | None, step: str | None) -> str:
    """The step that is meant."""
    if card is None:
        if step is None:
            raise BadInput("moment_of_nothing")
        return str(draft.one("steps", step)["key"])
    found = draft.one("cards", card)
    if not _proposes(draft, found):
        raise BadInput("no_moment", card=card)
    return str(found["step"])


def _proposes(draft: Draft, card: Part) -> bool:
    return bool(draft.one("lanes", card["lane"])["role"] == "moments")


def _judge(draft: Draft, step: str, verdict: dict[str, Any]) -> None:
    """Keep what was decided, in the place of what was decided of the step before."""
    before = [one["key"] for one in draft.parts["verdicts"] if one["step"] == step]
    draft.remove("verdicts", before)
    taken, key = set(draft.keys("verdicts")), step
    while key in taken:
        key += "-1"
    draft.put("verdicts", [{**verdict, "key": key, "step": step}], None, last=True)
