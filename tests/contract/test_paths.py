"""The paths that flows, variants, sessions and their like read, against their twin."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case
from lvtu.analyses.base import make
from lvtu.analyses.paths import paths_of
from lvtu.analyses.trend import TrendSpec
from naive.paths import paths
from parts import examples
from property.strategies import CONDITIONS, START

OPTIONS = st.fixed_dictionaries(
    {
        "by": st.sampled_from(("event", "event", "channel", "plan")),
        "fold": st.booleans(),
        "missing": st.booleans(),
        "session_gap": st.one_of(st.none(), st.integers(0, 6)),
        "where": st.one_of(st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
    }
)


def seen(case: Case, options: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(customer, (message id, place) of each place) for each path."""
    by, fold, gap = options["by"], options["fold"], options["session_gap"]
    where = options["where"] and options["where"].text
    spec = make(TrendSpec, {"where": where, "since": options["since"], "until": options["until"]})
    snapshot, ids, found = case.ws._snapshots(), case.message_ids(), []
    snapshot.prepare([by, "plan", "value"])
    names = snapshot.names(by)
    for block in snapshot.blocks:
        lines = paths_of(block, snapshot, by, spec, fold=fold, session_gap=gap, missing=options["missing"])
        customers, event_ids, times = block.names().to_pylist(), block.column("event_id"), lines.times(block)
        for path, who in enumerate(lines.who.tolist()):
            places = range(int(lines.starts[path]), int(lines.starts[path + 1]))
            rows = [int(lines.row_of(place)) for place in places]
            assert [int(times[place]) for place in places] == [int(block.column("time")[row]) for row in rows]
            line = [
                (ids[int(event_ids[row])], names[lines.places[p]] or None) for p, row in zip(places, rows, strict=True)
            ]
            found.append((customers[who], line))
    return sorted(found, key=lambda one: one[0])  # stable: a customer's sessions stay in order


@settings(max_examples=examples(60))
@given(options=OPTIONS, data=st.data())
def test_any_paths_are_the_twins(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    by = options["by"]
    expected = [(who, [(e.message_id, e.get(by)) for e in line]) for who, line in paths(case.events, **options)]
    assert seen(case, options) == sorted(expected, key=lambda one: one[0])


def test_a_customers_key_is_the_same_in_the_tail_and_built(states: list[Case]) -> None:
    for case in states:
        fresh = {}
        for block in case.ws._snapshots().blocks:
            keys = zip(block.names().to_pylist(), block.column("hi").tolist(), strict=True)
            shown = block.keep.tolist() or [1] * block.customers
            fresh |= {name: key for (name, key), kept in zip(keys, shown, strict=True) if kept}
        assert len(set(fresh.values())) == len(fresh) == len({event.customer for event in case.events})
        bases = case.ws._snapshots().base
        stored = {n: k for b in bases for n, k in zip(b.names().to_pylist(), b.column("hi").tolist(), strict=True)}
        assert all(stored[name] == key for name, key in fresh.items() if name in stored)
