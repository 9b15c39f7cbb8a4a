"""What a question begins with: made of what is there, answered at once, and the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.analyses.forms import forms
from lvtu.catalog.roles import Role
from service.inprocess import Client, served, serving

# Of twelve customers each looks, most look again, some buy, and few send back.
_LIVES = [
    (day, life) for day, life in enumerate(["LLBR", "LLB", "LLB", "LB", "LL", "LL", "L", "L", "L", "L", "L", "L"])
]
_ODD = """it's a "new" \\ one"""
_NAMES = {"L": "Looked", "B": "Order Completed", "R": "Sent back"}
_EVENTS = [
    {"user_id": f"c{day}", "event": _NAMES[letter], "time": f"2026-01-{day + 1:02}T{hour + 8:02}:00:00Z",
     "channel": "web", "value": 5}
    for day, life in _LIVES for hour, letter in enumerate(life)
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(_EVENTS)
    with lvtu.open(home / "asked") as ws:
        rated = {"event": "Rated", "time": "2026-01-01T08:00:00Z", "score": 4}
        ws.ingest(
            [rated | {"user_id": f"c{n}", "scale": scale} for n, scale in enumerate(("clean5", "clean5", "ease5"))]
        )
    with lvtu.open(home / "odd") as ws:
        ws.ingest([{"user_id": "ann", "event": _ODD, "time": "2026-01-01T08:00:00Z"}])
    return home


@pytest.fixture(scope="module")
def shop(home: Path) -> Iterator[Client]:
    with served(home, "shop", "empty", "odd", "asked") as client:
        yield client


@pytest.fixture(scope="module")
def begins(shop: Client) -> dict[str, Any]:
    found: dict[str, Any] = shop.get("/api/w/shop/begin").json()
    return found


def test_steps_are_in_the_order_in_which_they_follow(begins: dict[str, Any]) -> None:
    assert begins["funnel"] == {"steps": ["Looked", "Order Completed", "Sent back"]}
    assert begins["attribution"]["goal"] == ["Order Completed"], "an order is what it is about, not what comes last"
    assert begins["timing"] == {"start": "Looked", "end": "Order Completed"}
    assert begins["trend"] == {"period": "day"}, "twelve days"


def test_whatever_must_be_said_is_said_and_has_an_answer(shop: Client, begins: dict[str, Any]) -> None:
    apart = {"timeline", "model_change", "drivers"}  # they have pages of their own; nobody was asked for a score
    for form in forms("en"):
        needed = [field.name for field in form.fields if field.required]
        if needed and form.name not in apart:
            assert needed[0] in begins[form.name], form.name
    for name, spec in begins.items():
        answer = shop.post(f"/api/w/shop/analyses/{name}", json=spec).json()
        assert answer["total"] > 0, (name, spec, answer)


def test_names_may_have_any_quotes(shop: Client) -> None:
    spec = shop.get("/api/w/odd/begin").json()["overlap"]
    assert shop.post("/api/w/odd/analyses/overlap", json=spec).json()["total"] > 0


def test_nothing_begins_where_nothing_is(shop: Client) -> None:
    assert shop.get("/api/w/empty/begin").json() == {}


def test_a_viewer_begins_as_others_do(home: Path, begins: dict[str, Any]) -> None:
    with serving(home) as app:
        assert app.person("vera@example.com", shop=Role.viewer).get("/api/w/shop/begin").json() == begins


def test_scores_begin_with_a_measure_that_the_answers_give(shop: Client) -> None:
    assert shop.get("/api/w/asked/begin").json()["scores"] == {"metric": "mean", "scale": "clean5"}
    assert "scores" not in shop.get("/api/w/shop/begin").json(), "nothing was asked there: as it stands it says so"
