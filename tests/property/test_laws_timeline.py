"""The laws of time lines: what they have no merge for, they owe to the order of events and to who is who."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, ugly, workspace
from lvtu.view import View
from naive.journeys import once
from parts import examples
from property.strategies import CONDITIONS, START

WHO = st.integers(0, 29).map(lambda number: f"c{number}")
TIMES = st.integers(START, START + 13)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    base, late = ugly(97, customers=30), ugly(98, customers=40, most=3)
    with buckets(5):
        ws = workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late)
        ws.timeline("c0")
    return Case("laws", ws, base + late)


def line(ws: View, who: str, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ws.timeline(who, **options).table.to_pylist()
    return found


@settings(max_examples=examples(30))
@given(who=WHO, cuts=st.lists(TIMES, max_size=4).map(sorted))
def test_laws_timeline_stretches_one_after_another_are_the_whole(case: Case, who: str, cuts: list[int]) -> None:
    ends = [None, *cuts, None]
    parts = [line(case.ws, who, since=a, until=b) for a, b in pairwise(ends) if a is None or a != b]
    assert [row for part in parts for row in part] == line(case.ws, who)


@settings(max_examples=examples(30))
@given(who=WHO, condition=st.sampled_from(CONDITIONS), limit=st.integers(1, 9))
def test_laws_timeline_a_condition_and_a_limit_only_leave_out(case: Case, who: str, condition: Any, limit: int) -> None:
    whole, events = line(case.ws, who), {event.message_id: event for event in case.events}
    fits = [row for row in whole if condition(events[row["message_id"]])]
    assert line(case.ws, who, where=condition.text) == fits
    assert line(case.ws, who, where=condition.text, limit=limit) == fits[-limit:]
    assert line(case.ws, who, limit=limit) == whole[-limit:]


def test_laws_timeline_every_event_is_on_one_line(case: Case) -> None:
    there = Counter(
        row["message_id"] for who in sorted({e.customer for e in case.events}) for row in line(case.ws, who)
    )
    assert there == Counter(event.message_id for event in once(case.events))


def test_laws_timeline_whatever_the_buckets_and_the_way_events_came(case: Case, tmp_path: Path) -> None:
    events = once(case.events)
    with buckets(1), lvtu.open(tmp_path / "one") as ws:
        ws.ingest([event.record() for event in events[::-1]])
        for who in ("c0", "c7", "c29"):
            assert [r["message_id"] for r in line(ws, who)] == [r["message_id"] for r in line(case.ws, who)]
            assert line(ws, who)


def test_laws_timeline_two_who_join_have_both_lines_in_order(case: Case) -> None:
    ws: Any = case.ws
    one, other = line(ws, "c1"), line(ws, "c2")
    edge = ws.join("c1", "c2")
    both = line(ws, "c1")
    assert [row["message_id"] for row in line(ws, "c2")] == [row["message_id"] for row in both]
    order = sorted(one + other, key=lambda r: (r["time"], r["sequence"] or 0, r["message_id"].encode()))
    assert [row["message_id"] for row in both] == [row["message_id"] for row in order]
    ws.unjoin(edge)
    assert (line(ws, "c1"), line(ws, "c2")) == (one, other)
