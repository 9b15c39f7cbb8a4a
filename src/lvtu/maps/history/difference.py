"""What is otherwise in another map, cell by cell: two versions of one, or a journey as it is and as it is to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from lvtu.core.words import Lang, known
from lvtu.maps.changes import Change, changes
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.history.names import Names, kind_of, words_of
from lvtu.maps.history.sentences import shown

_OWN = frozenset({"state", "pair", "lineage"})
"""What is otherwise in a pair of maps as a matter of course, or told by the rest."""

Kind = Literal["added", "removed", "moved", "changed"]


class Row(NamedTuple):
    """One thing that is otherwise.

    Attributes:
        kind: ``added``, ``removed``, ``moved`` or ``changed``.
        part, key: of what.
        called: what sort of part that is, in words.
        name: what people call it.
        lane: the label of its lane; empty where it stands in none.
        field: what of it, in words; empty: all of it.
        was, now: what it was, and is; empty: not there.
    """

    kind: Kind
    part: str
    key: str
    called: str
    name: str
    lane: str
    field: str
    was: str
    now: str


class Group(NamedTuple):
    """What is otherwise at a step; None: of the map as a whole, its stages, lanes and the rest."""

    step: str | None
    name: str
    rows: tuple[Row, ...]


class Difference(NamedTuple):
    """What is otherwise, step by step, and how much of it is of which kind."""

    groups: tuple[Group, ...]
    counts: dict[str, int]


def difference(
    before: JourneyMap, after: JourneyMap, lang: Lang, titles: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> Difference:  # fmt: skip
    """What is otherwise in a map.

    Args:
        before: what it is compared with.
        after: it.
        lang: in which language.
        titles: what people call other maps, by their ids: a step may be told in detail by one.

    Example:
        >>> before = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        ... })
        >>> after = JourneyMap.load({**before.document(), "steps": [
        ...     {"key": "pay", "stage": "buy", "name": "Pay by face"},
        ... ]})
        >>> found = difference(before, after, "en")
        >>> [(group.name, row.field, row.was, row.now) for group in found.groups for row in group.rows]
        [('Pay by face', 'name', 'Pay', 'Pay by face')]
        >>> found.counts
        {'changed': 1}
    """
    made = [one for one in changes(before, after) if not (one.part == "map" and one.field in _OWN)]
    old, new = Names.of(before), Names.of(after)
    order = [step.key for step in after.steps] + [s.key for s in before.steps if ("steps", s.key) not in new.parts]
    by_step: dict[str | None, list[Row]] = {}
    for change in made:
        step = _step(change, old, new, before, after)
        by_step.setdefault(step, []).append(_row(change, old, new, lang, titles))
    names = Names({**old.parts, **new.parts})
    groups = [
        Group(step, "" if step is None else names.called("steps", step, lang), tuple(by_step[step]))
        for step in (None, *order)
        if step in by_step
    ]
    return Difference(tuple(groups), _counted(groups))


def _counted(groups: Iterable[Group]) -> dict[str, int]:
    """How many parts of each kind: one of which several fields are otherwise counts once."""
    seen = {(row.kind, row.part, row.key or row.field) for group in groups for row in group.rows}
    return dict(Counter(kind for kind, _, _ in sorted(seen)))


def _step(change: Change, old: Names, new: Names, before: JourneyMap, after: JourneyMap) -> str | None:
    """At which step it is, by the name that it has now where it was split or merged."""
    if change.part == "map":
        return None
    names = old if change.field is None and change.now is None else new
    key = change.key if change.part == "steps" else names.parts.get((change.part, change.key or ""), {}).get("step")
    if change.part == "links":
        one = names.parts.get(("links", change.key or ""), {})
        key = names.parts.get(("cards", one.get("source", "")), {}).get("step")
    return key if isinstance(key, str) else None


def _row(change: Change, old: Names, new: Names, lang: Lang, titles: Mapping[str, Mapping[str, str]]) -> Row:
    part, key = change.part, change.key or ""
    names = old if change.kind == "removed" else new
    one = names.parts.get((part, key), {})
    lane = names.called("lanes", one["lane"], lang) if one.get("lane") else ""
    name = names.called(part, key, lang)
    field = change.field or ""
    if change.kind == "moved":
        was, now = (_behind(part, str(place or ""), names, lang) for place in (change.was, change.now))
    elif change.field is None:
        was, now = ("", name) if change.kind == "added" else (name, "")
    elif field in _MAPS:
        was, now = (_map(value, titles, lang) for value in (change.was, change.now))
    else:
        was, now = (_value(field, value, names, lang) for names, value in ((old, change.was), (new, change.now)))
    of = (known(f"maps.fields.{field}", lang) or field) if field else ""
    return Row(change.kind, part, key, kind_of(part, lang), name, lane, of, was, now)


_POINTS = {"step": "steps", "until": "steps", "steps": "steps", "optional": "steps", "lane": "lanes", "lanes": "lanes",
           "stage": "stages", "source": "cards", "target": "cards", "actors": "actors"}  # fmt: skip
"""Fields that name other parts of the map."""


_MAPS = frozenset({"child", "parent"})
"""Fields that name another map."""


def _map(value: object, titles: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    id = value.get("map") if isinstance(value, Mapping) else value
    return words_of(titles[id], lang) if isinstance(id, str) and id in titles else shown(value, lang)


_CALLED = {"owner": "departments", "system": "systems"}
"""Fields that name what the map as a whole says the names of, in both languages."""


def _value(field: str, value: object, names: Names, lang: Lang) -> str:
    if field in _CALLED and isinstance(value, str):
        return names.also_called(_CALLED[field], value, lang)
    part = _POINTS.get(field)
    if part is None or value is None or isinstance(value, dict):
        return shown(value, lang)
    keys: Sequence[object] = value if isinstance(value, list | tuple) else [value]
    return shown([names.called(part, str(key), lang) for key in keys], lang)


def _behind(part: str, key: str, names: Names, lang: Lang) -> str:
    """What a part stands behind."""
    return names.called(part, key, lang) if key else ""
