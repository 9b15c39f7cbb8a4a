"""First touch against its twin: who begins where, and the scores given there, scale by scale."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from contract.cases import Case, buckets, ugly, workspace
from contract.models import models
from lvtu.errors import BadInput, UnknownName
from naive.first_touch import first_touch, mean
from naive.journeys import Event
from naive.model import Model
from parts import examples
from property.strategies import CONDITIONS, START

BY = {"event": lambda e: e.event, "channel": lambda e: e.channel, "plan": lambda e: e.properties.get("plan")}


def scored(events: list[Event], seed: int, weights: bool) -> list[Event]:
    """The events with scores on two scales or none, some without a scale, some with weights."""
    dice = random.Random(seed)
    given: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.message_id not in given and dice.random() < 0.7:
            scale = dice.choice(("csat5", "nps", None))
            weight = dice.choice((None, 0.25, 1.5, 4_000.0, 0.0)) if weights else None
            given[event.message_id] = {"score": float(dice.randint(0, 5)), "scale": scale, "weight": weight}
    return [replace(event, **given.get(event.message_id, {})) for event in events]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("answered")
    base, late = scored(ugly(71), 1, True), scored(ugly(72, customers=40, prefix="new"), 2, True)
    plain = scored(ugly(73, customers=60), 3, False)
    with buckets(4):
        return [
            Case("weighted", workspace(folder / "weighted", base, late), base + late),
            Case("plain", workspace(folder / "plain", plain), plain),
        ]


def agree(case: Case, by: str, group: Any, where: Any, span: dict[str, Any]) -> None:
    result = case.ws.first_touch(by, where=where and where.text, **span)
    twin = first_touch(case.events, group, where=where, **span)
    everyone = sum(len(touch.customers) for touch in twin.values())
    rows = {(row[by], row["scale"] if row["responses"] else "none"): row for row in result.table.to_pylist()}
    assert len(rows) == result.table.num_rows
    wanted = {(key, scale) for key, touch in twin.items() for scale in touch.scores or ("none",)}
    assert rows.keys() == wanted
    for (key, scale), row in rows.items():
        assert row["customers"] == len(twin[key].customers)
        assert row["share"] == pytest.approx(row["customers"] / everyone)
        assert set(result.customers(key)) == twin[key].customers
        found = (row["mean"], row["mean_low"], row["mean_high"], row["effective"])
        if scale == "none":
            assert (row["responses"], *found) == (0, None, None, None, None)
        else:
            assert row["responses"] == len(twin[key].scores[scale])
            assert found == pytest.approx(mean(twin[key].scores[scale], scale))
    counts = [row["customers"] for row in result.table.to_pylist()]
    assert counts == sorted(counts, reverse=True)


OPTIONS = {
    "where": st.one_of(st.none(), st.sampled_from(CONDITIONS)),
    "since": st.one_of(st.none(), st.integers(START, START + 12)),
    "until": st.one_of(st.none(), st.integers(START, START + 12)),
}


@settings(max_examples=examples(80))
@given(which=st.integers(0, 1), by=st.sampled_from(tuple(BY)), **OPTIONS)
def test_any_first_touch_is_the_twins(answered: list[Case], which: int, by: str, where: Any, **span: Any) -> None:
    agree(answered[which], by, BY[by], where, span)


@settings(max_examples=examples(60))
@given(which=st.integers(0, 1), model=models(), **OPTIONS)
def test_any_first_touchpoint_is_the_twins(
    answered: list[Case], which: int, model: Model, where: Any, **span: Any
) -> None:
    answered[which].ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    agree(answered[which], "touchpoint", model.touchpoint, where, span)


def test_without_weights_the_interval_is_the_usual_one(tmp_path: Path) -> None:
    scores = [3.0, 4.0, 5.0, 5.0, 2.5]
    events = [Event(f"m{i}", START + i, f"c{i}", "A", score=score, scale="mood") for i, score in enumerate(scores)]
    row = workspace(tmp_path / "w", events).first_touch("event").table.to_pylist()[0]
    low, high = stats.t.interval(0.95, 4, loc=3.9, scale=stats.sem(scores))
    assert (row["mean"], row["mean_low"], row["mean_high"]) == pytest.approx((3.9, low, high))
    assert (row["responses"], row["effective"]) == (5, pytest.approx(5))


def test_nobody_and_nothing(made: Any) -> None:
    case = made([])
    result = case.ws.first_touch("event")
    assert result.table.num_rows == 0
    with pytest.raises(UnknownName, match="unknown event 'A'"):
        result.customers("A")
    with pytest.raises(BadInput, match="no journey model"):
        case.ws.first_touch()
    with pytest.raises(BadInput, match="value holds a number"):
        case.ws.first_touch("value")
