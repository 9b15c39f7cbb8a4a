"""Ugly journeys for property tests: few names, few customers, tiny times, so that every edge happens often."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from naive.funnel import Exclude, Step
from naive.journeys import Event

NAMES = ("A", "B", "C", "D")
CUSTOMERS = ("ann", "bob", "陈")
CHANNELS = (None, "web", "store")
PLANS = (None, "p", "q")
START = 1_767_225_600_000_000  # 2026-01-01 UTC
ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo")


@dataclass(frozen=True)
class Condition:
    """A filter in the language (`text`) and in Python, so that both can be asked the same."""

    text: str
    test: Callable[[Event], bool]

    def __call__(self, event: Event) -> bool:
        return self.test(event)


CONDITIONS = (
    Condition("channel = 'web'", lambda e: e.channel == "web"),
    Condition("value >= 2", lambda e: e.value is not None and e.value >= 2),
    Condition("plan = 'p'", lambda e: e.properties.get("plan") == "p"),
)


@st.composite
def events(
    draw: st.DrawFn,
    *,
    times: st.SearchStrategy[int] | None = None,
    most: int = 14,
    names: tuple[str, ...] = NAMES,
    customers: tuple[str, ...] = CUSTOMERS,
    repeats: bool = True,
) -> list[Event]:
    """Events as they arrive: unsorted, with equal times, missing sequences, repeats, or none at all.

    Args:
        times: microseconds since 1970; 0…12 after `START` when not given.
        most: events at most (before repeats). The exhaustive twins want it small.
        repeats: now and then an event arrives twice, the same in every field.
    """
    one = st.tuples(
        times or st.integers(START, START + 12),
        st.sampled_from(names),
        st.sampled_from(customers),
        st.one_of(st.none(), st.integers(-1, 2)),
        st.sampled_from(CHANNELS),
        st.sampled_from((None, 0.0, 1.5, 2.0)),
        st.sampled_from(PLANS),
    )
    found = draw(st.lists(one, max_size=most))
    # Ids whose byte order has nothing to do with arrival, of unequal length, some beyond ASCII.
    ids = draw(st.permutations([("m", "m1", "é", "客")[i % 4] + str(i) for i in range(len(found))]))
    result = [
        Event(ids[i], time, customer, name, sequence, channel, value, {"plan": plan} if plan else {})
        for i, (time, name, customer, sequence, channel, value, plan) in enumerate(found)
    ]
    if repeats and result:
        result += draw(st.lists(st.sampled_from(result), max_size=2))
    return result


def calendar_times() -> st.SearchStrategy[int]:
    """Times around the turns of days, months and years, and around changes of the clock (hours to microseconds)."""
    hour, day = 3_600_000_000, 24 * 3_600_000_000
    # New York and Berlin change in March and autumn; São Paulo changed at midnight on 2018-11-04 and 2018-02-18.
    turns = [START, START + 31 * day]
    turns += [1_772_953_200_000_000, 1_793_512_800_000_000, 1_774_746_000_000_000, 1_792_890_000_000_000]
    turns += [1_541_300_400_000_000, 1_518_919_200_000_000]
    steps = st.one_of(
        st.integers(-1, 1), st.integers(-30, 30).map(lambda h: h * hour), st.integers(-40 * day, 40 * day)
    )
    return st.builds(lambda turn, step: turn + step, st.sampled_from(turns), steps)


@cache
def some_names() -> st.SearchStrategy[Any]:
    """A step's events: one name, several, or None for any."""
    return st.one_of(st.sampled_from(NAMES), st.sampled_from((("A", "B"), ("B", "C"), ("A", "B", "C"))), st.none())


@cache
def limits(most: int = 8) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(0, most))


@cache
def steps() -> st.SearchStrategy[Step]:
    where = st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))
    return st.builds(Step, some_names(), where, limits())


@st.composite
def exclusions(draw: st.DrawFn, required: list[int]) -> Exclude:
    after, before = sorted(draw(st.lists(st.sampled_from(required), min_size=2, max_size=2, unique=True)))
    where = draw(st.one_of(st.none(), st.sampled_from(CONDITIONS)))
    return Exclude(draw(st.sampled_from(("C", "D", ("A", "D"), ("B",)))), where, after, before)


@st.composite
def funnels(draw: st.DrawFn, most_steps: int = 4, orders: tuple[str, ...] = ("ordered", "strict", "any")) -> dict:
    """The arguments of one funnel, for `naive.funnel.funnel(events, **arguments)`."""
    order = draw(st.sampled_from(orders))
    chosen = draw(st.lists(steps(), min_size=1, max_size=most_steps))
    if order == "ordered":  # between the first and the last, steps may be optional
        optional = [0 < i < len(chosen) - 1 and draw(st.integers(0, 4)) == 0 for i in range(len(chosen))]
        chosen = [Step(s.events, s.where, s.within, o) for s, o in zip(chosen, optional, strict=True)]
    required = [number for number, step in enumerate(chosen, 1) if not step.optional]
    excluded = draw(st.lists(exclusions(required), max_size=2)) if len(required) > 1 else []
    times = st.one_of(st.none(), st.integers(START, START + 12))
    return {
        "steps": chosen,
        "within": draw(limits()),
        "entry": draw(st.sampled_from(("any", "first", "latest", "each"))),
        "order": order,
        "ties": draw(st.sampled_from(("follow", "strict"))),
        "exclude": excluded,
        "hold": draw(st.sampled_from(((), (), ("plan",), ("plan", "channel")))),
        "unit": draw(st.sampled_from(("customers", "sessions", "totals"))),
        "session_gap": draw(st.integers(0, 4)),
        "since": draw(times),
        "until": draw(times),
        "where": draw(st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))),
    }


def random_events(
    seed: int,
    customers: int,
    events: int,
    *,
    names: int = 8,
    span: int = 30 * 24 * 3_600_000_000,
    start: int = START,
    grain: int = 60_000_000,
    heavy: float = 0.2,
    repeats: float = 0.02,
) -> list[Event]:
    """Many events from a seed, shuffled as they might arrive: no Hypothesis, the same on every machine.

    Args:
        names: `E0`, `E1`, …, each rarer than the one before.
        span: microseconds over which they spread.
        grain: times are multiples of this, so that ties happen.
        heavy: the share of events that belongs to one customer.
        repeats: the share of events that arrives twice.
    """
    dice = random.Random(seed)
    weights = [1 / (i + 1) for i in range(names)]
    found = []
    for i in range(events):
        customer = 0 if dice.random() < heavy else dice.randrange(customers)
        plan = dice.choice(PLANS)
        found.append(
            Event(
                f"{dice.getrandbits(32):08x}-{i}",
                start + dice.randrange(max(1, span // grain)) * grain,
                f"customer-{customer}",
                f"E{dice.choices(range(names), weights)[0]}",
                dice.choice((None, dice.randrange(3))),
                dice.choice(CHANNELS),
                dice.choice((None, round(dice.uniform(0, 100), 2))),
                {"plan": plan} if plan else {},
            )
        )
    found += dice.sample(found, round(events * repeats))
    dice.shuffle(found)
    return found
