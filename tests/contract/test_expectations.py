"""Gaps between what is perceived and what was expected against their twin, and against SERVQUAL."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

import lvtu
from contract.cases import Case, ugly, workspace
from contract.experiences import cases_in, hashed, near
from contract.instruments import opens
from lvtu.analyses.expectations import SIDES
from lvtu.analyses.expectations.spec import ExpectationsSpec
from lvtu.analyses.points.sides import SidesQuestion, State
from lvtu.errors import UnknownName
from naive import expectations as naive
from naive.touchpoint_quality import interval, mean
from property.strategies import START
from property.test_laws import holds


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("sides"))


def agree(case: Case, by: str | None = None, item: str = "item", **options: Any) -> None:
    result = case.ws.expectations(by, item=item, **options)
    gaps, alone = naive.pairs(naive.latest(case.events, by, item, SIDES, **options))
    rows = {row.get(by) if by else None: row for row in result.table.to_pylist()}
    assert rows.keys() == {group for group, _ in (*gaps, *alone)}
    parts = hashed(case)
    for group, row in rows.items():
        own = [one for place, one in gaps if place == group]
        assert (row["n"], row["customers"]) == (len(own), len({one.customer for one in own}))
        counts = [sum(one == (group, side) for one in alone) for side in (0, 1)]
        assert [row["perceived_alone"], row["expected_alone"]] == counts
        assert near(row["gap"], mean(own))
        if row["gap_low"] is not None:
            # the twin's interval ends at 0 and 100: it is asked about the gap in the middle of them
            moved = [one._replace(points=one.points / 4 + 50) for one in own]
            ends = interval(moved, mean, parts)
            assert ends is not None and all(
                near(end, 4 * (twin - 50)) for end, twin in zip((row["gap_low"], row["gap_high"]), ends, strict=True)
            )
            assert row["behind"] == (row["p_adjusted"] <= 0.05 and row["gap"] < 0)
    told = [row["gap"] for row in result.table.to_pylist() if row["gap"] is not None]
    assert told == sorted(told), "the furthest behind first"


def test_it_is_the_twin(cases: list[Case]) -> None:
    agree(cases[0])
    agree(cases[1], "channel", weighted=False)
    agree(cases[1], "event", item="plan")
    agree(cases[1], "plan", since=START + 2, until=START + 9)


def test_statements_of_servqual_by_step(tmp_path: Path) -> None:
    """B5: SERVQUAL's answers, by step: the gap is servqual's own, and the step that disappoints comes first."""
    told = {"store": (6, 4), "web": (5, 6)}
    rows = [
        {"event": "Service Quality Rated", "time": "2026-05-01", "user_id": f"c{who}", "scale": "servqual7",
         "score": score + who % 2, "channel": step,
         "properties": {"dimension": "empathy", "item": item, "side": side}}
        for who in range(12) for step, pair in told.items() for item in ("a", "b")
        for side, score in (("expectation", pair[0]), ("perception", pair[1] - who % 2 * (step == "store")))
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w") as ws:
        ws.append([*rows, rows[0] | {"user_id": "alone"}])
        table = ws.expectations("channel").table.to_pylist()
        assert [row["channel"] for row in table] == ["store", "web"] and table[0]["behind"] and not table[1]["behind"]
        assert table[0]["gap"] == pytest.approx(100 / 6 * fmean([-2, -3]), abs=0.01)
        of = {row["channel"]: row for row in ws.servqual("channel").table.to_pylist() if row["dimension"] == "empathy"}
        assert of["store"]["value"] * 100 / 6 == pytest.approx(table[0]["gap"], abs=0.01)
        assert (table[0]["n"], table[0]["customers"], table[0]["expected_alone"]) == (24, 12, 1)


def test_a_map_names_the_steps_that_disappoint(tmp_path: Path) -> None:
    """B5: what lies behind what was expected, and not by chance, stands among the pains of a map that is drawn."""
    steps = {"Till Rated": (6, 4), "Shelf Rated": (5, 6)}
    rows = [
        {"event": name, "time": "2026-05-01", "user_id": f"c{who}", "scale": "servqual7",
         "score": score + who % 2 * (side == "expectation" or name == "Shelf Rated"),
         "properties": {"dimension": "empathy", "item": "a", "side": side}}
        for who in range(12) for name, pair in steps.items()
        for side, score in zip(("expectation", "perception"), pair, strict=True)
    ]  # fmt: skip
    model = {"key": "shop", "title": "Shop", "stages": [{"key": "buy", "name": "Buy", "entry": list(steps)}]}
    with lvtu.open(tmp_path / "w") as ws:
        ws.append(rows)
        ws.save_model(model)
        drawn = ws.maps.autodraw(title="Shop")
        pains = [card for card in drawn.document.cards if card.key.startswith("pain-expected")]
        assert [card.step for card in pains] == ["till-rated"]
        said = "Found 41.7 points below what was expected (50.0 against 91.7 of 100)"
        assert pains[0].text is not None and pains[0].text.get("en") == said
        assert pains[0].evidence[0].kind == "survey" and pains[0].kind == "pain"
        listed = ws.maps.registers.pains().to_pylist()
        assert any(row["text"].startswith("Found 41.7") for row in listed)


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    ws = cases[1].ws
    opens([ws.expectations("channel"), ws.expectations(None)])
    with pytest.raises(UnknownName):
        ws.expectations("channel").customers("moon")


def told(state: State) -> Any:
    return state.customers.tolist(), state.alone.tolist(), state.sums.tolist()


def test_laws_expectations(cases: list[Case]) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = ExpectationsSpec(by="channel")
    snapshot.prepare(spec.reads())
    question = SidesQuestion(spec, snapshot, SIDES, "channel", "item", told_apart=False, paired=True, weighted=True)
    holds(question, snapshot, told)


def test_nobody_was_asked(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(74, customers=5)).expectations("channel")
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["gap_none"]
    assert result.chart("zh") and repr(result)
