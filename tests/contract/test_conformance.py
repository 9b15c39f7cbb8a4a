"""Customers beside a designed order against the twin, which finds every alignment by trying all of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close
from lvtu.analyses.intervals import wilson
from lvtu.errors import BadInput, UnknownName
from naive.conformance import Planned, Verdict, conformance, dijkstra, fitness
from naive.journeys import Event
from naive.paths import paths
from parts import examples
from property.strategies import CONDITIONS, NAMES, START

STATUSES = ("completed", "late", "out_of_order", "missing", "skipped", "pending")
PLACES = {"event": NAMES, "channel": ("web", "store"), "plan": ("p", "q")}


@st.composite
def designs(draw: st.DrawFn, by: str) -> list[Planned]:
    place = st.one_of(
        st.sampled_from(PLACES[by]).map(lambda name: (name,)),
        st.lists(st.sampled_from(PLACES[by]), min_size=2, max_size=2, unique=True).map(tuple),
    )
    step = st.builds(Planned, place, st.one_of(st.none(), st.integers(0, 8)), st.booleans(), st.booleans())
    first, *rest = draw(st.lists(step, min_size=1, max_size=5))
    return [replace(first, within=None), *rest]


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    by = draw(st.sampled_from(("event", "event", "channel", "plan")))
    times = st.one_of(st.none(), st.none(), st.integers(START, START + 12))
    return {
        "design": draw(designs(by)), "by": by, "fold": draw(st.booleans()),
        "where": draw(st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))),
        "since": draw(times), "until": draw(times),
    }  # fmt: skip


def written(design: list[Planned]) -> list[dict[str, Any]]:
    """The steps as a question has them."""
    return [
        {"place": s.places if len(s.places) > 1 else s.places[0], "within": s.within, "optional": s.optional,
         "repeatable": s.repeatable}
        for s in design
    ]  # fmt: skip


def asked(case: Case, question: dict[str, Any]) -> Any:
    options = {name: value for name, value in question.items() if name != "design"}
    where = options.pop("where", None)
    return case.ws.conformance(written(question["design"]), where=where and where.text, **options)


def agree(case: Case, question: dict[str, Any]) -> tuple[Any, dict[str, Verdict]]:
    result, design = asked(case, question), question["design"]
    twin = conformance(case.events, **question)
    for j, (row, step) in enumerate(zip(result.table.to_pylist(), design, strict=True)):
        assert (row["step"], row["name"]) == (j + 1, " | ".join(step.places))
        for status in STATUSES:
            who = sorted(name for name, verdict in twin.items() if verdict.status[j] == status)
            assert row[status] == len(who), (status, row)
            if status == STATUSES[(j + row["completed"]) % len(STATUSES)]:  # each of them now and then
                assert result.customers(j + 1, status) == who
        judged = sum(row[status] for status in STATUSES[:4])
        assert row["share"] == (pytest.approx(row["completed"] / judged) if judged else None)
        assert (row["low"], row["high"]) == (wilson(row["completed"], judged) or (None, None))
        assert row["repeated"] == len([one for one in twin.values() if one.done[j] > 1])
        assert close(row["median_time"], [one.took[j] for one in twin.values() if isinstance(one.took[j], int)])
    everywhere(result, twin, design, question["by"])
    return result, twin


def everywhere(result: Any, twin: dict[str, Verdict], design: list[Planned], by: str) -> None:
    """The answer beyond its steps: what is not in the design, detours, and how well the cases fit."""
    events = Counter(event.get(by) for one in twin.values() for event in one.strange)
    people = Counter(place for one in twin.values() for place in {event.get(by) for event in one.strange})
    ad_hoc = result.ad_hoc.to_pylist()
    assert {row["name"]: (row["customers"], row["events"]) for row in ad_hoc} == {
        name: (people[name], events[name]) for name in events
    }
    assert [row["share"] for row in ad_hoc] == pytest.approx([row["customers"] / len(twin) for row in ad_hoc])
    detours = Counter(pair for one in twin.values() for pair in {(a, b) for a, b, _ in one.detours})
    between: Counter[tuple[int, int]] = Counter()
    for one in twin.values():
        for a, b, number in one.detours:
            between[a, b] += number
    names = [" | ".join(step.places) for step in design]
    assert sorted(tuple(row.values()) for row in result.detours.to_pylist()) == sorted(
        (names[a], names[b], detours[a, b], between[a, b]) for a, b in detours
    )
    fits = [fitness(one, design) for one in twin.values()]
    assert result.customers_all == len(twin)
    assert result.fitting == len([one for one in twin.values() if one.cost == 0])
    assert result.fitness == (pytest.approx(sum(fits) / len(fits)) if fits else None)
    tenths = result.cases["customers"].to_pylist()
    assert tenths[0] == fits.count(1) and sum(tenths) == len(fits)
    for row in result.cases.to_pylist()[1:]:
        low, high = row["fitness_from"] - 1e-9, row["fitness_to"] - 1e-9
        assert row["customers"] == len([one for one in fits if low <= one < high and one != 1])
    pending = len([one for one in twin.values() if "pending" in one.status])
    untimed = sum(one.took.count("?") for one in twin.values())
    codes = {note.code: note.values for note in result.notes}
    assert codes.get("pending_steps", {"customers": 0})["customers"] == pending
    assert codes.get("untimed_steps", {"times": 0})["times"] == untimed


@settings(max_examples=examples(80))
@given(question=questions(), data=st.data())
def test_any_conformance_is_the_twins(states: list[Case], question: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1), label="state")], question)


@settings(max_examples=examples(40))
@given(question=questions(), data=st.data())
def test_no_alignment_is_cheaper(states: list[Case], question: dict[str, Any], data: Any) -> None:
    """What is told of a customer costs as little as the shortest way through the synchronous product."""
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    result, design = asked(case, question), question["design"]
    lines = paths(case.events, **{name: value for name, value in question.items() if name != "design"})
    if not lines:
        return
    for customer, line in data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=4)):
        told = result.explain(customer)
        assert told.cost == dijkstra([event.get(question["by"]) for event in line], design)
        steps = {move.kind for move in told.moves}
        assert steps <= {*STATUSES, "again", "repeated", "left_over", "ad_hoc"}
        assert [move.message_id for move in told.moves if move.time is not None] == [one.message_id for one in line]
        first = [move.step for move in told.moves if move.step is not None and move.kind != "again"]
        assert first == list(range(1, len(design) + 1)), "every step is told of once, in order"


def test_times_that_are_not_exact(made: Any, states: list[Case]) -> None:
    dice, known = random.Random(5), dict[str, str | None]()
    bases = (None, "exact", "day", "order")
    events = [replace(e, time_basis=known.setdefault(e.message_id, dice.choice(bases))) for e in states[0].events]
    case = made(events)

    @settings(max_examples=examples(25))
    @given(design=designs("event"))
    def check(design: list[Planned]) -> None:
        agree(case, {"design": design, "by": "event"})

    check()


def test_a_long_path_of_one_customer_among_many(made: Any) -> None:
    dice = random.Random(7)
    heavy = [Event(f"h{i}", START + i, "heavy", dice.choice("ABCDE")) for i in range(400)]
    case = made(heavy + [Event(f"{i}{n}", START + n, f"c{i}", "AB"[n]) for i in range(30) for n in range(2)])
    design = [Planned(("A",)), Planned(("B",), repeatable=True), Planned(("C",), 5, optional=True), Planned(("A",))]
    result, twin = agree(case, {"design": design, "by": "event"})
    assert result.explain("heavy").cost == twin["heavy"].cost == dijkstra([e.event for e in heavy], design) > 300


MODEL = {
    "key": "shop", "title": "Shop",
    "touchpoints": [{"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "A"}],
    "stages": [
        {"key": "look", "name": {"zh": "浏览", "en": "Look"}, "entry": {"touchpoints": "page"}},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": ["B", "C"]},
    ],
}  # fmt: skip


def test_the_stages_of_a_model_are_a_design(made: Any, states: list[Case]) -> None:
    case = made(states[2].events)
    with pytest.raises(BadInput, match="no journey model"):
        case.ws.conformance()
    case.ws.save_model(MODEL)
    result = case.ws.conformance()
    plain = case.ws.conformance([{"place": "A", "repeatable": True}, {"place": ["B", "C"], "repeatable": True}],
                                where="event != 'D'")  # fmt: skip
    assert [row | {"name": ""} for row in result.table.to_pylist()] == [
        row | {"name": ""} for row in plain.table.to_pylist()
    ]
    assert (result.fitness, result.fitting) == (plain.fitness, plain.fitting)
    assert result.table["name"].to_pylist() == ["look", "buy"] and result.to_json()["spec"]["by"] == "stage"
    assert "浏览：" in result.explain("c1").text("zh")
    assert case.ws.conformance(["page"], by="touchpoint").customers_all == len({
        e.customer for e in case.events if e.event == "A"
    })  # fmt: skip


def test_what_cannot_be_asked(states: list[Case]) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown event 'E'"):
        ws.conformance(["A", "E"])
    with pytest.raises(UnknownName, match="value of plan 'x'"):
        ws.conformance(["p", "x"], by="plan")
    with pytest.raises(BadInput, match="no order of channel"):
        ws.conformance(by="channel")
    with pytest.raises(BadInput, match="'A' is the first"):
        ws.conformance([{"place": "A", "within": "1d"}, "B"])
    with pytest.raises(UnknownName, match=r"no option 'order\.0\.plaze'"):
        ws.conformance([{"plaze": "A"}])
    result = ws.conformance(["A", "B"])
    with pytest.raises(BadInput, match="the design has no step 3"):
        result.customers(3)
    with pytest.raises(UnknownName, match="status 'lost'"):
        result.customers(1, "lost")
    with pytest.raises(UnknownName, match="customer 'nobody'"):
        result.explain("nobody")


def at(hour: float, name: str, who: str = "ann") -> Event:
    return Event(f"{who}{name}{hour}", START + round(hour * 3_600_000_000), who, name)


def test_it_is_worded_at_the_edge(made: Any) -> None:
    events = [at(0, "A"), at(1, "X"), at(3, "B"), at(9, "C"), at(10, "A"), at(11, "D"),
              at(0, "B", "bo"), at(1, "A", "bo"), at(2, "C", "bo"), at(12, "A", "cy"), at(13, "D", "cy")]  # fmt: skip
    ws = made(events).ws
    order = ["A", {"place": "B", "within": "4h"}, {"place": "C", "within": "4h"}, {"place": "D", "optional": True}]
    result = ws.conformance(order)
    assert [str(note) for note in result.notes] == [
        "0 of 3 customers keep to the order, nothing missing and nothing besides; mean fitness 68.1%",
    ]
    assert str(result.explain("ann")).splitlines() == [
        "ann: fitness 77.8%, deviations: 2",
        "  A: done at 2026-01-01 00:00:00",
        "  not in the design: X at 2026-01-01 01:00:00",
        "  B: done at 2026-01-01 03:00:00, 3h after the step before",
        "  C: done at 2026-01-01 09:00:00, 6h after the step before: 2h too late",
        "  once more than designed: A at 2026-01-01 10:00:00",
        "  D: done at 2026-01-01 11:00:00, 2h after the step before",
    ]
    assert result.explain("bo").text("zh").splitlines()[1:] == [
        "  次序不符：2026-01-01 00:00:00 的“B”",
        "  A：完成于 2026-01-01 01:00:00",
        "  B：此处没有做，在别处做过",
        "  C：完成于 2026-01-01 02:00:00，距上一步 1小时",
        "  D：没有做，设计允许",
    ]
    assert str(ws.conformance(order, where="event = 'A'").explain("cy")).splitlines()[2:] == [
        "  B: not done yet, there is still time",
        "  C: not done yet, there is still time",
        "  D: not done, as it may be",
    ], "the data end within the time of B"
    found = result.explain("ann").to_json()["moves"][3]
    assert (found["kind"], found["step"], found["message_id"], found["late"]) == ("late", 3, "annC9", 7_200_000_000)
