"""The funnel: how many units get how far.

What an attempt is, which events fill its steps, and which of several attempts counts, is defined in
`naive.attempts`; here units are made, one attempt of each is chosen, and they are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from naive.attempts import Chain, Exclude, Rules, Step, in_any_order, rank, search, with_options
from naive.intervals import wilson
from naive.journeys import Event, What, in_range, journeys, last_time, sessions

__all__ = ["Exclude", "Funnel", "Step", "funnel"]

HALF_HOUR = 30 * 60 * 1_000_000


@dataclass
class Attempt:
    """What is counted of one unit."""

    events: dict[int, Event]  # step number (1-based) → the event that filled it, optional steps included
    reach: int  # required steps filled
    complete: bool
    immature: bool = False
    group: Any = None

    @property
    def chain(self) -> list[str]:
        return [event.message_id for _, event in sorted(self.events.items())]


def attempts(rules: Rules, journey: list[Event], entry: str, since: int | None, until: int | None, fill: Any) -> list:
    """The attempts to choose from, as (chain, closed): one, except for entry each."""
    if rules.order == "any":
        fill, doors = in_any_order, rules.steps
    else:
        doors = rules.steps[:1]
    starts = [i for i, e in enumerate(journey) if in_range(e, since, until) and any(step.matches(e) for step in doors)]
    if not starts or entry != "each":
        chosen = {"any": starts, "first": starts[:1], "latest": starts[-1:], "each": starts}[entry]
        return [fill(rules, journey, chosen)] if chosen else []
    found, free = [], 0
    for start in starts:
        if start >= free:
            chain, free = fill(rules, journey, [start])
            found.append((chain, free))
    return found


@dataclass
class Row:
    """One step of one group."""

    step: int
    group: Any
    customers: int  # units, to be exact
    from_previous: float | None
    from_start: float | None
    interval: tuple[float, float] | None  # of from_start, 95 %
    previous_interval: tuple[float, float] | None
    durations: list[int]  # from the previous required step, sorted; of those whose two times are exact


@dataclass
class Funnel:
    rows: list[Row]
    units: dict[Any, Attempt] = field(default_factory=dict)

    @property
    def customers(self) -> list[int]:
        return [row.customers for row in self.rows]

    @property
    def reach(self) -> dict[Any, int]:
        return {key: unit.reach for key, unit in self.units.items()}

    @property
    def chains(self) -> dict[Any, list[str]]:
        return {key: unit.chain for key, unit in self.units.items()}

    @property
    def immature(self) -> int:
        return sum(unit.immature for unit in self.units.values())


def table(steps: list[Step], units: Iterable[Attempt], group: Any) -> list[Row]:
    """The rows of one group. The step before a step is the last *required* one before it."""
    units, rows, previous = list(units), [], 1
    reached = {k: [u for u in units if k in u.events] for k in range(1, len(steps) + 1)}
    for k, step in enumerate(steps, 1):
        now, before, start = len(reached[k]), len(reached[previous]), len(reached[1])
        pairs = [(u.events[previous], u.events[k]) for u in reached[k]] if k > 1 else []
        gaps = sorted(it.time - before_it.time for before_it, it in pairs if before_it.exact and it.exact)
        first = k == 1
        from_previous = None if first or not before else now / before
        ends = [None if first or not of else wilson(now, of) for of in (start, before)]
        rows.append(Row(k, group, now, from_previous, now / start if start else None, *ends, gaps))
        previous = previous if step.optional else k
    return rows


def funnel(
    events: Iterable[Event],
    steps: Sequence[Step | What],
    *,
    within: int | None = None,
    entry: str = "any",
    order: str = "ordered",
    ties: str = "follow",
    exclude: Sequence[Exclude] = (),
    hold: Sequence[str] = (),
    unit: str = "customers",
    session_gap: int = HALF_HOUR,
    since: int | None = None,
    until: int | None = None,
    where: What = None,
    by: Callable[[Event], Any] | None = None,
    by_step: int = 1,
    horizon: int | None = None,
    fill: Callable[..., tuple[Chain, int]] = search,
) -> Funnel:
    """The funnel. `units` is keyed by customer, or by (customer, number) for sessions and totals."""
    events = list(events)
    steps = [step if isinstance(step, Step) else Step(step) for step in steps]
    required = [number for number, step in enumerate(steps, 1) if not step.optional]
    assert required[0] == 1 and required[-1] == len(steps), "the first and the last step are required"
    assert order == "ordered" or len(required) == len(steps), "optional steps need order='ordered'"
    excluded = [Exclude(x.events, x.where, required.index(x.after) + 1, required.index(x.before) + 1) for x in exclude]
    rules = Rules([steps[number - 1] for number in required], within, order, ties, excluded, hold)
    entry = "each" if unit == "totals" else entry
    horizon = last_time(events) if horizon is None else horizon
    units: dict[Any, Attempt] = {}
    for customer, whole in journeys(events, where).items():
        for s, journey in enumerate(sessions(whole, session_gap) if unit == "sessions" else [whole]):
            found = attempts(rules, journey, entry, since, until, fill)
            if unit != "totals":
                found = sorted(found, key=lambda one: rank(one[0]))[-1:]
            for n, (chain, end) in enumerate(found):
                complete = len(chain) == len(rules.steps)
                late = within is not None and not complete and journey[chain[0]].time + within > horizon
                end = end if entry == "each" else len(journey)
                filled = with_options(rules, steps, journey, chain, end)
                group = by(filled[by_step]) if by and by_step in filled else None
                key = {"customers": customer, "sessions": (customer, s), "totals": (customer, n)}[unit]
                units[key] = Attempt(filled, len(chain), complete, late, group)
    groups = sorted({u.group for u in units.values()}, key=lambda g: (g is None, str(g))) if by else [None]
    rows = [row for g in groups for row in table(steps, [u for u in units.values() if not by or u.group == g], g)]
    return Funnel(rows, units)
