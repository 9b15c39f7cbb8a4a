"""Whether a map's cells can still be relied on: what feeds them is old, or they are no longer what people last saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from scipy.special import ndtr

from lvtu.analyses.overview.changes import Change, controlled
from lvtu.core.sentences import Note, Term
from lvtu.core.units import DAY, HOUR, duration, moment
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.drawing.numbers import number
from lvtu.maps.live.filled import Filled, Value

_Z = 1.959963984540054
"""Standard errors from the middle to the end of a 95 % interval."""


class Place(NamedTuple):
    """Where a number stands: in a cell, or in the head (``lane`` and ``step`` are empty) by the key of its binding."""

    lane: str
    step: str
    binding: str


@dataclass(frozen=True)
class Marked:
    """The numbers of a map as they were when somebody saw them.

    Attributes:
        number: of the version that was kept then; None where the map was marked as seen.
        time: when, µs.
        by: what whoever did is called.
        values: value, low, high and n, by lane and step joined by a stroke, or by the key of a binding.
        author: the id of whoever did; None: known by the name alone.
    """

    number: int | None
    time: int
    by: str
    values: Mapping[str, tuple[float, float | None, float | None, int]]
    author: str | None = None


@dataclass(frozen=True)
class Stale:
    """A cell that is not to be relied on any more.

    Attributes:
        lane, step: where; empty in the head.
        binding: the key of its question.
        kind: ``old``: nothing fed it for longer than its cadence; ``moved``: it is no longer what it was when the map
            was last kept under a name, or seen; ``gone``: it had a value then, and has none now.
        why: that in words.
        owner: who answers for the step, its stage or the map, as the map says: a person, else a department; None where
            nobody does.
    """

    lane: str
    step: str
    binding: str
    kind: Literal["old", "moved", "gone"]
    why: Note
    owner: str | None = None


def key_of(place: Place) -> str:
    """The name that a number is kept under: ``lane/step``, or the key of its binding."""
    return f"{place.lane}/{place.step}" if place.lane else place.binding


def numbers_of(map_: JourneyMap, filled: Filled) -> Iterator[tuple[Place, Value]]:
    """The numbers of a map that questions give, the head first."""
    for key, value in filled.head.items():
        yield Place("", "", key), value
    for lane, values in filled.values.items():
        for step, value in values.items():
            binding = map_.bound(lane, step)
            if binding is not None:
                yield Place(lane, step, binding.key), value


def remembered(map_: JourneyMap, filled: Filled) -> dict[str, list[Any]]:
    """The numbers of a map as they are kept when it is published or seen."""
    return {key_of(place): [value.value, value.low, value.high, value.n] for place, value in numbers_of(map_, filled)}


def stale(map_: JourneyMap, filled: Filled, seen: Marked | None, now: int) -> list[Stale]:
    """The cells that are not to be relied on.

    A cell is *old* where more time than its binding's cadence has passed since the newest event or answer that feeds
    it. It has *moved* where its value lies outside the interval that it had when it was last seen, and that is more
    than chance: with two samples of one size, one value in six lies outside the other's 95 % interval though nothing
    changed, so the difference is tested too (normal, with both intervals' standard errors), with false-discovery
    control over all cells that are compared (Benjamini & Hochberg). Where both values share answers the test is
    cautious. A number without an interval is not compared; one that was there and has no answers now is *gone*.

    Args:
        map_: the map.
        filled: its answers.
        seen: what was last seen; None where nothing was.
        now: the time, µs.
    """
    found = {place: None for place, _ in numbers_of(map_, filled)}
    values = {key_of(place): value for place, value in numbers_of(map_, filled)}
    told: dict[str, Stale] = {}
    for one in [*_gone(map_, values, seen, filled), *_moved(map_, found, values, seen), *_old(map_, filled, now)]:
        told[key_of(Place(one.lane, one.step, one.binding))] = one
    order = {key_of(place): number for number, place in enumerate(found)}
    return sorted(told.values(), key=lambda one: order.get(key_of(Place(one.lane, one.step, one.binding)), len(order)))


def marked(filled: Filled, some: list[Stale]) -> Filled:
    """The answers with what is stale marked in them."""
    if not some:
        return filled
    cells = {(one.lane, one.step): one.why for one in some if one.lane}
    heads = {one.binding: one.why for one in some if not one.lane}
    values = {
        lane: {step: replace(value, stale=cells.get((lane, step))) for step, value in own.items()}
        for lane, own in filled.values.items()
    }
    head = {key: replace(value, stale=heads.get(key)) for key, value in filled.head.items()}
    return replace(filled, values=values, head=head)


def _old(map_: JourneyMap, filled: Filled, now: int) -> Iterator[Stale]:
    for place, _ in numbers_of(map_, filled):
        binding = _binding(map_, place.binding)
        fed = filled.newest.get(place.binding, {}).get(place.step)
        if binding.cadence is None or fed is None or now - fed <= duration(binding.cadence):
            continue
        why = Note("stale_old", day=f"{moment(fed):%Y-%m-%d}", cadence=_told(duration(binding.cadence)))
        yield Stale(*place, "old", why, _owner(map_, place.step))


def _moved(
    map_: JourneyMap, places: Mapping[Place, None], values: Mapping[str, Value], seen: Marked | None
) -> Iterator[Stale]:
    if seen is None:
        return
    compared = [place for place in places if key_of(place) in seen.values]
    changes = [_change(values[key_of(place)], *seen.values[key_of(place)][:3]) for place in compared]
    for place, change in zip(compared, controlled(changes), strict=True):
        value = values[key_of(place)]
        before, low, high, _ = seen.values[key_of(place)]
        if change is None or not change.changed or low is None or high is None or low <= value.value <= high:
            continue
        ends = f"{number(low, value.unit, 'en')} … {number(high, value.unit, 'en')}"
        why = Note("stale_moved", seen=_when(seen), was=number(before, value.unit, "en"), ends=ends)
        yield Stale(*place, "moved", why, _owner(map_, place.step))


def _when(seen: Marked) -> Term:
    day = f"{moment(seen.time):%Y-%m-%d}"
    return Term("map_seen", day=day) if seen.number is None else Term("map_version", number=seen.number, day=day)


def _told(span: int) -> Term:
    days, rest = divmod(span, DAY)
    return Term("map_hours", n=round(span / HOUR)) if rest and days < 2 else Term("map_days", n=round(span / DAY))


def _change(now: Value, before: float, low: float | None, high: float | None) -> Change | None:
    if now.low is None or now.high is None or low is None or high is None or now.few:
        return None
    error = float(((now.high - now.low) ** 2 + (high - low) ** 2) ** 0.5) / (2 * _Z)
    if error == 0:
        return None
    apart = now.value - before
    return Change(before, apart, p_value=float(2 * ndtr(-abs(apart) / error)))


def _gone(map_: JourneyMap, values: Mapping[str, Value], seen: Marked | None, filled: Filled) -> Iterator[Stale]:
    for key in seen.values if seen is not None else ():
        if key in values:
            continue
        lane, stroke, step = key.partition("/")
        place = _there(map_, lane, step) if stroke else _in_head(map_, key)
        if place is not None and seen is not None:
            yield Stale(*place, "gone", Note("stale_gone", seen=_when(seen)), _owner(map_, place.step))


def _there(map_: JourneyMap, lane: str, step: str) -> Place | None:
    if step not in {one.key for one in map_.steps}:
        return None
    binding = map_.bound(lane, step)
    return None if binding is None else Place(lane, step, binding.key)


def _in_head(map_: JourneyMap, key: str) -> Place | None:
    there = any(one.key == key and one.lane is None for one in map_.bindings)
    return Place("", "", key) if there else None


def _binding(map_: JourneyMap, key: str) -> Binding:
    return next(one for one in map_.bindings if one.key == key)


def _owner(map_: JourneyMap, step: str) -> str | None:
    parts = (map_,) if not step else (map_.step(step), map_.stage(map_.step(step).stage), map_)
    return next((who for one in parts if (who := one.person or one.owner)), None)
