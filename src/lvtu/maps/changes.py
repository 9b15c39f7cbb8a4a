"""Changes of a map as values: what an edit did, to send to others, to show, to undo.

Every edit makes a new map; what it changed is read off the two. So undoing needs nothing of the edit, and several
people change one map by sending each other changes: each says what was there before, and is refused where that has
changed meanwhile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

from lvtu.core.documents import Document
from lvtu.errors import BadInput
from lvtu.maps.document.journey import PARTS, JourneyMap

_KEPT = frozenset({"format", "id"})
"""What no edit changes."""

LINEAGE = ("map", "lineage")
"""The field in which several people's edits leave a row each: one is taken back without those of the others."""

_PLACE = "place"
"""The field of a change that moves a part: what it stands behind."""


class Change(Document):
    """One thing that is otherwise.

    Attributes:
        part: the list it is in (``steps``, ``cards``, …); ``map`` for the map's own fields.
        key: which of the list.
        field: what of it; None: all of it; ``place``: what it stands behind in its list.
        was: what it was; None: not there, or nothing said.
        now: what it is.
        behind: the key of what it stands behind, or stood, where it is added or removed; None: first.

    Example:
        >>> one = JourneyMap.load({"title": "A", "stages": [{"key": "buy", "name": "Buy"}]})
        >>> other = JourneyMap.load({**one.document(), "title": "B"})
        >>> [(change.part, change.field, change.was["en"], change.now["en"]) for change in changes(one, other)]
        [('map', 'title', 'A', 'B')]
    """

    called: ClassVar[str] = "change"

    part: str
    key: str | None = None
    field: str | None = None
    was: Any = None
    now: Any = None
    behind: str | None = None

    @property
    def kind(self) -> Literal["added", "removed", "moved", "changed"]:
        """What was done, for people."""
        if self.field is None:
            return "added" if self.was is None else "removed"
        return "moved" if self.field == _PLACE else "changed"

    def undone(self) -> Change:
        """The change that takes this one back."""
        return self.model_copy(update={"was": self.now, "now": self.was})


def changes(before: JourneyMap, after: JourneyMap) -> tuple[Change, ...]:
    """What is otherwise in a map.

    Args:
        before: it as it was.
        after: it as it is.

    Returns:
        The changes, in an order in which they can be applied.
    """
    old, new = before.document(), after.document()
    own = (field for field in _fields(old, new) if field not in _KEPT and field not in PARTS)
    found = _otherwise("map", None, old, new, own)
    for part in PARTS:
        found += _of_part(part, _by_key(old.get(part, ())), _by_key(new.get(part, ())))
    return tuple(found)


def undone(made: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that take some changes back, in their order."""
    return tuple(change.undone() for change in reversed(made))


def applied(map_: JourneyMap, made: Iterable[Change]) -> JourneyMap:
    """A map with some changes.

    Args:
        map_: it.
        made: they, in order.

    Raises:
        BadInput: something is not as a change says it was, or the map would not be whole.
    """
    document = map_.document()
    parts = {part: _by_key(document.get(part, ())) for part in PARTS}
    order = {part: list(found) for part, found in parts.items()}
    for change in made:
        if (change.part, change.field) == LINEAGE:
            document["lineage"] = _rows(document.get("lineage", []), change.was or [], change.now or [])
        elif change.part == "map":
            _change_field(document, change)
        elif change.part not in parts:
            raise BadInput("no_part_of_map", part=change.part, known=["map", *PARTS])
        else:
            _change_part(parts[change.part], order[change.part], change)
    return JourneyMap.load({**document, **{part: [found[key] for key in order[part]] for part, found in parts.items()}})


_Parts = dict[str, dict[str, Any]]


def _by_key(parts: Iterable[dict[str, Any]]) -> _Parts:
    return {part["key"]: part for part in parts}


def _fields(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys((*one, *other)))


def _otherwise(
    part: str, key: str | None, old: dict[str, Any], new: dict[str, Any], fields: Iterable[str]
) -> list[Change]:
    return [
        Change(part=part, key=key, field=field, was=old.get(field), now=new.get(field))
        for field in fields
        if old.get(field) != new.get(field)
    ]


def _of_part(part: str, old: _Parts, new: _Parts) -> list[Change]:
    """What goes, from the back, then what comes and moves, from the front: so each finds what it stands behind."""
    order, found = list(old), []
    for key in reversed(old):
        if key not in new:
            found.append(Change(part=part, key=key, was=old[key], behind=_behind(order, key)))
            order.remove(key)
    stay = _in_order([key for key in new if key in old], {key: place for place, key in enumerate(order)})
    last = None
    for key, now in new.items():
        if key not in old:
            found.append(Change(part=part, key=key, now=now, behind=last))
            _put(order, key, last)
        elif key not in stay:
            found.append(Change(part=part, key=key, field=_PLACE, was=_behind(order, key), now=last))
            order.remove(key)
            _put(order, key, last)
        last = key
    for key in new:
        if key in old and old[key] != new[key]:
            found += _otherwise(part, key, old[key], new[key], _fields(old[key], new[key]))
    return found


def _in_order(keys: Sequence[str], place: dict[str, int]) -> set[str]:
    """The most keys that need not move: a longest run of them that is in the order of `place` already."""
    ends: list[int] = []
    at: list[int] = []
    for key in keys:
        length = bisect_left(ends, place[key])
        ends[length : length + 1] = [place[key]]
        at.append(length)
    kept, wanted = set(), len(ends) - 1
    bound = len(place)
    for key, length in zip(reversed(keys), reversed(at), strict=True):
        if length == wanted and place[key] < bound:
            kept.add(key)
            wanted, bound = wanted - 1, place[key]
    return kept


def _rows(there: list[Any], was: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    """What is there without what a change takes away, and with what it adds."""
    stay = [row for row in there if row in now or row not in was]
    return [*stay, *(row for row in now if row not in was and row not in stay)]


def _behind(order: list[str], key: str) -> str | None:
    place = order.index(key)
    return order[place - 1] if place else None


def _put(order: list[str], key: str, behind: str | None) -> None:
    """A key behind another, or first; last where the other is gone meanwhile."""
    if behind is None:
        order.insert(0, key)
    else:
        order.insert(order.index(behind) + 1 if behind in order else len(order), key)


def _change_part(parts: _Parts, order: list[str], change: Change) -> None:
    key = change.key or ""
    there = parts.get(key)
    if change.field is None:
        if there != change.was:
            raise BadInput("map_changed", part=change.part, key=key)
        if change.now is None:
            parts.pop(key, None)
            order.remove(key)
        else:
            parts[key] = change.now
            _put(order, key, change.behind)
    elif there is None:
        raise BadInput("map_changed", part=change.part, key=key)
    elif change.field == _PLACE:
        order.remove(key)
        _put(order, key, change.now)
    else:
        parts[key] = there = dict(there)
        _change_field(there, change)


def _change_field(there: dict[str, Any], change: Change) -> None:
    field = change.field or ""
    if field in _KEPT or there.get(field) != change.was:
        raise BadInput("map_changed", part=change.part, key=change.key or field)
    if change.now is None:
        there.pop(field, None)
    else:
        there[field] = change.now
