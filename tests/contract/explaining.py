"""What all customers' explanations say together: it must be the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, ugly
from contract.test_first_touch import scored
from naive.journeys import Event, once
from property.strategies import CONDITIONS, START

SPAN = {
    "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    "since": st.one_of(st.none(), st.none(), st.integers(START, START + 12)),
    "until": st.one_of(st.none(), st.none(), st.integers(START, START + 12)),
}


def cases(folder: Path) -> list[Case]:
    """Few customers, since all are explained: now, at an earlier commit, through a view; with scores and weights."""
    parts = [scored(ugly(61, customers=16), 1, True), scored(ugly(62, customers=20, most=3), 2, True)]
    with buckets(3):
        ws = lvtu.open(folder / "few.lvtu")
        for part in parts:
            ws.ingest([event.record() for event in part])
        every = parts[0] + parts[1]
        ws.timeline("c0")  # builds while a build cuts so many buckets
    some = [event for event in once(every) if (event.value or 0) > 1]  # every name is still there
    return [
        Case("now", ws, every),
        Case("at 0", ws.at(0), parts[0]),
        Case("view", ws.journeys(where="value > 1"), some),
    ]


def explained(case: Case, result: Any) -> dict[str, Any]:
    """What is said of every customer that there is, also of those who have no event in the view."""
    names = [f"c{number}" for number in range(16 if case.name == "at 0" else 20)]
    found = {name: result.explain(name) for name in names}
    for name, told in found.items():
        assert told.customer == name and told.to_json()["customer"] == name
        assert len(told.text("zh").splitlines()) == len(str(told).splitlines()) == len(told.said)
    return found


def rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody's rows, each with its ``who``."""
    return [{"who": name, **row} for name, told in found.items() for row in told.table.to_pylist()]


def by_id(case: Case) -> dict[str, Event]:
    """Events by message id."""
    return {event.message_id: event for event in once(case.events)}
