"""A segment over time against the twin, which asks its condition of what had happened by the end of every period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, micros, workspace
from contract.test_trend import scattered
from lvtu.errors import BadInput
from naive.drift import drift
from naive.journeys import Event
from naive.segment import Did, Next, Not, Some, Then
from parts import examples
from property.strategies import CONDITIONS, START, ZONES

DAY = 86_400_000_000
A, B = Some(("A",)), Some(("B",))


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    base, late = scattered(7, 40, 200), scattered(8, 40, 80)
    with buckets(3):
        return Case("years", workspace(tmp_path_factory.mktemp("drift") / "w", base, late), base + late)


def agree(case: Case, condition: Any, ask: Any = None, **options: Any) -> None:
    where = options.get("where")
    asked = {**options, "where": where and where.text}
    result = case.ws.drift(ask or condition.text, **asked)
    expected = drift(case.events, condition, **options)
    rows = {micros(row["period"]): row for row in result.table.to_pylist()}
    if not any(found["everyone"] for found in expected.values()):
        assert rows == {}
        return
    assert rows.keys() == expected.keys()
    before = None
    for start, row in rows.items():
        found = {name: len(who) for name, who in expected[start].items()}
        assert {name: row[name] for name in found} == found
        assert row["stayed"] == row["inside"] - row["entered"]
        assert row["share"] == (pytest.approx(row["inside"] / row["everyone"]) if row["everyone"] else None)
        assert before is None or row["inside"] == before + row["entered"] - row["exited"]
        before = row["inside"]
    some = list(rows)[len(rows) // 2]
    for name in ("inside", "entered", "exited"):
        assert result.customers(rows[some]["period"], name) == sorted(expected[some][name])


RECENT = [Did(Some(), recent=30 * DAY), Did(A, "at least", 2, older=20 * DAY), Not(Did(B, recent=10 * DAY))]


@settings(max_examples=examples(25))
@given(
    condition=st.sampled_from([*RECENT, Did(A, "at least", 2, window=3 * DAY), Then(A, (Next(B),)), Not(Did(Some()))]),
    period=st.sampled_from(("week", "month")),
    zone=st.sampled_from(ZONES),
    where=st.one_of(st.none(), st.sampled_from(CONDITIONS)),
)
def test_any_drift(years: Case, condition: Any, period: str, zone: str, where: Any) -> None:
    times = sorted(event.time for event in years.events)
    agree(years, condition, period=period, zone=zone, where=where,
          since=times[len(times) // 3], until=times[2 * len(times) // 3])  # fmt: skip


def test_the_whole_time(years: Case) -> None:
    for condition in RECENT:
        agree(years, condition, period="month")
        last = years.ws.drift(condition.text).table["inside"].to_pylist()[-1]
        assert last == years.ws.segment(condition.text).size, "the last period ends with the segment of now"


def test_a_name_and_an_earlier_commit(tmp_path: Path) -> None:
    parts = [scattered(3, 20, 80), scattered(4, 20, 80)]
    ws = workspace(tmp_path / "w", *parts)
    ws.save_segment("VIP", RECENT[0].text)
    agree(Case("now", ws, parts[0] + parts[1]), RECENT[0], ask="VIP", period="month")
    agree(Case("then", ws.at(0), parts[0]), RECENT[1], period="month")
    ws.close()


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.drift("did .").table.num_rows == 0
        ws.ingest([Event(f"m{n}", START + (10 + 60 * n) * DAY, "ann", "A").record() for n in range(3)])
        result = ws.drift("did A in the last 30 days", until="2026-06-01")
        assert [(row["entered"], row["exited"]) for row in result.table.to_pylist()][:3] == [(1, 0), (0, 1), (1, 0)]
        assert [note.code for note in ws.drift("did .").notes] == ["open_period"]
        with pytest.raises(BadInput, match="no change 'left'"):
            result.customers("2026-01-01", "left")
        with pytest.raises(BadInput, match="more than 1"):
            ws.drift("did .", period="hour")
