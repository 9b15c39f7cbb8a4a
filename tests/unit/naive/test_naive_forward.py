"""The forward pass and the exhaustive search are the same funnel; and what goes wrong when a rule is left out."""

from __future__ import annotations

from hypothesis import given, settings

from naive.funnel import Exclude, Step, funnel
from naive.funnel_forward import forward
from naive.journeys import Event
from parts import examples
from property.strategies import events, funnels, random_events


def line(*marks: str) -> list[Event]:
    """One customer's events from marks like "A0" (event A at 0 µs); order among equal times as written."""
    return [Event(f"{i:02}", int(m[1:]), "ann", m[0], sequence=i) for i, m in enumerate(marks)]


@settings(max_examples=examples(400), deadline=None)
@given(events(), funnels(orders=("ordered", "strict")))
def test_one_pass_finds_what_the_search_finds(arrived, arguments):
    assert funnel(arrived, **arguments, fill=forward) == funnel(arrived, **arguments)


@settings(max_examples=examples(200), deadline=None)
@given(events(customers=("ann",), names=("A", "B"), most=10), funnels(orders=("ordered", "strict")))
def test_one_pass_finds_what_the_search_finds_in_one_dense_journey(arrived, arguments):
    assert funnel(arrived, **arguments, fill=forward) == funnel(arrived, **arguments)


def test_one_pass_and_the_search_agree_on_longer_journeys():
    arrived = random_events(7, customers=40, events=800, heavy=0)
    hour = 3_600_000_000
    steps = ["E0", Step("E1", within=48 * hour), Step(["E2", "E3"])]
    arguments = {"within": 96 * hour, "exclude": [Exclude("E4", after=2, before=3)], "hold": ["plan"]}
    for entry in ("any", "first", "latest", "each"):
        found = funnel(arrived, steps, **arguments, entry=entry, fill=forward)
        assert found == funnel(arrived, steps, **arguments, entry=entry)
        assert found.customers[-1] > 0


def chain(marks: list[Event], steps: list, **arguments) -> list[str]:
    """The counted chain as marks again; the same by both ways of filling."""
    names = {e.message_id: f"{e.event}{e.time}" for e in marks}
    one, two = funnel(marks, steps, **arguments), funnel(marks, steps, **arguments, fill=forward)
    assert one == two
    return [names[i] for i in one.chains["ann"]]


def test_strict_ties_continue_the_chain_from_before_this_time():
    # The latest A before B is at B's own time; the one at 0 is the one that counts.
    assert chain(line("A0", "A1", "B1"), ["A", "B"], ties="strict") == ["A0", "B1"]
    assert chain(line("A0", "A1", "B1"), ["A", "B"], ties="follow") == ["A1", "B1"]


def test_held_values_each_have_their_own_chain():
    marks = [Event(str(i), i, "ann", n, properties={"plan": p}) for i, (n, p) in enumerate(("Ap", "Aq", "Bp"))]
    assert chain(marks, ["A", "B"], hold=["plan"]) == ["A0", "B2"]


def test_an_event_fills_one_step_of_a_chain():
    assert chain(line("A0"), ["A", "A"]) == ["A0"]
    assert chain(line("A0", "A1"), ["A", "A", "A"]) == ["A0", "A1"]


def test_an_event_fills_before_it_excludes():
    # B is both step 2 and excluded before step 2: it lies at the end of the stretch, not inside.
    assert chain(line("A0", "B1"), ["A", "B"], exclude=[Exclude("B")]) == ["A0", "B1"]
    # It lies inside the stretch between steps 1 and 3, so step 3 is out of reach.
    assert chain(line("A0", "B1", "C2"), ["A", "B", "C"], exclude=[Exclude("B", after=1, before=3)]) == ["A0", "B1"]


def test_an_excluded_event_that_enters_starts_afresh():
    # "No other A in between": A1 ends the attempt of A0, not its own.
    assert chain(line("A0", "A1", "B2"), ["A", "B"], exclude=[Exclude("A")]) == ["A1", "B2"]


def test_an_exclusion_ends_a_chain_and_another_choice_may_go_on():
    marks = line("A0", "B1", "X2", "B3", "C4")
    assert chain(marks, ["A", "B", "C"], exclude=[Exclude("X", after=2, before=3)]) == ["A0", "B3", "C4"]


def test_an_exclusion_over_two_steps_ends_the_chain_in_the_middle():
    marks = line("A0", "X1", "B2", "C3")
    assert chain(marks, ["A", "B", "C"], exclude=[Exclude("X", after=1, before=3)]) == ["A0"]


def test_a_step_window_wants_the_latest_event_of_the_step_before():
    assert chain(line("A0", "B1", "B5", "C6"), ["A", "B", Step("C", within=2)]) == ["A0", "B5", "C6"]


def test_a_window_wants_the_latest_start():
    assert chain(line("A0", "B1", "A4", "B5", "C8"), ["A", "B", "C"], within=4) == ["A4", "B5", "C8"]
    # The newest start has no chain of two yet: the older one still counts.
    assert chain(line("A0", "B1", "A2", "C3"), ["A", "B", "C"], within=3) == ["A0", "B1", "C3"]
