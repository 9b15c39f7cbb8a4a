"""Hand-offs against the twin, and their intervals against a calculation by customers."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close
from contract.test_stages import near
from lvtu.analyses.intervals import wilson
from lvtu.errors import BadInput, UnknownName
from naive.handoffs import Handoff, handoffs
from naive.journeys import Event
from naive.survival import kaplan_meier
from parts import examples
from property.strategies import CONDITIONS, NAMES, START

STATUSES = ("kept", "late", "broken", "pending", "untimed")
PLACES = {"event": NAMES, "channel": ("web", "store"), "plan": ("p", "q")}


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    by = draw(st.sampled_from(("event", "event", "channel", "plan")))
    side = st.lists(st.sampled_from(PLACES[by]), min_size=1, max_size=2, unique=True).map(tuple)
    times = st.one_of(st.none(), st.none(), st.integers(START, START + 12))
    return {
        "pairs": draw(st.lists(st.tuples(side, side, st.integers(0, 9)), min_size=1, max_size=3)),
        "by": by, "match": draw(st.sampled_from(("own", "shared"))),
        "where": draw(st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))),
        "since": draw(times), "until": draw(times),
    }  # fmt: skip


def asked(case: Case, question: dict[str, Any]) -> Any:
    options = {name: value for name, value in question.items() if name != "pairs"}
    where = options.pop("where", None)
    pairs = [{"source": s, "target": t, "within": within} for s, t, within in question["pairs"]]
    return case.ws.handoffs(pairs, where=where and where.text, **options)


def interval(found: list[Handoff]) -> tuple[float, float] | None:
    """Wilson's on n divided by the design effect: the customers' residuals against those of independent hand-offs."""
    mature = [one for one in found if one.mature]
    n, kept = len(mature), len([one for one in mature if one.status == "kept"])
    if not n:
        return None
    customers: dict[str, list[int]] = {}
    for one in mature:
        customers.setdefault(one.customer, []).append(one.status == "kept")
    share = kept / n
    if 0 < share < 1:
        residuals = [sum(k - share for k in theirs) for theirs in customers.values()]
        effect = max(1.0, sum(r * r for r in residuals) / n / (share * (1 - share)))
    else:
        effect = sum(len(theirs) ** 2 for theirs in customers.values()) / n
    return wilson(kept / effect, n / effect)


def agree(case: Case, question: dict[str, Any]) -> list[Handoff]:
    result = asked(case, question)
    rest = {name: value for name, value in question.items() if name != "pairs"}
    every: list[Handoff] = []
    for number, (row, (source, target, within)) in enumerate(
        zip(result.table.to_pylist(), question["pairs"], strict=True), 1
    ):
        found = handoffs(case.events, source, target, within, **rest)
        every += found
        told = {"pair": number, "source": " | ".join(source), "target": " | ".join(target), "within": within}
        assert row.items() >= told.items()
        assert (row["handoffs"], row["customers"]) == (len(found), len({one.customer for one in found}))
        counts = Counter(one.status for one in found)
        assert {status: row[status] for status in STATUSES} == {status: counts[status] for status in STATUSES}
        for status in (None, STATUSES[row["kept"] % 5], STATUSES[row["broken"] % 5]):
            who = {one.customer for one in found if status in (None, one.status)}
            assert result.customers(number, status) == sorted(who)
        mature = [one for one in found if one.mature]
        kept = len([one for one in mature if one.status == "kept"])
        assert row["mature"] == len(mature)
        assert row["share"] == (pytest.approx(kept / len(mature)) if mature else None)
        ends = interval(found)
        assert (row["low"], row["high"]) == (pytest.approx(ends, abs=1e-9) if ends else (None, None))
        times = [one.took for one in found if one.took is not None]
        assert close(row["median_time"], times)
        assert near(row["p90_time"], sorted(times)[math.ceil(0.9 * len(times)) - 1] if times else None)
        expected_in_the_end(case, row, found, within)
    notes = {note.code: note.values["handoffs"] for note in result.notes}
    for status in ("pending", "untimed"):
        assert notes.get(f"{status}_handoffs", 0) == len([one for one in every if one.status == status])
    return every


def expected_in_the_end(case: Case, row: dict[str, Any], found: list[Handoff], within: int) -> None:
    """Every hand-off is a life: it ends when it is kept, and is lost from sight at its time's or the data's end."""
    horizon = max(event.time for event in case.events)
    lives = []
    for one in found:
        if one.status == "kept":
            lives.append((one.took, True))
        elif one.status != "untimed":
            lives.append((horizon - one.given.time if one.status == "pending" else within, False))
    moments = kaplan_meier(lives)  # type: ignore[arg-type]
    share = 1 - moments[-1].survival if moments else 0.0
    assert row["kaplan_meier"] == (pytest.approx(share) if lives else None)


@settings(max_examples=examples(100))
@given(question=questions(), data=st.data())
def test_any_handoffs_are_the_twins(states: list[Case], question: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1), label="state")], question)


def test_times_that_are_not_exact(made: Any, states: list[Case]) -> None:
    dice, known = random.Random(6), dict[str, str | None]()
    bases = (None, "exact", "day", "order")
    events = [replace(e, time_basis=known.setdefault(e.message_id, dice.choice(bases))) for e in states[0].events]
    case = made(events)
    for match in ("own", "shared"):
        found = agree(case, {"pairs": [(("A",), ("B", "C"), 3), (("B",), ("B",), 1)], "match": match})
        assert Counter(one.status for one in found).keys() == set(STATUSES)


@settings(max_examples=examples(30))
@given(question=questions(), data=st.data())
def test_what_is_told_of_a_customer(states: list[Case], question: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    result = asked(case, question)
    rest = {name: value for name, value in question.items() if name != "pairs"}
    customer = data.draw(st.sampled_from(sorted({event.customer for event in case.events})))
    expected = [
        (pair, one.status, one.given.message_id, one.taken and one.taken.message_id, one.took)
        for pair, (source, target, within) in enumerate(question["pairs"], 1)
        for one in handoffs(case.events, source, target, within, **rest)
        if one.customer == customer
    ]
    told = result.explain(customer).handoffs
    assert [(one.pair, one.status, one.message_id, one.target_message_id, one.took) for one in told] == expected


def at(hour: float, name: str, who: str = "ann", **more: Any) -> Event:
    return Event(f"{who}{name}{hour}", START + round(hour * 3_600_000_000), who, name, **more)


TICKETS = [at(0, "Opened"), at(1, "Opened"), at(2, "Answered"), at(30, "Answered"), at(0, "Opened", "bo"),
           at(31, "Opened", "cy"), at(5, "Answered", "dee"), at(32, "Closed", "dee")]  # fmt: skip


@pytest.mark.parametrize(("match", "kept", "late"), [("own", 1, 1), ("shared", 2, 0)])
def test_each_has_its_own_answer_or_they_share_one(made: Any, match: str, kept: int, late: int) -> None:
    ws = made(TICKETS).ws
    result = ws.handoffs([{"source": "Opened", "target": "Answered", "within": "4h"}], match=match)
    row = result.table.to_pylist()[0]
    assert {name: row[name] for name in ("handoffs", "customers", *STATUSES, "mature")} == {
        "handoffs": 4, "customers": 3, "kept": kept, "late": late, "broken": 1, "pending": 1, "untimed": 0, "mature": 3
    }  # fmt: skip
    assert result.customers(1, "broken") == ["bo"] and result.customers(1, "pending") == ["cy"]
    assert [str(note) for note in result.notes] == [
        "1 hand-off had not been taken over when the data end, but still had time"
    ]


def test_it_is_worded_at_the_edge(made: Any) -> None:
    ws = made(TICKETS).ws
    result = ws.handoffs([{"source": "Opened", "target": "Answered", "within": "4h"}])
    assert str(result.explain("ann")).splitlines() == [
        "ann: 1 of 2 hand-offs were taken over in time",
        "  1. Opened at 2026-01-01 00:00:00 → Answered at 2026-01-01 02:00:00: after 2h, in time",
        "  1. Opened at 2026-01-01 01:00:00 → Answered at 2026-01-02 06:00:00: after 1d 5h, 4h were allowed",
    ]
    assert (
        result.explain("bo").text("zh").splitlines()[1]
        == "  1. 2026-01-01 00:00:00 的“Opened”：没有接手，时限 4小时已过"
    )
    told = result.explain("cy").to_json()["handoffs"][0]
    assert (told["status"], told["target"], told["took"]) == ("pending", None, None)


MODEL = {
    "key": "help", "title": "Help",
    "touchpoints": [
        {"id": "form", "name": "Form", "events": "Opened", "owner": "Web team"},
        {"id": "mail", "name": "Mail", "events": "Answered", "owner": "Support"},
        {"id": "phone", "name": "Phone", "events": "Closed", "owner": "Support"},
    ],
    "stages": [],
}  # fmt: skip


def test_departments_hand_over_through_the_model(made: Any) -> None:
    ws = made(TICKETS).ws
    with pytest.raises(BadInput, match="no journey model"):
        ws.handoffs([{"source": "Web team", "target": "Support", "within": "4h"}], by="owner")
    ws.save_model(MODEL)
    departments = ws.handoffs([{"source": "Web team", "target": "Support", "within": "4h"}], by="owner")
    events = ws.handoffs([{"source": "Opened", "target": ["Answered", "Closed"], "within": "4h"}])
    columns = ("handoffs", *STATUSES, "mature", "share", "low", "high", "median_time")
    assert departments.table.select(columns).equals(events.table.select(columns))
    points = ws.handoffs([{"source": "form", "target": ["mail", "phone"], "within": "4h"}], by="touchpoint")
    assert points.table.select(columns).equals(events.table.select(columns))
    with pytest.raises(UnknownName, match="no touchpoint of the journey model belongs to 'Suport'; did you mean"):
        ws.handoffs([{"source": "Web team", "target": "Suport", "within": "4h"}], by="owner")


def test_what_cannot_be_asked(states: list[Case]) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown event 'E'"):
        ws.handoffs([{"source": "A", "target": "E", "within": "4h"}])
    with pytest.raises(BadInput, match="within"):
        ws.handoffs([{"source": "A", "target": "B"}])
    result = ws.handoffs({"source": "A", "target": "B", "within": 5})
    with pytest.raises(BadInput, match="no pair 2"):
        result.customers(2)
    with pytest.raises(UnknownName, match="status 'lost'"):
        result.customers(1, "lost")
    with pytest.raises(UnknownName, match="customer 'nobody'"):
        result.explain("nobody")
