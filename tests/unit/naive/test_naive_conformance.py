"""The twins of conformance and hand-offs, by hand, and the twin's alignments against distances to every word."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive.conformance import Planned, aligned, conformance, dijkstra, fitness
from naive.handoffs import handoffs
from naive.journeys import Event
from parts import examples

HOUR = 3_600_000_000


def line(customer: str, *events: tuple[float, str]) -> list[Event]:
    return [Event(f"{customer}{k}", round(t * HOUR), customer, name) for k, (t, name) in enumerate(events)]


DESIGN = [
    Planned(("see",)),
    Planned(("ask", "call"), optional=True),
    Planned(("cart",), within=2 * HOUR, repeatable=True),
    Planned(("buy",), within=5 * HOUR),
]
SHOP = [
    *line("ann", (0, "see"), (1, "cart"), (2, "cart"), (9, "buy")),  # buys 7 h after the last cart
    *line("bob", (0, "cart"), (1, "see"), (2, "buy")),
    *line("cai", (0, "see"), (1, "walk"), (2, "walk"), (3, "cart"), (4, "buy"), (5, "buy")),
    *line("dee", (6, "see"), (7, "call"), (8, "cart")),  # the data end at 9
]


def test_verdicts():
    found = conformance(SHOP, DESIGN)
    assert {name: one.status for name, one in found.items()} == {
        "ann": ["completed", "skipped", "completed", "late"],
        "bob": ["completed", "skipped", "out_of_order", "completed"],
        "cai": ["completed", "skipped", "late", "completed"],
        "dee": ["completed", "completed", "completed", "pending"],
    }
    assert {name: one.cost for name, one in found.items()} == {"ann": 0, "bob": 2, "cai": 3, "dee": 1}
    assert [fitness(found[name], DESIGN) for name in ("ann", "bob", "cai")] == pytest.approx([1, 1 - 2 / 6, 1 - 3 / 9])
    assert found["ann"].done == [1, 0, 2, 1] and found["cai"].done == [1, 0, 1, 2]
    assert found["cai"].detours == [(0, 2, 2)] and len(found["cai"].strange) == 2
    assert found["ann"].took == [None, None, HOUR, 7 * HOUR]


def words(design: list[Planned], most: int) -> set[tuple[str, ...]]:
    """Every word of the design's language that is no longer than that, by writing each of them down."""
    parts = []
    for step in design:
        once = [tuple(word) for n in range(1, (most if step.repeatable else 1) + 1)
                for word in product(step.places, repeat=n)]  # fmt: skip
        parts.append([*once, ()] if step.optional else once)
    found = {sum(choice, ()) for choice in product(*parts)}
    return {word for word in found if len(word) <= most}


def distance(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Insertions and deletions between two words: what is left of both without their longest common subsequence."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    return len(one) + len(other) - 2 * rows[-1][-1]


@settings(max_examples=examples(150))
@given(
    path=st.lists(st.sampled_from("ABX"), max_size=4).map(tuple),
    design=st.lists(
        st.builds(Planned, st.sampled_from((("A",), ("B",), ("A", "B"))), st.none(), st.booleans(), st.booleans()),
        min_size=1, max_size=3,
    ),
)  # fmt: skip
def test_costs_are_edit_distances_to_the_designs_language(path, design):
    # a word much longer than the path is never the nearest: each of its letters beyond would cost 1
    nearest = min(distance(path, word) for word in words(design, len(path) + len(design)))
    assert dijkstra(path, design) == aligned(path, design)[0] == nearest


def test_handoffs_by_hand():
    desk = [*line("ann", (0, "open"), (1, "open"), (2, "answer"), (30, "answer")), *line("bob", (31, "open"))]
    own = handoffs(desk, ("open",), ("answer",), 4 * HOUR)
    assert [(one.status, one.took) for one in own] == [("kept", 2 * HOUR), ("late", 29 * HOUR), ("pending", None)]
    shared = handoffs(desk, ("open",), ("answer",), 4 * HOUR, match="shared")
    assert [(one.status, one.took) for one in shared] == [("kept", 2 * HOUR), ("kept", HOUR), ("pending", None)]
    assert [one.mature for one in own] == [True, True, False]
    assert [one.status for one in handoffs(desk, ("open",), ("answer",), 4 * HOUR, since=HOUR)] == ["late", "pending"]
