"""One attempt at a funnel, by exhaustive search: the definition, for journeys short enough to try everything.

A **chain** is a choice of events for steps 1…k of one attempt (its first event starts the attempt). It is
valid when every event of it `may_follow` the chain before it; so every beginning of a valid chain is valid.
An attempt reaches k when a valid chain of length k starts with its first event.

The **counted chain** of a unit (a customer, a session, an attempt) is, among all valid chains of the attempts
in question,

1. one of the greatest length (the furthest), then
2. one whose last event comes earliest in the journey, then
3. the one that starts latest, then whose step 2 is latest, and so on.

There are no ties left after 3, and a stronger thing holds: among the chains with the same last event and the
same `hold` values, the counted one is latest at *every* step. For let two valid chains end in the same event,
and take from both, step by step, the later event. Where this mix changes from one chain to the other, the gap
only shrinks, order and strict ties are kept (t(a) ≤ t(a′) < t(b′) ≤ t(b)), the start is the later one, and the
stretch an exclusion watches lies within the stretch of the chain its end was taken from: the mix is valid too.

That is why one forward pass finds it (`naive.funnel_forward`). Entries `first` and `latest` leave one attempt to
choose from, so rule 2 is "the earliest completion" and rule 3 settles the steps between.

Optional steps are left out of chains and filled afterwards, into the counted one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from naive.journeys import Event, What, matches

Chain = tuple[int, ...]
"""Positions in a journey, of the events of steps 1…k."""


@dataclass(frozen=True)
class Step:
    events: What = None
    where: Callable[[Event], bool] | None = None
    within: int | None = None
    optional: bool = False

    def matches(self, event: Event) -> bool:
        return matches(self.events, event) and (self.where is None or self.where(event))


@dataclass(frozen=True)
class Exclude:
    """Events that end an attempt between the events of two required steps (1-based)."""

    events: What = None
    where: Callable[[Event], bool] | None = None
    after: int = 1
    before: int = 2

    matches = Step.matches


@dataclass(frozen=True)
class Rules:
    steps: list[Step]  # the required ones
    within: int | None = None
    order: str = "ordered"
    ties: str = "follow"
    exclude: Sequence[Exclude] = ()  # numbered by required steps
    hold: Sequence[str] = ()


def no_longer(gap: int, limit: int | None) -> bool:
    return limit is None or gap <= limit


def held(rules: Rules, event: Event) -> tuple[Any, ...]:
    return tuple(event.get(name) for name in rules.hold)


def cut(rules: Rules, journey: list[Event], chain: Chain, position: int) -> bool:
    """Does an excluded event lie where the chain is watched, before this position?"""
    watching = [x for x in rules.exclude if x.after <= len(chain) < x.before]
    return any(x.matches(e) for x in watching for e in journey[chain[x.after - 1] + 1 : position])


def may_go_on(rules: Rules, journey: list[Event], chain: Chain, position: int, time: int) -> bool:
    """Could some event at this place and time fill the chain's next step?"""
    if len(chain) == len(rules.steps):
        return False
    return (
        no_longer(time - journey[chain[0]].time, rules.within)
        and no_longer(time - journey[chain[-1]].time, rules.steps[len(chain)].within)
        and (rules.order != "strict" or position == chain[-1] + 1)
        and not cut(rules, journey, chain, position)
    )


def fits(rules: Rules, journey: list[Event], chain: Chain, step: Step, position: int) -> bool:
    """Does the event there match the step, keep the held values and the rule for ties?"""
    first, last, event = journey[chain[0]], journey[chain[-1]], journey[position]
    return (
        step.matches(event)
        and (rules.ties != "strict" or event.time > last.time)
        and all(value is not None for value in held(rules, first))
        and held(rules, first) == held(rules, event)
    )


def may_follow(rules: Rules, journey: list[Event], chain: Chain, position: int) -> bool:
    """May the event at this position fill the chain's next step?"""
    return may_go_on(rules, journey, chain, position, journey[position].time) and fits(
        rules, journey, chain, rules.steps[len(chain)], position
    )


def rank(chain: Chain) -> tuple[int, int, Chain]:
    """Furthest, then earliest end, then latest start and latest steps between."""
    return len(chain), -chain[-1], chain


def search(rules: Rules, journey: list[Event], starts: Sequence[int]) -> tuple[Chain, int]:
    """The counted chain of the attempts that start at these positions, by growing every valid chain there is.

    Also says where the attempts are closed: the position from which a new one may start. They close when one is
    complete, or at an event after which none can go on; an event that filled no step may start a new one.
    """
    chains: list[Chain] = []
    for position in range(starts[0], len(journey)):
        born = [(*chain, position) for chain in chains if may_follow(rules, journey, chain, position)]
        born += [(position,)] if position in starts else []
        chains += born
        if any(len(chain) == len(rules.steps) for chain in born):
            return max(chains, key=rank), position + 1
        now = journey[position].time
        if position >= starts[-1] and not any(may_go_on(rules, journey, c, position + 1, now) for c in chains):
            return max(chains, key=rank), position + 1 if born else position
    return max(chains, key=rank), len(journey)


def in_any_order(rules: Rules, journey: list[Event], starts: Sequence[int]) -> tuple[Chain, int]:
    """The counted chain when steps come in any order: positions as they were filled, and where the attempt closed."""
    found = [_one_in_any_order(rules, journey, start) for start in starts]
    return max(found, key=lambda one: rank(one[0]))


def _one_in_any_order(rules: Rules, journey: list[Event], start: int) -> tuple[Chain, int]:
    filled: dict[int, int] = {}  # step → position, in the order of filling
    for position in range(start, len(journey)):
        event, chain = journey[position], tuple(filled.values())
        empty = [k for k in range(len(rules.steps)) if k not in filled]
        last = journey[chain[-1]].time if chain else event.time
        soon = [k for k in empty if no_longer(event.time - last, rules.steps[k].within)]
        if not soon or not no_longer(event.time - journey[start].time, rules.within):
            return chain, position
        watching = [x for x in rules.exclude if x.after - 1 in filled]
        for k in soon:  # the lowest-numbered step it can fill
            if rules.steps[k].matches(event) and (not chain or fits(rules, journey, chain, rules.steps[k], position)):
                filled[k] = position
                break
        taken = position in filled.values()
        if len(filled) == len(rules.steps):
            return tuple(filled.values()), position + 1
        if any(x.matches(event) and x.before - 1 not in filled for x in watching):
            return tuple(filled.values()), position + 1 if taken else position
    return tuple(filled.values()), len(journey)


def with_options(rules: Rules, steps: list[Step], journey: list[Event], chain: Chain, end: int) -> dict[int, Event]:
    """The chain's events by step number, with optional steps filled by the earliest match between their neighbours.

    An optional step whose next required step is not filled may be filled until the attempt ends.
    """
    if rules.order == "any":
        return {k: journey[position] for k, position in enumerate(chain, 1)}
    filled: dict[int, int] = {}
    reach, last = 0, chain[0]
    for number, step in enumerate(steps, 1):
        if not step.optional:
            if reach == len(chain):
                break
            filled[number] = last = chain[reach]
            reach += 1
            continue
        limit = chain[reach] if reach < len(chain) else end
        for position in range(last + 1, limit):
            time = journey[position].time
            if (
                fits(rules, journey, (*chain[:reach], last), step, position)
                and no_longer(time - journey[last].time, step.within)
                and no_longer(time - journey[chain[0]].time, rules.within)
                and not (rules.ties == "strict" and reach < len(chain) and time >= journey[limit].time)
                and not cut(rules, journey, chain[:reach], position)
            ):
                filled[number] = last = position
                break
    return {number: journey[position] for number, position in filled.items()}
