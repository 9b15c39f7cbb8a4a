"""The airport's survey, asked for its scores: the figures on its page."""

from __future__ import annotations

from typing import Any

import pytest

import lvtu
from lvtu.demo import build
from lvtu.demo.airport import ITEMS
from lvtu.demo.files import read


@pytest.fixture(scope="module")
def airport(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("airport") / "airport.lvtu"
    facts = build.measure("airport", lvtu.open(folder), read("airport"))
    return lvtu.open(folder), facts


def test_the_net_promoter_score_of_each_year_is_the_pages(airport: tuple[Any, Any]) -> None:
    ws, facts = airport
    for year, told in ((2017, facts.nps.before), (2018, facts.nps.after)):
        row = ws.journeys(where=f"year = {year}").scores(metric="nps").table.to_pylist()[0]
        assert (row["value"], row["low"], row["high"]) == pytest.approx((told.value, told.low, told.high), abs=1e-4)
        assert (row["n"], row["effective_n"]) == (told.n, pytest.approx(told.effective, rel=1e-5))
    earlier, later = ws.scores(metric="nps", period="year").table.to_pylist()
    assert earlier["difference"] is None and later["difference"] == pytest.approx(facts.nps.change.delta, abs=1e-4)
    ends = (later["difference_low"], later["difference_high"])
    assert ends == pytest.approx((facts.nps.change.low, facts.nps.change.high), abs=1e-4)


def test_what_was_rated_changed_as_the_page_says(airport: tuple[Any, Any]) -> None:
    ws, facts = airport
    for scale in ("csat5", "clean5", "ease5"):
        rows = ws.scores("emotion", by="item", scale=scale, period="year").table.to_pylist()
        found = {row["item"]: row for row in rows if row["difference"] is not None}
        assert set(found) == {item.column for item in ITEMS if item.scale == scale}
        for item, row in found.items():
            told = facts.ratings[item]
            assert row["value"] == pytest.approx(told.after.value, abs=1e-5)
            assert row["difference"] == pytest.approx(told.change.delta, abs=1e-5)
            assert row["p_value"] == pytest.approx(told.change.p, abs=2e-3), "Student's t here, the normal there"


def test_each_stage_has_its_own_figure(airport: tuple[Any, Any]) -> None:
    ws, _ = airport
    rows = ws.scores("mean", scale="csat5", by="stage", where="year = 2018").table.to_pylist()
    assert [row["stage"] for row in rows] == ["reach", "terminal", "wait", None], "in the order of the journey"
    for row in rows:
        names = ws.scores("mean", scale="csat5", by="stage", where="year = 2018").customers(row["stage"])
        assert len(names) == row["customers"] and row["coverage"] == row["customers"] / row["present"]
