"""What a forgotten customer said goes from maps with them, where it was quoted; where it was typed, it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.decoding import leaks
from lvtu.catalog.database import Database
from lvtu.core.words import say
from lvtu.maps import Map
from lvtu.workspace import Workspace
from service.running import said

LONG, SHORT, TAIL = "Payment failed three times at the till", "Awful", "nobody came to help me for half an hour"
HIS = "All was well with everything here"
MARK = {lang: say("forget.said", lang) for lang in ("zh", "en")}


def event(name: str, text: str, number: int) -> dict[str, Any]:
    time = f"2026-03-{number:02}T09:00:00Z"
    return {"message_id": f"{name}{number}", "user_id": name, "event": "Paid", "time": time, "text": text}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event("zelda-4711", LONG, 1), event("zelda-4711", SHORT, 2), event("zelda-4711", f"Then {TAIL}.", 3),
                   event("bo", HIS, 4)])  # fmt: skip
        yield ws


def card(key: str, text: str | dict[str, str], *evidence: dict[str, Any], kind: str = "pain") -> dict[str, Any]:
    return {"key": key, "lane": "pains", "step": "pay", "kind": kind, "text": text, "evidence": list(evidence)}


def drawn(ws: Workspace) -> tuple[Map, dict[str, str]]:
    """A map with cards of every kind; the number of the event of each text."""
    rows = ws.sql("select text, event_id from events")
    numbers = {text: str(id) for text, id in zip(rows["text"].to_pylist(), rows["event_id"].to_pylist(), strict=True)}
    map_ = ws.maps.load({
        "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}], "scenarios": [{"key": "a", "who": "Anybody"}],
        "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        "lanes": [{"key": "pains", "role": "pains", "label": "Pains"}],
    }, by="ann")  # fmt: skip
    hers = {"kind": "review", "source": numbers[LONG], "quote": LONG, "speaker": "a1b2", "date": "2026-03-01"}
    map_.edit("put", part="cards", by="ann", made=[
        card("quoted", {"zh": "付款失败", "en": f"“**{LONG.upper()}**”!"}, hers),
        card("own", "Our tills are unreliable", hers),
        card("short", SHORT, {"kind": "review", "source": numbers[SHORT]}),
        card("verbatim", TAIL, kind="quote"),
        card("typed", f"Noted at the desk: {LONG}"),
        card("brief", SHORT.lower()),
        card("his", HIS, {"kind": "review", "source": numbers[HIS]}),
        card("else", "Payment failed"),
    ])  # fmt: skip
    return map_, numbers


def cards(map_: Map) -> dict[str, Any]:
    return {one["key"]: one for one in map_.document.document()["cards"]}


def test_what_is_quoted_goes_from_the_map_its_history_and_its_versions(shop: Workspace, tmp_path: Path) -> None:
    map_, numbers = drawn(shop)
    map_.publish("First", by="ann")
    map_.edit("change", part="cards", key="quoted", fields={"text": f"Once more: {LONG}"}, by="ann")
    map_.edit("change", part="cards", key="quoted", fields={"text": "Tills"}, by="ann")
    map_.edit("remove", part="cards", keys=["short"], by="ann")
    before, step = cards(map_), map_.step
    receipt = shop.forget("zelda-4711")
    left = cards(map_)
    assert (receipt.details["cards"], receipt.details["cards_left"]) == (4, 1)
    gone = [{"kind": "review", "source": numbers[LONG], "title": "(erased)"}]
    assert left["own"] == before["own"] | {"evidence": gone}, "one's own sentence stays"
    assert left["quoted"] == before["quoted"] | {"evidence": gone}
    assert left["verbatim"]["text"] == MARK
    assert {key: left[key] for key in ("his", "typed", "brief", "else")} == {
        key: before[key] for key in ("his", "typed", "brief", "else")
    }
    assert map_.version(1).document()["cards"][0]["text"] == {"zh": "付款失败", "en": MARK["en"]}
    assert "own" in map_.evidence().assumptions and "his" not in map_.evidence().assumptions
    assert [one.card for one in shop.maps.words_left()] == ["typed"], "anybody may have typed “awful”"
    # Undoing goes on as before: what it brings back is without her words.
    for _ in range(2):
        map_.undo(by="ann")
    assert (cards(map_)["short"]["text"], cards(map_)["quoted"]["text"]) == (MARK, MARK)
    told = [one for one in map_.told("en") if one.what == "forgotten"]
    assert [(one.step, one.by, one.text) for one in told] == [(step + 1, "Lvtu", say("maps.did.forgotten", "en"))]
    [typed] = shop.maps.words_left()
    typed.take()
    assert shop.maps.words_left() == [] and cards(map_)["typed"]["text"] == MARK
    shop.close()
    assert leaks(tmp_path / "shop", [LONG, LONG.upper(), TAIL]) == []


def test_what_was_typed_stays_until_somebody_decides(shop: Workspace, tmp_path: Path) -> None:
    map_, _ = drawn(shop)
    map_.edit("put", part="cards", made=[card("twice", f"{TAIL}, they said")], by="ann")
    other = shop.maps.load({**map_.document.document(), "id": "other", "title": "Other", "cards": []})
    told = json.loads(said("forget", tmp_path / "shop", "zelda-4711", "--json"))
    assert told["cards_left"] == [{"map": map_.id, "card": one} for one in ("twice", "typed")]
    typed = shop.maps.words_left(map_.id)[1]
    assert LONG in str(typed.text) and shop.maps.words_left(other.id) == []
    map_.edit("remove", part="cards", keys=["typed"], by="ann")
    assert [one.text is None for one in shop.maps.words_left()] == [False, True], "the history has it"
    typed.keep()
    assert [one.card for one in shop.maps.words_left()] == ["twice"]
    map_.remove()
    assert shop.maps.words_left() == []


def test_an_edit_that_was_begun_before_brings_nothing_back(shop: Workspace) -> None:
    """The map is read, somebody is forgotten, then the edit is kept: on the map as it is by then."""
    map_, _ = drawn(shop)
    first = [True]

    def forget(*_: Any) -> None:
        if first:
            first.clear()
            shop.forget("zelda-4711")

    late = shop.maps.of(map_.id, forget)
    late.edit("describe", fields={"goal": "To be quick"}, by="ann")
    document = map_.document
    assert document.goal is not None and document.goal.en == "To be quick"
    assert cards(map_)["quoted"]["text"]["en"] == MARK["en"]


def test_insights_and_highlights_are_evidence_as_long_as_they_are_there(shop: Workspace, tmp_path: Path) -> None:
    map_, _ = drawn(shop)
    server = Database.of(tmp_path)
    text = shop.interviews.add("Ann: the till was broken", title="Ann", form="interview")
    mark = shop.interviews.highlight(text, "the till was broken")
    made = shop.insights.quote(shop.insights.add("Tills fail").id, where=f"text = '{LONG}'", words="failed three times")
    [quote] = made.quotes
    sources = {"insight": made.id, "quote": quote.id, "text": text, "mark": mark, "note": "the log of 1 May"}
    sources["never"] = "019a7c1e-0000-7000-8000-000000000001"
    map_.edit("remove", part="cards", keys=[one.key for one in map_.document.cards])
    map_.edit("put", part="cards", made=[
        card(key, "A till fails", {"kind": "interview", "source": source}) for key, source in sources.items()
    ])  # fmt: skip

    def told() -> tuple[set[str], int, int]:
        resting = map_.evidence()
        assert resting.supported + len(resting.assumptions) == resting.cards == len(sources)
        return set(resting.assumptions), resting.gone, resting.unknown

    assert told() == ({"never"}, 1, 0)
    shop.interviews.remove(text)
    assert told() == ({"never", "text", "mark"}, 3, 0)
    shop.forget("zelda-4711")
    assert told() == ({"never", "text", "mark", "quote"}, 4, 0), "the insight itself is there"
    shop.insights.remove(made.id)
    assert told() == (sources.keys() - {"note"}, 5, 0)
    server.close()
    for file in tmp_path.glob("server.sqlite*"):
        file.unlink()
    assert told() == (set(), 0, 5), "nobody can tell"
