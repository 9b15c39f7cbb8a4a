"""Needs that matter and are not met, against their twin and the known vector of the formula."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, ugly, workspace
from contract.experiences import cases_in, hashed, near
from contract.instruments import opens
from lvtu.analyses.importance import SIDES
from lvtu.analyses.importance.spec import ImportanceSpec
from lvtu.analyses.points.sides import SidesQuestion, State
from lvtu.errors import UnknownName
from naive import expectations as naive
from naive.importance import opportunity
from naive.touchpoint_quality import Thing, interval, mean_of
from property.strategies import START
from property.test_laws import holds


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("needs"))


def agree(case: Case, by: str | None = None, **options: Any) -> None:
    result = case.ws.importance(by, **options)
    twin: dict[Any, list[Thing]] = {}
    for (customer, group, item), sides in naive.latest(case.events, by, "item", SIDES, **options).items():
        for side, one in sides.items():
            part = ("importance", "satisfaction")[side]
            twin.setdefault((group, item), []).append(Thing(customer, group, part, one.points, one.weight))
    rows = {(row.get(by) if by else None, row["need"]): row for row in result.table.to_pylist()}
    assert rows.keys() == twin.keys()
    parts = hashed(case)
    for key, row in rows.items():
        own = twin[key]
        assert (row["important"], row["satisfied"]) == tuple(
            sum(one.part == part for one in own) for part in ("importance", "satisfaction")
        )
        assert row["customers"] == len({one.customer for one in own})
        assert near(row["opportunity"], opportunity(own))
        for name in ("importance", "satisfaction"):
            told = mean_of(name, own)
            assert near(row[name], None if told is None else told / 10)
        ends = interval(own, opportunity, parts)
        assert all(map(near, (row["opportunity_low"], row["opportunity_high"]), ends or (None, None)))


def test_it_is_the_twin(cases: list[Case]) -> None:
    """I6: the opportunity of each need, and its interval."""
    agree(cases[0])
    agree(cases[1], "channel", weighted=False)
    agree(cases[1], "plan", since=START + 2, until=START + 9)


def test_the_known_opportunity_and_the_quadrants(tmp_path: Path) -> None:
    """The vector of the formula, by way of answers: 8.2 and 4.1 → 12.3; 5 and 9 → 5."""
    needs = {"speed": (8.2, 4.1), "looks": (5, 9), "price": (9, 9), "music": (1, 1)}
    rows = [
        {"event": "Need Rated", "time": "2026-05-01", "user_id": f"c{who}", "scale": "nps", "score": score,
         "properties": {"side": side, "item": need}}
        for need, pair in needs.items() for side, value in zip(("importance", "satisfaction"), pair, strict=True)
        for who, score in enumerate(split(value))
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w") as ws:
        ws.append(rows)
        found = {row["need"]: row for row in ws.importance().table.to_pylist()}
        assert found["speed"]["opportunity"] == pytest.approx(12.3) and found["looks"]["opportunity"] == pytest.approx(
            5
        )
        assert {need: row["quadrant"] for need, row in found.items()} == {
            "speed": "concentrate", "looks": "overkill", "price": "keep_up", "music": "low_priority",
        }  # fmt: skip
        assert ws.importance().table["need"][0].as_py() == "speed"


def split(value: float) -> list[int]:
    """Ten whole answers with a mean."""
    low = int(value)
    more = round(10 * (value - low))
    return [low + (at < more) for at in range(10)]


def test_laws_importance(cases: list[Case]) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = ImportanceSpec()
    question = SidesQuestion(spec, snapshot, SIDES, None, "item", told_apart=True, paired=False, weighted=True)

    def told(state: State) -> Any:
        return state.customers.tolist(), state.sums.tolist()

    holds(question, snapshot, told)


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    ws = cases[1].ws
    opens([ws.importance("channel"), ws.importance()])
    for wrong in ({"need": "sleep"}, {"side": "price"}):
        with pytest.raises(UnknownName):
            ws.importance().customers(**wrong)


def test_nobody_was_asked(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(74, customers=5)).importance()
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["needs_none"]
    assert result.chart("zh") and repr(result)
