"""Scores against their twin, over the turns of calendars, with weights, gaps, and customers who answer again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, buckets, micros, workspace
from contract.test_trend import scattered
from naive import scores as naive
from naive.journeys import Event
from property.strategies import CONDITIONS, START, ZONES, some_names

DAY = 86_400_000_000
SCALES = {"nps": (0, 10), "csat5": (1, 5), "ces7": (1, 7), "stars5": (1, 5)}
MEASURES = {"nps": "nps", "csat": "csat5", "ces": "ces7", "stars": "stars5", "mean": "csat5", "emotion": "ces7"}


def answered(events: list[Event], seed: int) -> list[Event]:
    """The events with answers: halves of stars, a few beyond their scale, weights of which some are nothing or huge."""
    dice = random.Random(seed)
    given: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.message_id not in given and dice.random() < 0.8:
            scale = dice.choice(tuple(SCALES))
            low, high = SCALES[scale]
            score = float(dice.randint(low, high)) + (dice.choice((0.0, -0.5, -0.25)) if scale == "stars5" else 0.0)
            weight = dice.choice((None, None, 0.25, 1.5, 0.0, 70_000.0, 3.000001))
            given[event.message_id] = {"score": score, "scale": scale, "weight": weight}
    return [replace(event, **given.get(event.message_id, {})) for event in events]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("answers")
    base, late = answered(scattered(1, 40, 900), 1), answered(scattered(2, 50, 300), 2)
    with buckets(4):
        first = workspace(folder / "tail", base, late)
        first.trend()
        return [
            Case("tail", first, base + late),
            Case("compacted", workspace(folder / "compacted", base, late, compact=True), base + late),
        ]


def asked(case: Case, metric: str, question: dict[str, Any]) -> Any:
    given = {name: value for name, value in question.items() if value is not None}
    for name in ("where", "event_where"):
        if name in given:
            given[name] = given[name].text
    return case.ws.scores(metric, scale=MEASURES[metric], **given)


def agree(case: Case, metric: str, question: dict[str, Any], data: Any) -> None:
    result, ends = asked(case, metric, question), SCALES[MEASURES[metric]]
    twin = naive.scores(case.events, MEASURES[metric], ends, **question)
    by, period = question["by"], question["period"]
    column = f"by_{by}" if by and f"by_{by}" in result.table.column_names else by
    rows = result.table.to_pylist()
    got = {(period and micros(row["period"]), by and row[column]): row for row in rows}
    there = {cell: one for cell, one in twin.items() if one.answers}
    assert len(got) == len(rows) and got.keys() == there.keys(), "a gap has no row"
    told = naive.changes(metric, twin, ends, period, question["zone"])
    adjusted = naive.adjusted(told)
    for cell, one in there.items():
        row = got[cell]
        figure = naive.figure(metric, one.answers, ends)
        close((row["value"], row["low"], row["high"]), figure)
        k, n = naive.best(one.answers, ends, 3)
        assert (row["n"], row["effective_n"]) == (len(one.answers), pytest.approx(n))
        assert (row["customers"], row["present"]) == (len(one.customers), len(one.present))
        assert row["coverage"] == pytest.approx(len(one.customers) / len(one.present))
        if metric == "nps":
            assert (row["promoters"], row["passives"], row["detractors"]) == naive.counts(one.answers)
        if metric == "ces":
            assert (row["top"], row["top_low"], row["top_high"]) == pytest.approx((k / n, *naive.wilson(k, n)))
        if question["sent"]:
            assert (row["asked"], row["responded"]) == (len(one.asked), len(one.responded))
        if by or period:
            differs(row, told[cell], adjusted.get(cell))
    if there:
        cell = data.draw(st.sampled_from(sorted(there, key=repr)))
        where = {"group": cell[1]} if by else {}
        names = result.customers(period=cell[0], **where)
        assert names == sorted(there[cell].customers) and len(names) == got[cell]["customers"]


def close(found: Sequence[float | None], expected: Sequence[float | None]) -> None:
    """The same numbers, and nothing where nothing is known; weights are kept to a millionth."""
    assert [one is None for one in found] == [one is None for one in expected]
    numbers = [one for one in expected if one is not None]
    assert [one for one in found if one is not None] == pytest.approx(numbers, abs=1e-7, rel=1e-5)


def differs(row: dict[str, Any], told: Any, adjusted: float | None) -> None:
    columns = ("difference", "difference_low", "difference_high", "p_value")
    if told is None:
        assert [row[name] for name in columns] == [None] * 4
    else:
        close([row[name] for name in columns], told)
    assert row["p_adjusted"] == (None if adjusted is None else pytest.approx(adjusted, rel=1e-5))
    assert row["changed"] == (None if adjusted is None else adjusted <= 0.05)


WHERE = st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))
QUESTION = st.fixed_dictionaries(
    {
        "by": st.sampled_from((None, "plan", "channel", "event")),
        "period": st.sampled_from((None, None, "day", "week", "month", "quarter", "year")),
        "zone": st.sampled_from(ZONES),
        "carry": st.booleans(),
        "weighted": st.booleans(),
        "event": some_names(),
        "event_where": WHERE,
        "where": WHERE,
        "sent": st.sampled_from((None, "A")),
        "since": st.one_of(st.none(), st.integers(-30, 90)),
        "until": st.one_of(st.none(), st.integers(-30, 330)),
    }
)


@settings(max_examples=150, deadline=None)
@given(which=st.integers(0, 1), metric=st.sampled_from(tuple(MEASURES)), question=QUESTION, data=st.data())
def test_any_scores_are_the_twins(
    cases: list[Case], which: int, metric: str, question: dict[str, Any], data: Any
) -> None:
    span = {n: None if question[n] is None else START + question[n] * DAY for n in ("since", "until")}
    agree(cases[which], metric, question | span, data)
