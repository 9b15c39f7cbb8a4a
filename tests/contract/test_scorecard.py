"""The perception scorecard against its twin; ratings of the survey that comes with Lvtu; differences by hand."""

from __future__ import annotations

import math
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

import lvtu
from contract.cases import Case, ugly, workspace
from contract.experiences import cases_in, feel, hashed, near
from contract.instruments import opens
from lvtu import voice
from lvtu.analyses.intervals import discoveries
from lvtu.analyses.scorecard.question import ScorecardQuestion, State
from lvtu.analyses.scorecard.spec import ScorecardSpec
from lvtu.errors import BadInput, UnknownName
from naive import scorecard as naive
from naive.touchpoint_quality import Thing, interval, mean
from property.strategies import START
from property.test_laws import holds

ATTRIBUTES = [{"name": "one", "items": ["p"], "topics": ["service"]}, {"name": "q", "topics": ["service.staff"]}]
NAIVE = {"one": (("p",), ("service",)), "q": (("q",), ("service.staff",))}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("card"))


@cache
def topics(text: str) -> list[str]:
    found: list[str] = voice.analyse([text])["topics"][0].as_py() or []
    return found


def p_of(own: list[Thing], rest: list[Thing], parts: Any) -> float | None:
    """How likely chance makes two means so different: the jackknife of their difference."""
    used = sorted({parts[one.customer] for one in own + rest})
    sides = [[mean([one for one in side if parts[one.customer] != group]) for group in used] for side in (own, rest)]
    if any(one is None for side in sides for one in side) or len(used) < 5:
        return None
    whole = (mean(own) or 0.0) - (mean(rest) or 0.0)
    error = math.sqrt((len(used) - 1) / len(used) * sum((a - b - whole) ** 2 for a, b in zip(*sides, strict=True)))  # type: ignore[operator]
    return float(2 * stats.t.sf(abs(whole) / error, len(used) - 1)) if error > 1e-7 else None


def agree(case: Case, by: str | None, item: str | None = "item", **options: Any) -> None:
    result = case.ws.scorecard(by, attributes=ATTRIBUTES, item=item, **options)
    twin = naive.told(case.events, by, NAIVE, [item or "item"], feel, topics, **options)
    rows = {(row.get(by) if by else None, row["attribute"]): row for row in result.table.to_pylist()}
    assert rows.keys() == {one[:2] for one in twin}
    parts, tested = hashed(case), {}
    for (group, name), row in rows.items():
        own = [one.thing for one in twin if one[:2] == (group, name)]
        rest = [one.thing for one in twin if one.attribute == name and one.group != group]
        for source, told in (("answers", "rated"), ("texts", "said")):
            some = [one for one in own if one.part == source]
            assert row[source] == len(some) and near(row[told], mean(some))
        assert (row["n"], row["customers"]) == (len(own), len({one.customer for one in own}))
        assert near(row["score"], mean(own))
        assert all(map(near, (row["low"], row["high"]), interval(own, mean, parts) or (None, None)))
        if by and rest and min(len(own), len(rest)) >= 5:
            assert row["score_difference"] == pytest.approx((mean(own) or 0) - (mean(rest) or 0), abs=0.02)
            tested[group, name] = p_of(own, rest, parts)
            assert (row["p_value"] is None) == (tested[group, name] is None)
    known = {key: p for key, p in tested.items() if p is not None}
    for (key, p), adjusted in zip(known.items(), discoveries(list(known.values())), strict=True):
        assert rows[key]["p_value"] == pytest.approx(p, rel=0.02, abs=1e-4)
        assert rows[key]["p_adjusted"] == pytest.approx(adjusted, rel=0.02, abs=1e-4)
        assert rows[key]["changed"] == (rows[key]["p_adjusted"] <= 0.05)


def test_it_is_the_twin(cases: list[Case]) -> None:
    agree(cases[0], None)
    agree(cases[1], "channel", weighted=False)
    agree(cases[1], "plan", item=None, take="answers")
    agree(cases[1], "event", take="texts", since=START + 2, until=START + 9)


def test_the_matrix_of_a_survey_is_a_scorecard(tmp_path: Path) -> None:
    """C1: attributes by touchpoint, from the survey that comes with Lvtu; what is worse at one place differs."""
    dice = random.Random(3)
    worse = {("store", "attitude"): 1.5}
    rows = [
        {"event": "Perception Rated", "time": "2026-05-01", "user_id": f"c{who}", "scale": "perception5",
         "score": min(max(round(dice.gauss(4 - worse.get((place, row), 0), 0.8)), 1), 5),
         "properties": {"row": row, "touchpoint": place}}
        for who in range(80) for place in ("store", "website") for row in ("quality", "attitude", "brand")
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w") as ws:
        ws.append(rows)
        result = ws.scorecard("properties.touchpoint")
        found = {(row["properties.touchpoint"], row["attribute"]): row for row in result.table.to_pylist()}
        assert len(found) == 6 and {row["n"] for row in found.values()} == {80}
        own = [row["score"] for row in rows if row["properties"] == {"row": "brand", "touchpoint": "store"}]
        assert found["store", "brand_image"]["score"] == pytest.approx(25 * (sum(own) / 80 - 1), abs=0.01)
        assert {key for key, row in found.items() if row["changed"]} == {("store", "attitude"), ("website", "attitude")}
        assert "Attitude" in result.explain("c1").text("en") and "服务态度" in str(result.chart("zh")["title"])


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    ws = cases[1].ws
    asked = {"attributes": ATTRIBUTES, "item": "item"}
    opens([ws.scorecard("channel", **asked), ws.scorecard(None, **asked)])
    with pytest.raises(UnknownName):
        ws.scorecard("channel", **asked).customers(attribute="price")
    with pytest.raises(BadInput, match="twice"):
        ws.scorecard(attributes=[{"name": "a"}, {"name": "a"}])


def test_laws_scorecard(cases: list[Case]) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = ScorecardSpec(by="channel", attributes=ATTRIBUTES, item="item")
    snapshot.prepare(spec.reads())

    def told(state: State) -> Any:
        return state.customers.tolist(), state.sums.tolist()

    holds(ScorecardQuestion(spec, snapshot), snapshot, told)


def test_nobody_told_anything(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(74, customers=5)).scorecard("channel")
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["card_none"]
    assert result.chart("zh") and repr(result)
