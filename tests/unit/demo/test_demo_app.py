"""The application shows of the airport what its page says: the same workspace, asked over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

import lvtu
from lvtu.demo import build
from lvtu.demo.airport import ITEMS, MODEL
from lvtu.demo.facts import airport as asked
from lvtu.demo.files import read
from service.inprocess import serving


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("home")
    facts = build.measure("airport", lvtu.open(home / "airport"), read("airport"))
    with serving(home) as app:
        yield app.local(), facts


def test_the_overview_has_the_pages_score_and_its_change(told: tuple[Any, Any]) -> None:
    client, facts = told
    answer = client.get("/api/w/airport/overview?lang=zh").json()
    assert answer["state"] == "ok" and answer["period"]["kind"] == "waves", "a survey a year"
    figures = {one["code"]: one for one in answer["headline"]}
    nps = figures["nps"]
    assert (nps["value"], nps["low"], nps["high"], nps["n"]) == (
        pytest.approx(facts.nps.after.value), pytest.approx(facts.nps.after.low), pytest.approx(facts.nps.after.high),
        facts.nps.after.n,
    )  # fmt: skip
    change = nps["change"]  # controlled over all figures of the overview there; the page tests it by itself and says so
    assert (change["difference"], change["p_value"]) == pytest.approx((facts.nps.change.delta, facts.nps.change.p))
    assert figures["customers"]["value"] == facts.passengers[2018]
    assert [stage["name"] for stage in answer["stages"]] == [stage.name.zh for stage in MODEL.stages]
    security = next(stage for stage in answer["stages"] if stage["key"] == "security")
    ease = next(one for one in security["feelings"] if one["of"] == "ease5")
    assert ease["change"]["worse"], "passing through security, and nothing else, is rated there on that scale"


def test_questions_over_http_have_the_pages_figures(told: tuple[Any, Any]) -> None:
    client, facts = told
    for question in asked.RATED.values():
        rows = client.post("/api/w/airport/analyses/scores?lang=zh", json=question.options).json()["table"]
        later = {row["item"]: row for row in rows if row["period"].startswith("2018")}
        for item in (item for item in ITEMS if item.column in later):
            figure, row = facts.ratings[item.column], later[item.column]
            assert (row["value"], row["low"], row["high"], row["n"]) == (
                pytest.approx(figure.after.value), pytest.approx(figure.after.low), pytest.approx(figure.after.high),
                figure.after.n,
            )  # fmt: skip
            assert row["difference"] == pytest.approx(figure.change.delta)
    answer = client.post("/api/w/airport/analyses/drivers?lang=en", json=asked.DRIVERS.options).json()
    shares = [(one.item.column, pytest.approx(one.share.value)) for one in facts.drivers.found]
    assert [(row["driver"], row["importance"]) for row in answer["table"]] == shares


def test_touchpoints_have_their_names(told: tuple[Any, Any]) -> None:
    client, facts = told
    spec = {"metric": "emotion", "scale": "ease5", "by": "touchpoint", "where": "year = 2018"}
    answer = client.post("/api/w/airport/analyses/scores?lang=zh", json=spec).json()
    values = {row["touchpoint"]: row["value"] for row in answer["table"]}
    items = {"trip": "q13getrate", "signs": "q14find", "security": "q14passthru"}
    assert values == {key: pytest.approx(facts.ratings[item].after.value) for key, item in items.items()}
    names = {step.key: step.name.zh for step in MODEL.steps}
    assert {row["touchpoint"] for row in answer["shown"]} == {names[key] for key in items}
