"""Why a customer is where it is: by hand, and the twin's chain for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, funnel_options
from lvtu.errors import UnknownName
from naive import funnel as naive
from naive.journeys import Event, journeys
from parts import examples
from property.strategies import START, funnels

MINUTE = 60_000_000


def at(minute: int, name: str, plan: str | None = None) -> Event:
    return Event(f"{name}{minute}", START + minute * MINUTE, "ann", name, properties={"plan": plan} if plan else {})


CASES: list[tuple[str, list[Event], dict[str, Any], list[tuple[str, str | None, int | None]]]] = [
    ("all matched", [at(0, "A"), at(5, "B")], {"steps": ["A", "B"], "within": "10m"},
     [("matched", "A0", None), ("matched", "B5", None)]),
    ("too late for the window", [at(0, "A"), at(15, "B")], {"steps": ["A", "B", "C"], "within": "10m"},
     [("matched", "A0", None), ("expired", "B15", 5 * MINUTE), ("not_reached", None, None)]),
    ("too late after the step before", [at(0, "A"), at(7, "B")], {"steps": ["A", {"event": "B", "within": "3m"}]},
     [("matched", "A0", None), ("expired", "B7", 4 * MINUTE)]),
    ("excluded", [at(0, "A"), at(1, "X"), at(2, "B")], {"steps": ["A", "B"], "exclude": ["X"]},
     [("matched", "A0", None), ("excluded", "X1", None)]),
    ("the exclusion came when time was over", [at(0, "A"), at(20, "X"), at(21, "B")],
     {"steps": ["A", "B"], "exclude": ["X"], "within": "10m"},
     [("matched", "A0", None), ("expired", "B21", 11 * MINUTE)]),
    ("missing", [at(0, "A"), at(1, "X")], {"steps": ["A", "B", "C"]},
     [("matched", "A0", None), ("missing", None, None), ("not_reached", None, None)]),
    ("never entered", [at(0, "X"), at(1, "B")], {"steps": ["A", "B"]},
     [("missing", None, None), ("not_reached", None, None)]),
    ("before is not after", [at(0, "B"), at(1, "A")], {"steps": ["A", "B"]},
     [("matched", "A1", None), ("missing", None, None)]),
    ("the values differ", [at(0, "A", "p"), at(1, "B", "q")], {"steps": ["A", "B"], "hold": ["plan"]},
     [("matched", "A0", None), ("missing", None, None)]),
    ("optional, left out", [at(0, "A"), at(1, "C")], {"steps": ["A", {"event": "B", "optional": True}, "C"]},
     [("matched", "A0", None), ("missing", None, None), ("matched", "C1", None)]),
    ("optional, there", [at(0, "A"), at(1, "B"), at(2, "X")], {"steps": ["A", {"event": "B", "optional": True}, "C"]},
     [("matched", "A0", None), ("matched", "B1", None), ("missing", None, None)]),
    ("in any order", [at(0, "B"), at(1, "X"), at(30, "A")], {"steps": ["A", "B"], "order": "any", "within": "10m"},
     [("expired", "A30", 20 * MINUTE), ("matched", "B0", None)]),
    ("directly after", [at(0, "A"), at(1, "X"), at(2, "B")], {"steps": ["A", "B"], "order": "strict"},
     [("matched", "A0", None), ("missing", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "options", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_by_hand(made: Callable[..., Case], events: list[Event], options: dict[str, Any], expected: Any) -> None:
    names = "ABCX"  # so that every name exists
    others = [Event(f"other{n}", START, f"other{n}", n, properties={"plan": "r"}) for n in names]
    told = made(events + others).ws.funnel(**options).explain("ann")
    assert [(s.status, s.message_id, s.late) for s in told.steps] == expected
    times = {e.message_id: e.time for e in events}
    assert [s.time for s in told.steps] == [times.get(m) for _, m, _ in expected]
    assert told.reached == sum(status == "matched" for status, *_ in expected)


def test_it_reads_as_a_sentence(made: Callable[..., Case]) -> None:
    funnel = made([at(0, "A"), at(15, "B"), at(16, "C")]).ws.funnel(["A", "B", "C"], within="10m")
    told = funnel.explain("ann")
    assert str(told).splitlines() == [
        "ann reached 1 of 3 steps",
        "  1. A: matched by A at 2026-01-01 00:00:00",
        "  2. B: too late by 5m: B at 2026-01-01 00:15:00",
        "  3. C: not reached",
    ]
    assert told.text("zh").splitlines() == [
        "ann 走到第 1 步，共 3 步",
        "  1. A：完成于 2026-01-01 00:00:00（A）",
        "  2. B：超时 5分：2026-01-01 00:15:00（B）",
        "  3. C：前面的步骤未完成",
    ]
    assert told.to_json()["steps"][1]["late"] == 5 * MINUTE
    with pytest.raises(UnknownName):
        funnel.explain("nobody")


@settings(max_examples=examples(60))
@given(arguments=funnels(), data=st.data())
def test_the_matched_events_are_the_twins(states: list[Case], arguments: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result = case.ws.funnel(**funnel_options(arguments))
    twin = naive.funnel(case.events, **arguments)
    attempts: dict[str, list[list[str]]] = {}
    for key, unit in twin.units.items():
        attempts.setdefault(key if isinstance(key, str) else key[0], []).append(sorted(unit.chain))
    lines = sorted(journeys(case.events))
    for customer in data.draw(st.lists(st.sampled_from(lines), min_size=4, max_size=4, unique=True)):
        told = result.explain(customer)
        matched = sorted(s.message_id for s in told.steps if s.status == "matched" and s.message_id)
        assert matched in attempts.get(customer, [[]])
        if arguments["unit"] == "customers":
            step = {s.step for s in told.steps if s.status == "matched"}
            assert arguments["order"] == "any" or step == (
                twin.units[customer].events.keys() if customer in twin.units else set()
            )
