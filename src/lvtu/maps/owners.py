"""Who answers for a part of a map: the person, or the department, that the part names, else what it is part of."""

from __future__ import annotations

from collections.abc import Iterator

from lvtu.maps.document import JourneyMap

Names = tuple[str, ...]


def owners(map_: JourneyMap, part: str, key: str) -> Iterator[Names]:
    """The names of who answers for a part, its own first, the map's last; what names nobody is left out.

    A card has those of its cell behind its own; a cell those of its step and its lane, then those of the stage.

    Args:
        map_: the map.
        part: ``map``, ``stages``, ``steps``, ``lanes``, ``cards`` or ``cells``.
        key: its key; of a cell ``lane/step``. What is not there has the map's.

    Example:
        >>> map = JourneyMap.load({
        ...     "title": "Shop", "person": "Ann", "stages": [{"key": "buy", "name": "Buy", "owner": "Sales"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay", "owner": "Tills", "person": "bo@example.com"}],
        ...     "lanes": [{"key": "said", "role": "thoughts", "label": "Said", "person": "Cy"}],
        ... })
        >>> list(owners(map, "cells", "said/pay"))
        [('bo@example.com', 'Tills', 'Cy'), ('Sales',), ('Ann',)]
    """
    found = [*_groups(map_, part, key), (map_.person, map_.owner)]
    for group in found:
        if names := tuple(one for one in group if one):
            yield names


def _groups(map_: JourneyMap, part: str, key: str) -> Iterator[tuple[str | None, ...]]:
    if part == "cards":
        card = next((one for one in map_.cards if one.key == key), None)
        if card is not None:
            yield card.person, card.owner
            yield from _groups(map_, "cells", f"{card.lane}/{card.step}")
        return
    lane, _, step = key.partition("/") if part == "cells" else (key, "", key)
    own: list[str | None] = []
    stage = key if part == "stages" else None
    for one in map_.steps if part in ("steps", "cells") else ():
        if one.key == step:
            own += [one.person, one.owner]
            stage = one.stage
    rows = map_.lanes if part in ("lanes", "cells") else ()
    own += [who for row in rows if row.key == lane for who in (row.person, row.owner)]
    yield tuple(own)
    yield from ((one.person, one.owner) for one in map_.stages if one.key == stage)
