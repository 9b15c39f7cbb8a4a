"""Which of a map's lanes a picture shows, and which of them folded: ways of looking, not properties of the map."""

from __future__ import annotations

from collections.abc import Sequence

from lvtu.errors import UnknownName
from lvtu.maps.document import JourneyMap


def showing(map_: JourneyMap, lanes: Sequence[str] | None = None, folded: Sequence[str] = ()) -> JourneyMap:
    """A map with the lanes that are to be seen.

    Args:
        map_: the map.
        lanes: their keys, in the order of the map whatever their order here; None: all.
        folded: keys of lanes that are shown folded, besides those that the map itself folds.

    Raises:
        UnknownName: the map has no such lane.
    """
    known = [lane.key for lane in map_.lanes]
    for key in (*(lanes or ()), *folded):
        if key not in known:
            raise UnknownName("lane", key, known)
    kept = [lane for lane in map_.lanes if lanes is None or lane.key in lanes]
    shown = tuple(lane.model_copy(update={"collapsed": True}) if lane.key in folded else lane for lane in kept)
    return map_.model_copy(update={"lanes": shown})
