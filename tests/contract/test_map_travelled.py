"""How customers travel over a map, and beside its plan, against twins that follow each of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from contract.cases import Case, ugly
from lvtu.maps import JourneyMap
from lvtu.maps.compiled import model_of
from lvtu.maps.live.filled import AsPlanned
from lvtu.maps.live.planned import plan_of, planned
from lvtu.maps.live.travelled import Travelled, travelled
from naive import maps as naive
from naive.conformance import Planned, conformance
from naive.intervals import wilson
from naive.journeys import Event
from property.strategies import CONDITIONS, START, Condition

EVER = (START - 10**9, START + 10**12)
STEP_OF = {"A": "look", "B": "ask", "C": "pay", "D": "use"}
DAY = naive.DAY


def map_of(**more: Any) -> JourneyMap:
    """Three stages; one step, in the middle, that nothing shows."""
    stages = {"look": "before", "ask": "buy", "dream": "buy", "pay": "buy", "use": "after"}
    rules = {step: name for name, step in STEP_OF.items()}
    return JourneyMap.load({
        "title": "T", "stages": [{"key": key, "name": key} for key in ("before", "buy", "after")],
        "steps": [
            {"key": key, "stage": stage, "name": key} | ({"entry": rules[key]} if key in rules else {})
            for key, stage in stages.items()
        ],
        **more,
    })  # fmt: skip


def asked(case: Case, map_: JourneyMap, question: Any, span: tuple[int, int]) -> Any:
    return case.ws.through(model_of(map_, {})).asked(lambda snapshot, engine: question(map_, *span, snapshot, engine))


def check(case: Case, where: Condition | None = None, span: tuple[int, int] = EVER) -> Travelled:
    map_ = map_of(where=where and where.text)
    found: Travelled = asked(case, map_, travelled, span)
    steps = [step.key for step in map_.steps]
    twin = naive.travelled(
        case.events, STEP_OF, steps, {"look"}, {"use"}, where, None if span == EVER else span[0],
        None if span == EVER else span[1],
    )  # fmt: skip
    shown = [step for step in steps[:-1] if step != "dream" and twin["reached"][step]]
    assert {key: (value.value, value.n) for key, value in found.drop_off.items()} == {
        step: (pytest.approx(twin["left"][step] / twin["reached"][step]), twin["reached"][step]) for step in shown
    }
    for step in shown:
        ends = found.drop_off[step].low, found.drop_off[step].high
        assert ends == pytest.approx(wilson(twin["left"][step], twin["reached"][step]))
    assert {place: value.n for place, value in found.channels.items()} == twin["channels"]
    assert {pair: (value.value, value.n) for pair, value in found.switches.items()} == twin["switches"]
    numbers = [value.value for value in found.switches.values()]
    assert numbers == sorted(numbers, reverse=True), "the most frequent first"
    assert {step: value.n for step, value in found.since.items()} == {
        step: len(some) for step, some in twin["since"].items()
    }
    for step, some in twin["since"].items():
        assert found.since[step].value == pytest.approx(median(some), rel=0.009, abs=1), step
    assert {step: (one.time, one.exact) for step, one in found.met.items()} == twin["met"]
    back, customers = twin["again"]
    if customers:
        assert found.again is not None and (found.again.value, found.again.n) == (back / customers, customers)
        assert (found.again.low, found.again.high) == pytest.approx(wilson(back, customers))
    else:
        assert found.again is None, "unknown is not zero"
    return found


def test_travels_are_those_of_each_customer_in_every_state(states: list[Case]) -> None:
    for case in states:
        found = check(case)
        assert found.again is not None and found.switches, case
        for condition in CONDITIONS:
            check(case, condition)
        check(case, None, (START + 1, START + 9))


def test_what_came_after_what_counts_only_where_it_was_seen(made: Callable[..., Case]) -> None:
    dice = random.Random(5)
    events = [
        replace(event, time=START + dice.randint(0, 3) * DAY, time_basis=dice.choice((None, "exact", "day", "order")))
        for event in ugly(8, sequences=False)
    ]
    assert check(made(events)).again is not None
    ordered = check(made([replace(event, time_basis="order") for event in ugly(9)]))
    assert not ordered.since and not ordered.met, "an order is no time"
    assert ordered.again is None and not ordered.switches and not ordered.drop_off and ordered.channels


def test_of_one_stage_nobody_comes_back(made: Callable[..., Case]) -> None:
    case = made(ugly(9))
    one = map_of()
    alone = one.model_copy(update={"stages": one.stages[:1], "steps": one.steps[:1]})
    assert asked(case, alone, travelled, EVER).again is None


def kept_by_hand(case: Case, plan: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, AsPlanned]:
    """The counts from the twin of conformance."""
    design = [Planned((step,), optional=step in optional) for step in plan]
    shown = [replace(event, event=STEP_OF[event.event]) for event in case.events if event.event in STEP_OF]
    verdicts = conformance(shown, design, "event", fold=True)
    counts: dict[str, Counter[str]] = {step: Counter() for step in plan}
    extra: dict[str, set[str]] = {}
    for customer, verdict in verdicts.items():
        for step, status, done in zip(plan, verdict.status, verdict.done, strict=True):
            counts[step][status] += 1
            counts[step]["again"] += done > 1
        for event in verdict.strange:
            extra.setdefault(event.event, set()).add(customer)
    told = {
        step: AsPlanned(
            one["completed"], one["missing"], one["late"] + one["out_of_order"], one["again"],
            optional=step in optional, skipped=one["skipped"],
        )
        for step, one in counts.items()
    }  # fmt: skip
    return told | {step: AsPlanned(0, 0, 0, len(who), planned=False) for step, who in extra.items()}


def test_each_step_beside_the_plan(states: list[Case]) -> None:
    case = states[0]
    everything = map_of()
    assert plan_of(everything) == ("look", "ask", "dream", "pay", "use")
    found = asked(case, everything, planned, EVER)
    assert found == kept_by_hand(case, ("look", "ask", "pay", "use")), "no path: the order of the steps"
    happy = {"key": "h", "kind": "happy", "name": "H", "steps": ["look", "pay", "use"]}
    other = {"key": "o", "kind": "unhappy", "name": "O", "steps": ["use"]}
    designed = map_of(paths=[other, happy])
    found = asked(case, designed, planned, EVER)
    assert found == kept_by_hand(case, ("look", "pay", "use"))
    assert found["ask"].ad_hoc and not found["ask"].planned and found["look"].failing
    found = asked(case, map_of(paths=[happy | {"optional": ["pay"]}]), planned, EVER)
    assert found == kept_by_hand(case, ("look", "pay", "use"), optional=("pay",))
    assert found["pay"].skipped and not found["pay"].missing and found["use"].missing and not found["use"].skipped


def test_a_standard_is_a_limit(made: Callable[..., Case]) -> None:
    events = [
        Event(f"m{number}", START + at, f"c{number % 4}", name)
        for number, (at, name) in enumerate([(0, "A"), (0, "A"), (0, "A"), (0, "A"), (60, "D"), (2, "D"), (3, "D")])
    ]
    slow = [replace(event, time=START + (event.time - START) * 1_000_000) for event in events]
    steps = [step.model_copy(update={"standard": "2s"}) for step in map_of().steps]
    map_ = map_of().model_copy(update={"steps": tuple(steps)})
    found = asked(made(slow), map_.model_copy(update={"steps": (steps[0], steps[-1])}), planned, EVER)
    assert found["use"] == AsPlanned(completed=1, missing=1, failing=2, ad_hoc=0)


def test_too_short_or_too_long_a_plan_says_nothing(states: list[Case]) -> None:
    one = map_of(paths=[{"key": "h", "kind": "happy", "name": "H", "steps": ["look"]}])
    assert asked(states[0], one, planned, EVER) == {}
