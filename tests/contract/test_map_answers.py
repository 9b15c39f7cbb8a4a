"""What the data say to a map, counted once more by hand."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from scipy.stats import binomtest

import lvtu
from lvtu.errors import BadInput
from lvtu.maps import Map
from lvtu.maps.drawing.overlay import _completed
from lvtu.workspace import Workspace
from unit.maps.shop import MODEL, SAID, events

STEP = {
    "Home Viewed": "home", "Product Viewed": "product", "Product Rated": "product", "Checkout Started": "checkout",
    "Checkout Rated": "checkout", "Delivery Made": "delivery", "Delivery Rated": "delivery",
    "Parcel Opened": "parcel-opened",
}  # fmt: skip


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("maps") / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        yield ws


@pytest.fixture(scope="module")
def map_(ws: Workspace) -> Map:
    return ws.maps.autodraw()


def those(where: Any = None) -> list[dict[str, Any]]:
    return [one for one in events() if where is None or where(one)]


def test_the_steps_are_those_that_somebody_took(map_: Map) -> None:
    document = map_.document
    assert [step.key for step in document.steps] == ["home", "product", "checkout", "delivery", "parcel-opened"]
    assert [stage.key for stage in document.stages] == ["look", "buy", "get"]
    assert document.step("checkout").moment == "commercial"
    assert document.title.zh == "网购" and document.stage("look").goal is not None


def test_volume_and_ways_are_those_of_the_events(map_: Map) -> None:
    found, given = map_.answers(), events()
    who: dict[str, set[str]] = defaultdict(set)
    lines: dict[str, list[str]] = defaultdict(list)
    for one in sorted(given, key=lambda one: one["time"]):
        step = STEP[one["event"]]
        who[step].add(one["user_id"])
        if lines[one["user_id"]][-1:] != [step]:
            lines[one["user_id"]].append(step)
    assert {step: value.n for step, value in found.volume.items()} == {step: len(some) for step, some in who.items()}
    assert found.customers == len(set().union(*who.values()))
    went = Counter(pair for line in lines.values() for pair in itertools.pairwise(line))
    left = Counter(source for source, _ in went.elements())
    assert {pair: (value.value, value.n) for pair, value in found.ways.items()} == {
        pair: (pytest.approx(number / left[pair[0]]), left[pair[0]]) for pair, number in went.items()
    }


def test_curves_are_the_means_as_feelings(map_: Map) -> None:
    given: dict[str, list[float]] = defaultdict(list)
    for one in events():
        if "score" in one:
            given[STEP[one["event"]]].append(one["score"] - 3)
    values = map_.answers().values["csat5"]
    assert {step: (value.value, value.n) for step, value in values.items()} == {
        step: (pytest.approx(fmean(some)), len(some)) for step, some in given.items()
    }
    assert all(value.low < value.value < value.high for value in values.values())


def test_what_hurts_is_a_candidate_with_what_it_rests_on(map_: Map) -> None:
    pains = [card for card in map_.document.cards if card.kind == "pain"]
    assert {card.step for card in pains} == {"checkout"}
    assert all(card.evidence for card in pains)
    assert "checkout" not in {card.step for card in map_.document.cards if card.kind == "gain"}


def test_quotes_are_word_for_word_of_different_customers(map_: Map) -> None:
    texts = {one["text"]: one for one in events() if "text" in one}
    found = map_.answers().quotes
    assert set(found) == {"product", "checkout", "delivery"}
    for step, some in found.items():
        assert len({one.text for one in some}) == len(some) > 0
        assert all(STEP[texts[one.text]["event"]] == step and len(one.speaker) == 4 for one in some)
    assert all((one.feeling or 0) < 0 for one in found["checkout"]), SAID["Checkout Rated"]


def test_a_map_is_of_whom_it_says(ws: Workspace) -> None:
    drawn = ws.maps.autodraw(title="App", where="channel = 'app'")
    mine = those(lambda one: one["channel"] == "app")
    assert drawn.answers().customers == len({one["user_id"] for one in mine})
    home = {one["user_id"] for one in mine if one["event"] == "Home Viewed"}
    assert drawn.answers().volume["home"].n == len(home)


def test_an_edited_step_counts_what_its_rule_says(ws: Workspace) -> None:
    drawn = ws.maps.autodraw(title="Edited")
    drawn.edit("split_step", step="product", parts=[
        {"key": "seen", "name": "Seen", "entry": ["Product Viewed"]},
        {"key": "rated", "name": "Rated", "entry": ["Product Rated"]},
    ])  # fmt: skip
    found = drawn.answers()
    rated = {one["user_id"] for one in events() if one["event"] == "Product Rated"}
    assert found.volume["rated"].n == len(rated) == found.values["csat5"]["rated"].n
    assert "product" not in found.volume and drawn.document.now("product") == ("seen", "rated")


def test_an_actor_who_is_a_segment_feels_as_its_customers_do(ws: Workspace) -> None:
    ws.save_segment("got-it", "did 'Delivery Made'")
    drawn = ws.maps.autodraw(title="Roles")
    people = [{"key": "glad", "name": "Glad", "persona": "got-it"}, {"key": "any", "name": "Any", "persona": "nobody"}]
    drawn.edit("put", part="actors", made=people)
    who = {one["user_id"] for one in events() if one["event"] == "Delivery Made"}
    given: dict[str, list[float]] = defaultdict(list)
    for one in events():
        if "score" in one and one["user_id"] in who:
            given[STEP[one["event"]]].append(one["score"] - 3)
    found = drawn.answers().roles
    assert set(found) == {"glad"}, "of who is no segment nothing is known"
    assert {step: (value.value, value.n) for step, value in found["glad"].items()} == {
        step: (pytest.approx(fmean(some)), len(some)) for step, some in given.items()
    }


def test_a_workspace_without_anything_says_what_to_do(tmp_path: Any) -> None:
    with lvtu.open(tmp_path / "bare") as bare, pytest.raises(BadInput, match="nobody did anything"):
        bare.maps.autodraw()


@pytest.mark.parametrize("type", ["linear", "stage"])
@pytest.mark.parametrize("style", ["timeline", "chart"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_names_every_step_and_shows_its_numbers(map_: Map, type: str, style: str, lang: Any) -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(map_.svg(type, style, lang))
    words = " ".join(root.itertext())
    document = map_.document
    assert all(stage.name.get(lang) in words for stage in document.stages)
    assert {one.get("data-key") for one in root.iter() if one.get("data-kind") == "step"} == {
        step.key for step in document.steps
    }
    value = map_.answers().values["csat5"]["checkout"].value
    assert f"{value:+.2f}".replace("-", "−") in words
    assert "NaN" not in words and "None" not in words


def test_a_notebook_shows_the_picture(map_: Map) -> None:
    page = map_._repr_html_()
    assert page.startswith("<div") and map_.svg() in page


def test_what_was_said_by_somebody_who_is_forgotten_supports_no_card(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        map_ = ws.maps.autodraw(model="behaviour")
        quote = next(iter(map_.answers().quotes.values()))[0]
        speaker = next(one["user_id"] for one in events() if one.get("text") == quote.text)
        place = {"lane": "pains", "step": map_.document.steps[0].key, "text": "x"}
        map_.edit("put", part="cards", made=[
            {"key": key, **place, "evidence": [{"kind": "survey", "source": source}]}
            for key, source in (("said", quote.source), ("noted", "a note"))
        ])  # fmt: skip
        assert not {"said", "noted"} & set(map_.evidence().assumptions)
        ws.forget(speaker)
        assert {"said", "noted"} & set(map_.evidence().assumptions) == {"said"}


def test_shares_of_customers_and_of_answers_have_their_interval_and_what_they_are_of(ws: Workspace) -> None:
    drawn = ws.maps.autodraw(title="Shares")
    asked = [
        {"key": "first", "analysis": "first_touch", "spec": {"by": "event"}, "value": "share"},
        {"key": "ways", "analysis": "variants", "spec": {}, "value": "share"},
        {"key": "answered", "analysis": "scores", "spec": {"metric": "csat", "scale": "csat5"}, "value": "coverage"},
    ]
    drawn.edit("put", part="bindings", made=[{**one, "title": one["key"]} for one in asked])
    found = drawn.answers().head
    everybody = {one["user_id"] for one in events()}
    answered = {one["user_id"] for one in events() if one.get("scale") == "csat5"}
    assert found["answered"].n == found["first"].n == len(everybody)
    assert found["answered"].value == pytest.approx(len(answered) / len(everybody))
    for one in found.values():
        ends = binomtest(round(one.value * one.n), one.n).proportion_ci(method="wilson")
        assert (one.low, one.high) == pytest.approx((ends.low, ends.high), abs=1e-9)
    for judged in drawn.answers().plan.values():
        told = _completed(judged)
        if told is not None:
            ends = binomtest(judged.completed, told.n).proportion_ci(method="wilson")
            assert (told.low, told.high) == pytest.approx((ends.low, ends.high), abs=1e-9)
