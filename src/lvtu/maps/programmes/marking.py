"""What a project puts into its map: a pain for what is to be tackled, an opportunity linked to it, and their lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.core.words import LANGS, say
from lvtu.maps.authors import By
from lvtu.maps.programmes.focus import Weighed

if TYPE_CHECKING:
    from lvtu.maps.map import Map

_MARKED = "project"
"""How the keys of cards begin that a project put into its map."""


def mark(map_: Map, one: Weighed, outcome: str, by: By) -> None:
    """Put a pain into the map for a step that is tackled, with what it rests on, and an opportunity linked to it.

    Args:
        map_: the map; what a project put into it before stays as it is.
        one: the step, weighed.
        outcome: what its importance was measured against.
        by: who does it.

    Raises:
        BadInput: a lane is locked.
    """
    document = map_.document
    pain, chance = (f"{_MARKED}-{kind}-{one.step}" for kind in ("pain", "opportunity"))
    there = {card.key for card in document.cards}
    if pain in there or chance in there:
        return
    name = document.step(one.step).name
    shares = f"{one.importance:.0%}", f"{one.performance.value:+.1f}".replace("-", "−")
    texts = {
        kind: {lang: say(f"programmes.{kind}", lang, step=name.get(lang), importance=shares[0], rating=shares[1])
               for lang in LANGS}
        for kind in ("pain", "opportunity")
    }  # fmt: skip
    evidence = {"kind": "model", "source": f"drivers/{outcome}", "title": f"n {one.n}"}
    cards = [
        {"key": pain, "lane": lane_of(map_, "pains", by), "step": one.step, "kind": "pain",
         "text": texts["pain"], "evidence": [evidence]},
        {"key": chance, "lane": lane_of(map_, "opportunities", by), "step": one.step, "kind": "opportunity",
         "text": texts["opportunity"], "owner": document.step(one.step).owner},
    ]  # fmt: skip
    map_.edit("put", part="cards", made=cards, by=by)
    link = {"key": f"{pain}-{chance}", "source": pain, "target": chance, "kind": "informs"}
    map_.edit("put", part="links", made=[link], by=by)


def lane_of(map_: Map, role: str, by: By) -> str:
    """The key of the map's lane of a role; one is made where there is none."""
    for lane in map_.document.lanes:
        if lane.role == role:
            return lane.key
    label = {lang: say(f"maps.templates.lanes.{role}", lang) for lang in LANGS}
    map_.edit("put", part="lanes", made=[{"key": role, "role": role, "label": label}], by=by)
    return role
