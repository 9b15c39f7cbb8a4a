"""Hand-offs: each thing done, and what took over from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from naive.journeys import Event, What, in_range, journeys, last_time


@dataclass(frozen=True)
class Handoff:
    customer: str
    given: Event
    taken: Event | None
    status: str
    mature: bool

    @property
    def took(self) -> int | None:
        """The time it took, where it is known."""
        return self.taken.time - self.given.time if self.taken and self.status != "untimed" else None


def exact(event: Event | None) -> bool:
    return event is None or event.time_basis in (None, "exact")


def matched(line: Sequence[Event], source: Iterable[str], target: Iterable[str], by: str, own: bool) -> dict[int, int]:
    """The place of each source → that of its target, each found by looking through all that came after it."""
    sources = [i for i, event in enumerate(line) if event.get(by) in source]
    targets = [i for i, event in enumerate(line) if event.get(by) in target]
    found: dict[int, int] = {}
    for i in sources:
        free = [t for t in targets if t > i and (not own or t not in found.values())]
        if free:
            found[i] = free[0]
    return found


def handoffs(
    events: Iterable[Event],
    source: Sequence[str],
    target: Sequence[str],
    within: int,
    by: str = "event",
    match: str = "own",
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> list[Handoff]:
    events = list(events)
    horizon, found = last_time(events), []
    for customer, line in journeys(events, where).items():
        taken = matched(line, source, target, by, match == "own")
        for i, event in enumerate(line):
            if event.get(by) not in source or not in_range(event, since, until):
                continue
            other = line[taken[i]] if i in taken else None
            over = event.time + within <= horizon
            if not exact(event) or not exact(other):
                status = "untimed"
            elif other is not None:
                status = "kept" if other.time - event.time <= within else "late"
            else:
                status = "broken" if over else "pending"
            found.append(Handoff(customer, event, other, status, over and status != "untimed"))
    return found
