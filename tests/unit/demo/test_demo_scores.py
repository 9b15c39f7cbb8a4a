"""The airport's survey, asked for its scores: the figures on its page, worked out again from the published files."""

from __future__ import annotations

import json
import math
import shlex
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import stats

import lvtu
from lvtu.cli import main
from lvtu.demo import build
from lvtu.demo.airport import ITEMS
from lvtu.demo.facts import airport as asked
from lvtu.demo.files import read
from lvtu.demo.tell.airport_voices import TREND
from published import effective, published


@pytest.fixture(scope="module")
def airport(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("airport") / "airport"
    facts = build.measure("airport", lvtu.open(folder), read("airport"))
    return lvtu.open(folder), facts


def nps(year: int) -> tuple[float, float, float]:
    """(value, its standard error, effective n) of a published file, by the formula."""
    rows = published(year)[published(year).netpro.between(0, 10)]
    up = rows.weight[rows.netpro >= 9].sum() / rows.weight.sum()
    down = rows.weight[rows.netpro <= 6].sum() / rows.weight.sum()
    n = effective(rows.weight)
    return 100 * (up - down), 100 * math.sqrt((up + down - (up - down) ** 2) / n), n


def test_the_net_promoter_score_of_each_year_is_that_of_the_published_file(airport: tuple[Any, Any]) -> None:
    ws, facts = airport
    for year, told in ((2017, facts.nps.before), (2018, facts.nps.after)):
        row = ws.journeys(where=f"year = {year}").scores(metric="nps").table.to_pylist()[0]
        value, error, n = nps(year)
        assert (row["value"], row["low"], row["high"]) == pytest.approx((told.value, told.low, told.high), abs=1e-4)
        assert (row["value"], row["effective_n"]) == pytest.approx((value, n), rel=1e-5)
        assert (told.high - told.low) / 2 == pytest.approx(stats.norm.ppf(0.975) * error, rel=0.01)
        assert told.n == row["n"] == published(year).netpro.between(0, 10).sum()
    (a, u, _), (b, v, _) = nps(2017), nps(2018)
    change, half = facts.nps.change, stats.norm.ppf(0.975) * math.hypot(u, v)
    assert (change.delta, change.low, change.high) == pytest.approx((b - a, b - a - half, b - a + half), abs=1e-3)
    assert change.p == pytest.approx(2 * stats.norm.sf(abs(b - a) / math.hypot(u, v)), rel=0.02)


def test_ratings_are_those_of_the_published_files(airport: tuple[Any, Any]) -> None:
    _, facts = airport
    for item in ITEMS:
        told, both = facts.ratings[item.column], []
        for year, figure in ((2017, told.before), (2018, told.after)):
            table = published(year)
            rows = table[table[item.column].between(1, 5)]
            n, score = effective(rows.weight), rows[item.column] - 3
            value = np.average(score, weights=rows.weight)
            error = math.sqrt(np.average((score - value) ** 2, weights=rows.weight) / (n - 1))
            half = stats.t.ppf(0.975, n - 1) * error
            assert (figure.value, figure.low, figure.high) == pytest.approx(
                (value, value - half, value + half), abs=1e-4
            )
            assert figure.n == len(rows)
            both.append((value, error))
        (a, u), (b, v) = both
        assert told.change.delta == pytest.approx(b - a, abs=1e-5)
        assert told.change.p == pytest.approx(2 * stats.norm.sf(abs(b - a) / math.hypot(u, v)), abs=2e-3)


def test_problems_met_are_those_of_the_published_files(airport: tuple[Any, Any]) -> None:
    _, facts = airport
    parts = []
    for year, figure in ((2017, facts.problem.before), (2018, facts.problem.after)):
        rows = published(year)[published(year).q15problem.isin([1, 2])]
        n, share = effective(rows.weight), rows.weight[rows.q15problem == 1].sum() / rows.weight.sum()
        ends = stats.binomtest(round(share * n), round(n)).proportion_ci(method="wilson")
        assert (figure.value, figure.n) == (pytest.approx(share, abs=1e-6), len(rows))
        assert (figure.low, figure.high) == pytest.approx((ends.low, ends.high), abs=1e-3)
        parts.append((share, n))
    (a, n), (b, m) = parts
    pooled = (a * n + b * m) / (n + m)
    expected = 2 * stats.norm.sf(abs(b - a) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)))
    assert facts.problem.change.p == pytest.approx(expected, rel=1e-3) and facts.problem.tone == ""


def test_each_stage_has_its_own_figure(airport: tuple[Any, Any]) -> None:
    ws, _ = airport
    rows = ws.scores("mean", scale="csat5", by="stage", where="year = 2018").table.to_pylist()
    assert [row["stage"] for row in rows] == ["reach", "terminal", "wait", None], "in the order of the journey"
    for row in rows:
        names = ws.scores("mean", scale="csat5", by="stage", where="year = 2018").customers(row["stage"])
        assert len(names) == row["customers"] and row["coverage"] == row["customers"] / row["present"]


def test_the_commands_on_the_page_answer_with_its_figures(airport: tuple[Any, Any], monkeypatch: Any) -> None:
    ws, facts = airport
    monkeypatch.chdir(ws.layout.root.parent)

    def run(command: str) -> list[dict[str, Any]]:
        words = shlex.split(command)
        assert words[0] == "lvtu"
        done = CliRunner().invoke(main, [*words[1:], "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)["table"]

    def later(question: Any) -> float:
        return next(row["value"] for row in run(question.command("airport")) if str(row["period"]).startswith("2018"))

    assert later(asked.NPS) == pytest.approx(facts.nps.after.value)
    assert later(asked.PROBLEMS) == pytest.approx(facts.problem.after.value)
    for question in asked.RATED.values():
        for row in run(question.command("airport")):
            told = facts.ratings[row["item"]]
            figure = told.after if str(row["period"]).startswith("2018") else told.before
            assert (row["value"], row["n"]) == (pytest.approx(figure.value), figure.n)
    for row, told in zip(run(asked.DRIVERS.command("airport")), facts.drivers.found, strict=True):
        assert (row["driver"], row["importance"]) == (told.item.column, pytest.approx(told.share.value))
    people = {one.code.name.en: one.people for one in facts.themes.found if one.code.question == "q15"}
    for row in run(TREND["q15"].command("airport")):
        assert row["customers"] == people[row["theme"]][int(str(row["period"])[:4])]
