"""Maps within maps: a step is told in detail by a map of its own, whose steps may be told in detail too.

A step names the map that tells it (`lvtu.maps.document.Step.child`), and that is all that is kept of it: where a map
stands, its level, and the way down to it follow. Several steps may be told by one map; its `parent` says by way of
which it is shown where there are several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lvtu.errors import BadInput
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.filled import Filled, Value

Read = Callable[[str], JourneyMap | None]
"""A map by its id; None where there is none (any more)."""


class Place(NamedTuple):
    """A step of a map."""

    map: str
    step: str


def refuse_cycle(document: JourneyMap, read: Read) -> None:
    """Refuse a map that would contain itself.

    Args:
        document: it.
        read: the other maps.

    Raises:
        BadInput: one of its steps is told by the map itself, or by one that leads back to it.
    """
    for step in document.steps:
        if step.child is None:
            continue
        way = _back(document.id, step.child, read, ())
        if way is not None:
            titles = [document.title.en, *(found.title.en for id in way if (found := read(id)) is not None)]
            raise BadInput("map_within_itself", map=document.title.en, step=step.name.en, way=" → ".join(titles))


def _back(top: str, id: str, read: Read, seen: tuple[str, ...]) -> tuple[str, ...] | None:
    """The maps on the way from one down to the top; None where none leads there."""
    if id == top:
        return (*seen, id)
    found = None if id in seen else read(id)
    for step in found.steps if found is not None else ():
        if step.child is not None and (way := _back(top, step.child, read, (*seen, id))) is not None:
            return way
    return None


def places(maps: Mapping[str, JourneyMap]) -> dict[str, list[Place]]:
    """By the id of a map the steps that it tells in detail; the one that its `parent` names first."""
    found: dict[str, list[Place]] = {}
    for id, one in maps.items():
        for step in one.steps:
            if step.child in maps:
                found.setdefault(step.child or "", []).append(Place(id, step.key))
    for id, some in found.items():
        parent = maps[id].parent
        if parent is not None and (named := Place(parent.map, parent.step)) in some:
            some.remove(named)
            some.insert(0, named)
    return found


def crumbs(id: str, above: Mapping[str, list[Place]]) -> list[Place]:
    """The way down to a map, from the top: each step is told by the map of the next.

    Args:
        id: the map's.
        above: as `places` tells it.

    Example:
        >>> crumbs("c", {"c": [Place("b", "pay")], "b": [Place("a", "buy")]})
        [Place(map='a', step='buy'), Place(map='b', step='pay')]
    """
    way: list[Place] = []
    while (there := above.get(id)) and there[0].map not in {one.map for one in way}:
        way.insert(0, there[0])
        id = there[0].map
    return way


@dataclass(frozen=True)
class Rolled:
    """A number of a map, told as one number of the step that it tells in detail.

    Attributes:
        analysis, spec: the question.
        of: the key of the lane in the map below; ``volume`` where customers are counted at steps.
        value: it.
        steps: at how many steps it is known.
    """

    analysis: str
    spec: str
    of: str
    value: Value
    steps: int


def rolled_up(id: str, read: Read, answers: Callable[[str], Filled]) -> list[Rolled]:
    """The numbers of a map as those of one step.

    Counts are added up: ``Σ v``, with n their sum as well (a customer who was at two steps counts twice, as at the
    steps). Scores and shares are means weighted by what each rests on: ``Σ n·v / Σ n``, with ``n = Σ n``; so they are
    the score of all answers together where the score is a mean of answers, as feelings, CSAT, NPS and means are.
    Durations are not told: a median of medians says nothing. An interval is not told either: answers at
    several steps come from the same customers, so it cannot be had from those of the steps. A step that has no figure
    of its own and is told by a map takes that map's.

    Args:
        id: the map's.
        read: maps by id.
        answers: what the data say to a map, by id.
    """
    return [
        Rolled(analysis, spec, of, _one(values), len(values))
        for (analysis, spec), (of, values) in _values(id, read, answers, ()).items()
        if values
    ]


_Question = tuple[str, str]
_Values = dict[_Question, tuple[str, list[Value]]]
VOLUME = ("volume", "{}")
"""Customers at steps: what every map counts."""


def _values(id: str, read: Read, answers: Callable[[str], Filled], above: tuple[str, ...]) -> _Values:
    """By question the values at the steps of a map, those of maps below in the place of steps without one."""
    map_ = read(id)
    if map_ is None or id in above:
        return {}
    filled = answers(id)
    found: _Values = {VOLUME: ("volume", [Value(one.n, "count", one.n) for one in filled.volume.values()])}
    known = {(VOLUME, step) for step in filled.volume}
    for binding, at in _bound(map_, filled):
        question = binding.analysis, json.dumps(binding.spec, sort_keys=True)
        told = found.setdefault(question, (binding.lane or "", []))[1]
        told += [value for value in at.values() if value.unit != "duration"]
        known |= {(question, step) for step in at}
    for step in map_.steps:
        below = {} if step.child is None else _values(step.child, read, answers, (*above, id))
        for question, (of, values) in below.items():
            if (question, step.key) not in known and values:
                found.setdefault(question, (of, []))[1].append(_one(values))
    return found


def _bound(map_: JourneyMap, filled: Filled) -> Iterator[tuple[Binding, Mapping[str, Value]]]:
    """The bindings of whole lanes, and what each answers by step."""
    for binding in map_.bindings:
        if binding.lane is not None and binding.step is None:
            yield binding, filled.values.get(binding.lane, {})


def _one(values: list[Value]) -> Value:
    n, unit = sum(one.n for one in values), values[0].unit
    if unit == "count":
        return Value(sum(one.value for one in values), unit, n)
    weight = n or len(values)
    return Value(sum(one.value * (one.n if n else 1) for one in values) / weight, unit, n)
