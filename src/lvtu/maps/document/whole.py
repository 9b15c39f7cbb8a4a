"""A map is whole: nothing is there twice, and whatever it names is there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from lvtu.maps.document.journey import JourneyMap

CALLED = {
    "scenarios": "scenario", "actors": "actor", "stages": "stage", "steps": "map_step", "lanes": "lane",
    "cards": "card", "links": "link", "curve": "curve_point", "paths": "map_path", "bindings": "binding",
    "frames": "frame", "waivers": "waiver", "verdicts": "verdict",
    "votings": "voting",
}  # fmt: skip
"""What one part of each field is called in errors."""


def checked(map_: JourneyMap) -> None:
    """Refuse a map that is not whole.

    Raises:
        BadInput: a key stands twice, the steps of a stage do not stand together, a card ends before it begins.
        UnknownName: something named is not there.
    """
    for field, called in CALLED.items():
        _once(called, [part.key for part in getattr(map_, field)])
    steps = {step.key: place for place, step in enumerate(map_.steps)}
    lanes = {lane.key for lane in map_.lanes}
    cards = {card.key for card in map_.cards}
    _known("stage", (step.stage for step in map_.steps), {stage.key for stage in map_.stages})
    _known("actor", (one for step in map_.steps for one in step.actors), {actor.key for actor in map_.actors})
    _together(map_)
    _known("lane", (card.lane for card in map_.cards), lanes)
    _known("map_step", (one for card in map_.cards for one in (card.step, card.until) if one is not None), steps)
    for card in map_.cards:
        if card.until is not None and steps[card.until] <= steps[card.step]:
            raise BadInput("card_ends_before", card=card.key, step=card.step, until=card.until)
    _known("card", (end for link in map_.links for end in (link.source, link.target)), cards)
    details = [card.details for card in map_.cards if card.details is not None]
    _known("card", (key for one in details for key in getattr(one, "stems_from", ())), cards)
    _known("binding", (key for one in details for key in getattr(one, "metrics", ())), {b.key for b in map_.bindings})
    _no_circle(map_)
    _known("map_step", (point.step for point in map_.curve), steps)
    _once("curve_point", [f"{point.step} · {point.persona}" for point in map_.curve])
    _known("map_step", (key for path in map_.paths for key in path.steps), steps)
    _known("lane", (one.lane for one in map_.bindings if one.lane is not None), lanes)
    _known("map_step", (one.step for one in map_.bindings if one.step is not None), steps)
    _known("map_step", (key for frame in map_.frames for key in frame.steps), steps)
    _known("lane", (key for frame in map_.frames for key in frame.lanes), lanes)
    _known("map_step", (one.step for one in map_.verdicts), steps)
    _once("verdict", [one.step for one in map_.verdicts])
    for voting in map_.votings:
        _once("tally", [one.card for one in voting.tally])


def _once(kind: str, names: list[str]) -> None:
    if len(names) == len(set(names)):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput("twice", of=Term(kind), name=name)
        seen.add(name)


def _known(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    there = known if isinstance(known, dict | set) else set(known)
    for name in names:
        if name not in there:
            raise UnknownName(kind, name, list(there))


def _together(map_: JourneyMap) -> None:
    """The steps stand in the order of their stages."""
    order = {stage.key: place for place, stage in enumerate(map_.stages)}
    for before, after in pairwise(map_.steps):
        if order[before.stage] > order[after.stage]:
            raise BadInput("steps_apart", step=after.key, stage=after.stage, before=before.key)


def _no_circle(map_: JourneyMap) -> None:
    """No card stems from itself, whatever stands between."""
    above = {card.key: getattr(card.details, "stems_from", ()) for card in map_.cards if card.details is not None}
    for key in above:
        ways, seen = list(above[key]), set[str]()
        while ways:
            one = ways.pop()
            if one == key:
                raise BadInput("stems_from_itself", card=key)
            if one not in seen:
                seen.add(one)
                ways += above.get(one, ())
