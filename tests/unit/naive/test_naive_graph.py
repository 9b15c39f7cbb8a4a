from __future__ import annotations

from naive.graph import graph
from naive.journeys import Event


def line(customer: str, text: str) -> list[Event]:
    marks = text.split()
    channel = {"A": "web", "B": "web", "C": "store"}
    return [Event(f"{customer}{i}", int(m[1:]), customer, m[0], i, channel[m[0]]) for i, m in enumerate(marks)]


TWO = line("ann", "A0 B3 A4 B9") + line("bob", "A1 A1 B2 C7")


def test_neighbours_are_counted_with_their_gaps():
    assert graph(TWO) == {
        ("A", "B"): (3, 2, [1, 3, 5]),
        ("B", "A"): (1, 1, [1]),
        ("A", "A"): (1, 1, [0]),
        ("B", "C"): (1, 1, [5]),
    }


def test_a_run_counts_as_its_first_event():
    folded = graph(TWO, fold=True)
    assert ("A", "A") not in folded
    assert graph(line("ann", "A0 A5 B6"), fold=True) == {("A", "B"): (1, 1, [6])}


def test_names_may_be_channels_or_properties():
    assert graph(TWO, by="channel", fold=True) == {("web", "store"): (1, 1, [6])}
    assert graph(TWO, by="plan") == {(None, None): (6, 2, [0, 1, 1, 3, 5, 5])}


def test_wide_gaps_are_no_transitions():
    assert graph(TWO, within=3)["A", "B"] == (2, 2, [1, 3])


def test_filters_make_new_neighbours():
    assert graph(TWO, where=("A", "C"), since=1, until=8) == {("A", "A"): (1, 1, [0]), ("A", "C"): (1, 1, [6])}
    assert graph([]) == {} and graph(line("ann", "A0")) == {}
