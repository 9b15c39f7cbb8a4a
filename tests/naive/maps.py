"""How customers travel over a map, followed one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from naive.journeys import Event, What
from naive.paths import paths

DAY = 86_400_000_000

Place = tuple[str, str]


def later(one: Event, other: Event) -> bool:
    """Whether one of two events of a line, the later one, is known to have come later."""
    if "order" in (one.time_basis, other.time_basis):
        return False
    return (one.exact and other.exact) or other.time - one.time >= DAY


def travelled(
    events: Iterable[Event], step_of: Mapping[str, str], steps: Sequence[str], first: set[str], last: set[str],
    where: What = None, since: int | None = None, until: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What a map says of them: ``left`` and ``reached`` by step, ``channels``, ``switches``, ``again``, ``since``
    (the times from each customer's first step), ``met`` (when somebody was there first, and whether exactly).

    Args:
        events: all of them.
        step_of: the step that an event's name shows.
        steps: in the map's order.
        first, last: the steps of its first and last stage.
    """
    furthest: Counter[str] = Counter()
    channels: dict[Place, set[str]] = defaultdict(set)
    switches: Counter[tuple[Place, Place]] = Counter()
    switchers: dict[tuple[Place, Place], set[str]] = defaultdict(set)
    reached_last, came_back = set(), set()
    after: dict[str, list[int]] = defaultdict(list)
    met: dict[str, tuple[int, bool]] = {}
    shown = [event for event in events if event.event in step_of]
    for customer, line in paths(shown, "event", where=where, since=since, until=until):
        at = [step_of[event.event] for event in line]
        seen = [step for event, step in zip(line, at, strict=True) if event.time_basis != "order"]
        if seen:
            furthest[max(seen, key=steps.index)] += 1
        for event, step in zip(line, at, strict=True):
            if event.channel is not None:
                channels[step, event.channel].add(customer)
        for (one, a), (other, b) in pairwise(zip(line, at, strict=True)):
            if None not in (one.channel, other.channel) and one.channel != other.channel and later(one, other):
                pair = (a, str(one.channel)), (b, str(other.channel))
                switches[pair] += 1
                switchers[pair].add(customer)
        known = [(event, step) for event, step in zip(line, at, strict=True) if event.time_basis != "order"]
        for step in {step for _, step in known}:
            there = next(event for event, one in known if one == step)
            if there.exact and known[0][0].exact:
                after[step].append(there.time - known[0][0].time)
            first_ever = met.get(step, (there.time, there.exact))
            met[step] = min(first_ever, (there.time, there.exact), key=lambda one: (one[0], not one[1]))
        ends = [event for event, step in zip(line, at, strict=True) if step in last and event.time_basis != "order"]
        if ends:
            reached_last.add(customer)
            rest = line[line.index(ends[0]) + 1 :]
            if any(step_of[event.event] in first and later(ends[0], event) for event in rest):
                came_back.add(customer)
    return {
        "left": {step: furthest[step] for step in steps},
        "reached": {step: sum(furthest[other] for other in steps[place:]) for place, step in enumerate(steps)},
        "channels": {place: len(some) for place, some in channels.items()},
        "switches": {pair: (number, len(switchers[pair])) for pair, number in switches.items()},
        "again": (len(came_back), len(reached_last)),
        "since": {step: sorted(some) for step, some in after.items()},
        "met": met,
    }
