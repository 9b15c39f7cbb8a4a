"""What the parts of a map are called that something is under a bell about."""

from __future__ import annotations

from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.history import Names, now_at


def called(map_: JourneyMap, part: str, key: str, lang: Lang) -> str:
    """What people call a part of a map; empty where it is the map, or is gone.

    Args:
        map_: the map.
        part: as in comments, or ``bindings``: a number in the head.
        key: its key.
        lang: in which language.
    """
    now = now_at(map_, part, key)
    return "" if part == "map" or now is None else Names.of(map_).called(part, now, lang)
