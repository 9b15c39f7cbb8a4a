"""Nested journeys: what the journeys within the stages of one add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from naive.journeys import Event, What, journeys
from naive.stages import Stage, ended, entered


class Journey(NamedTuple):
    key: str
    stages: Sequence[tuple[str, Stage, Journey | None]]


@dataclass
class Place:
    entered: set[str] | None = None  # by a stage's own rules
    customers: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)  # of a journey: the customers of its first stage,
    through: set[str] = field(default_factory=set)  # and of them those of its last one
    stays: list[int] = field(default_factory=list)
    given: set[Event] = field(default_factory=set)  # events with scores that count

    def mean(self, scale: str | None) -> float:
        told = [(e.score, 1.0 if e.weight is None else e.weight) for e in self.given if e.scale == scale]
        return sum(score * weight for score, weight in told) / sum(weight for _, weight in told)  # type: ignore[operator]


def rollup(
    events: Iterable[Event],
    journey: Journey,
    order: str = "ordered",
    since: int | None = None,
    until: int | None = None,
    where: What = None,
    moment: int | None = None,
) -> dict[str, Place]:
    """Path → what stands there."""
    lines = journeys([event for event in events if moment is None or event.time <= moment], where)
    return _told(journey, lines, (order, since, until), "")


def _told(journey: Journey, lines: dict[str, list[Event]], options: tuple, above: str) -> dict[str, Place]:  # type: ignore[type-arg]
    path = f"{above}{journey.key}"
    whole, stages = Place(), [stage for _, stage, _ in journey.stages]
    own = [Place(set()) for _ in stages]
    for customer, line in lines.items():
        entries = entered(line, stages, *options)
        ends = {k: ended(line, stages, options[0], entries, k) for k in entries}
        for k, place in entries.items():
            own[k].entered.add(customer)  # type: ignore[union-attr]
            own[k].customers.add(customer)
            if (end := ends[k]) is not None and all(line[p].time_basis in (None, "exact") for p in (place, end)):
                own[k].stays.append(line[end].time - line[place].time)
        for at, event in enumerate(line):
            inside = [(entries[k], k) for k in entries if entries[k] <= at and (ends[k] is None or at < ends[k])]
            if inside and event.score is not None and event.weight != 0:
                own[max(inside)[1]].given.add(event)
    found, told = {path: whole}, []
    for (key, _, child), place in zip(journey.stages, own, strict=True):
        if child is not None:
            below = _told(child, lines, options, f"{path}/{key}/")
            inner = below[f"{path}/{key}/{child.key}"]
            place = Place(place.entered, inner.customers, inner.first, inner.through, inner.stays, inner.given)
            found |= {f"{path}/{key}": place, **below}
        else:
            found[f"{path}/{key}"] = place
        told.append(place.customers)
        whole.customers |= place.customers
        whole.stays.extend(place.stays)
        whole.given |= place.given
    whole.first, whole.through = told[0], told[0] & told[-1]
    return found
