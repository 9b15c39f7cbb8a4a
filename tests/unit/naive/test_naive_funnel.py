"""Funnels small enough to count by hand."""

from __future__ import annotations

import pytest

from naive.funnel import Exclude, Funnel, Step, funnel
from naive.journeys import Event


def day(customer: str, text: str, **properties: str) -> list[Event]:
    """One customer's events from marks like "A0 B3": names and times in µs; order among equal times as written."""
    marks = text.split()
    return [
        Event(f"{customer}{i:02}", int(m[1:]), customer, m[0], sequence=i, properties=dict(properties))
        for i, m in enumerate(marks)
    ]


def three() -> list[Event]:
    return day("ann", "A0 B2 C9") + day("bob", "A1 C2 B4") + day("eve", "B0 A5")


def chains(found: Funnel) -> dict[object, list[str]]:
    """The counted chains as positions within each customer's marks."""
    return {key: " ".join(str(int(i[-2:])) for i in chain) for key, chain in found.chains.items()}


def test_the_table():
    found = funnel(three(), ["A", "B", "C"])
    assert [(r.customers, r.from_previous, r.from_start, r.durations) for r in found.rows] == [
        (3, None, 1.0, []),
        (2, 2 / 3, 2 / 3, [2, 3]),
        (1, 1 / 2, 1 / 3, [7]),
    ]
    assert found.reach == {"ann": 3, "bob": 2, "eve": 1}
    assert chains(found) == {"ann": "0 1 2", "bob": "0 2", "eve": "1"}


def test_nobody_enters():
    found = funnel(three(), ["Z", "A"])
    assert [(r.customers, r.from_previous, r.from_start) for r in found.rows] == [(0, None, None), (0, None, None)]
    assert funnel([], ["A"]).customers == [0]


@pytest.mark.parametrize(("within", "customers"), [(8, [3, 2, 0]), (9, [3, 2, 1]), (2, [3, 1, 0]), (0, [3, 0, 0])])
def test_windows_include_their_end(within, customers):
    assert funnel(three(), ["A", "B", "C"], within=within).customers == customers


def test_a_step_of_several_names_of_any_event_and_with_a_filter():
    assert funnel(three(), [["A", "B"], "C"]).customers == [3, 2]
    assert funnel(three(), ["A", None]).customers == [3, 2]
    assert funnel(three(), ["A", Step(where=lambda e: e.time >= 4)]).customers == [3, 2]


def test_step_windows_are_measured_from_the_step_before():
    assert funnel(three(), ["A", Step("B", within=2), Step("C", within=6)]).customers == [3, 1, 0]
    assert funnel(three(), ["A", Step("B", within=2), Step("C", within=7)]).customers == [3, 1, 1]


def test_strict_order_wants_the_very_next_event():
    assert funnel(three(), ["A", "B", "C"], order="strict").customers == [3, 1, 1]
    # A filter of the view takes the event between away.
    assert funnel(three(), ["A", "B"], order="strict", where=("A", "B")).customers == [3, 2]


def test_any_order():
    found = funnel(three(), ["A", "B", "C"], order="any")
    assert found.customers == [3, 3, 2]
    assert chains(found) == {"ann": "0 1 2", "bob": "0 1 2", "eve": "0 1"}
    assert found.rows[1].durations == [1, 2, 5]
    # Each event takes the lowest step it can fill, even where another choice would have gone further.
    assert funnel(day("ann", "B0 A1"), [["A", "B"], "B"], order="any").customers == [1, 0]


def test_ties():
    tied = day("ann", "A1 B1 C2")
    assert funnel(tied, ["A", "B", "C"]).customers == [1, 1, 1]
    assert funnel(tied, ["A", "B", "C"], ties="strict").customers == [1, 0, 0]
    assert funnel(day("ann", "B1 A1"), ["A", "B"]).customers == [1, 0]  # the journey's order decides


def test_entries():
    line = day("ann", "A0 B1 A5 C6 A20 B21")
    steps = ["A", "B", "C"]
    assert chains(funnel(line, steps, within=10)) == {"ann": "0 1 3"}
    assert chains(funnel(line, steps, within=10, entry="first")) == {"ann": "0 1 3"}
    assert chains(funnel(line, steps, within=5)) == {"ann": "0 1"}
    assert chains(funnel(line, steps, entry="latest")) == {"ann": "4 5"}
    assert chains(funnel(line, steps, within=10, unit="totals")) == {("ann", 0): "0 1 3", ("ann", 1): "4 5"}
    assert chains(funnel(line, steps, within=10, entry="each")) == {"ann": "0 1 3"}


def test_since_and_until_choose_entries_and_leave_later_events():
    line = day("ann", "A0 B1 A5 B9")
    assert chains(funnel(line, ["A", "B"], since=1)) == {"ann": "2 3"}
    assert chains(funnel(line, ["A", "B"], since=1, until=6)) == {"ann": "2 3"}
    assert chains(funnel(line, ["A", "B"], until=5, entry="latest")) == {"ann": "0 1"}  # half open
    assert funnel(line, ["A", "B"], since=6).customers == [0, 0]


def test_the_latest_start_among_equals():
    found = funnel(day("ann", "A0 A3 B5 B6"), ["A", "B"])
    assert chains(found) == {"ann": "1 2"} and found.rows[1].durations == [2]


def test_each_attempt_closes_before_the_next_opens():
    totals = {"unit": "totals"}
    # A second entry within an open attempt opens none; the event that completes one opens none.
    assert funnel(day("ann", "A0 A1 B2 A3 B4"), ["A", "B"], **totals).customers == [2, 2]
    assert funnel(day("ann", "A0 A1 A2"), ["A", "A"], **totals).customers == [2, 1]
    # The first event beyond the window may open the next one.
    assert chains(funnel(day("ann", "A0 A5 B6"), ["A", "B"], within=4, **totals)) == {
        ("ann", 0): "0",
        ("ann", 1): "1 2",
    }
    # So may the event that excludes, or breaks the strict order.
    assert funnel(day("ann", "A0 A5 B6"), ["A", "B"], exclude=[Exclude("A")], **totals).customers == [2, 1]
    assert funnel(day("ann", "A0 A5 B6"), ["A", "B"], order="strict", **totals).customers == [2, 1]
    # An attempt that can never go on because of a step's window does not stay open for ever.
    assert funnel(day("ann", "A0 A50 B51"), ["A", Step("B", within=4)], **totals).customers == [2, 1]
    # One step: every entry is an attempt.
    assert funnel(day("ann", "A0 A0 A7"), ["A"], **totals).customers == [3]


def test_sessions_are_journeys_of_their_own():
    line = day("ann", "A0 B1 A10 B20")
    assert funnel(line, ["A", "B"], unit="sessions", session_gap=5).customers == [2, 1]
    assert funnel(line, ["A", "B"], unit="sessions", session_gap=9).customers == [1, 1]
    assert funnel(line, ["A", "B"], unit="sessions", session_gap=9).reach == {("ann", 0): 2}


def test_exclusions():
    line = day("ann", "A0 X1 B2 C3") + day("bob", "A0 B1 X2 C3") + day("eve", "A0 B1 C2 X3")
    steps = ["A", "B", "C"]
    assert funnel(line, steps, exclude=[Exclude("X", after=1, before=2)]).customers == [3, 2, 2]
    assert funnel(line, steps, exclude=[Exclude("X", after=2, before=3)]).customers == [3, 3, 2]
    assert funnel(line, steps, exclude=[Exclude("X", after=1, before=3)]).customers == [3, 2, 1]
    assert funnel(line, steps, exclude=[Exclude("X", where=lambda e: e.time == 1)]).customers == [3, 2, 2]


def test_exclusions_in_any_order_watch_from_one_step_to_the_other():
    steps, cut = ["A", "B", "C"], [Exclude("X", after=1, before=2)]
    assert funnel(day("ann", "B0 X1 A2 C3"), steps, order="any", exclude=cut).customers == [1, 1, 1]
    assert funnel(day("ann", "A0 X1 B2 C3"), steps, order="any", exclude=cut).customers == [1, 1, 0]
    assert funnel(day("ann", "B0 A1 X2 C3"), steps, order="any", exclude=cut).customers == [1, 1, 1]
    again = [Exclude("A", after=1, before=2)]  # the event that ends one attempt may start the next
    assert funnel(day("ann", "A0 A1 B2"), ["A", "B"], order="any", exclude=again, unit="totals").customers == [2, 1]


def test_held_properties():
    line = day("ann", "A0 B1", plan="p") + day("bob", "A0", plan="p") + day("eve", "A0 B1")
    line.append(Event("x", 1, "bob", "B", properties={"plan": "q"}))
    found = funnel(line, ["A", "B"], hold=["plan"])
    assert found.reach == {"ann": 2, "bob": 1, "eve": 1}  # a missing value never matches


def test_optional_steps():
    line = day("ann", "A0 O1 O2 B3") + day("bob", "A0 B1 O2") + day("eve", "A0 O4")
    found = funnel(line, ["A", Step("O", optional=True), "B"])
    assert [(r.customers, r.from_previous, r.durations) for r in found.rows] == [
        (3, None, []),
        (2, 2 / 3, [1, 4]),  # ann's earliest, eve's while her attempt is open
        (2, 2 / 3, [1, 3]),  # from the required step before
    ]
    assert chains(found) == {"ann": "0 1 3", "bob": "0 1", "eve": "0 1"}
    assert found.reach == {"ann": 2, "bob": 2, "eve": 1}


def test_immature_units_still_have_time():
    line = day("ann", "A0 B5") + day("bob", "A6") + day("eve", "A7") + day("zoe", "Z10")
    assert funnel(line, ["A", "B"], within=4).immature == 1  # bob's window ends with the last event: no more time
    assert funnel(line, ["A", "B"], within=4, where=("A", "B")).immature == 1  # the snapshot's last event, unfiltered
    assert funnel(line, ["A", "B"], within=5).immature == 2
    assert funnel(line, ["A", "B"], within=4, horizon=8).immature == 2
    assert funnel(line, ["A", "B"]).immature == 0  # nobody would ever mature without a window


def test_breakdown_by_the_event_of_a_step():
    line = day("ann", "A0 B1", plan="p") + day("bob", "A0", plan="p") + day("eve", "A0 B2", plan="q")
    rows = funnel(line, ["A", "B"], by=lambda e: e.get("plan")).rows
    assert [(r.group, r.step, r.customers) for r in rows] == [("p", 1, 2), ("p", 2, 1), ("q", 1, 1), ("q", 2, 1)]
    rows = funnel(line, ["A", "B"], by=lambda e: e.get("plan"), by_step=2).rows
    assert [(r.group, r.customers) for r in rows if r.step == 1] == [("p", 1), ("q", 1), (None, 1)]
