"""Which of a map's lanes a picture shows, and which of them folded: ways of looking, not properties of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from lvtu.errors import UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.lanes import BlueprintRole

_BEHIND = frozenset(get_args(BlueprintRole)) - {"customer"}
"""Lanes of what stands behind the steps: the blueprint shows them, the map only where it is asked to."""


def showing(map_: JourneyMap, lanes: Sequence[str] | None = None, folded: Sequence[str] = ()) -> JourneyMap:
    """A map with the lanes that are to be seen.

    Args:
        map_: the map.
        lanes: their keys, in the order of the map whatever their order here; None: all that tell of the experience, or
            where there are none of those, all.
        folded: keys of lanes that are shown folded, besides those that the map itself folds.

    Raises:
        UnknownName: the map has no such lane.
    """
    known = [lane.key for lane in map_.lanes]
    told = [lane.key for lane in map_.lanes if lane.role not in _BEHIND]
    for key in (*(lanes or ()), *folded):
        if key not in known:
            raise UnknownName("lane", key, known)
    wanted = set(lanes if lanes is not None else told or known)
    kept = [lane for lane in map_.lanes if lane.key in wanted]
    shown = tuple(lane.model_copy(update={"collapsed": True}) if lane.key in folded else lane for lane in kept)
    cards = tuple(card for card in map_.cards if card.lane in wanted)
    return map_.model_copy(update={"lanes": shown, "cards": cards})
