"""A workshop on a map: a timer that all see, dots that nobody sees before a voting is over, and what comes of them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from service.inprocess import Client, InProcess

_CARDS = {"queue": "pains", "price": "pains", "scan": "ideas", "save": "ideas", "sign": "ideas"}
MAP = {
    "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "buy", "name": "Buy"}],
    "steps": [{"key": "pay", "stage": "buy", "name": {"zh": "付款", "en": "Pay"}}],
    "lanes": [{"key": "pains", "role": "pains", "label": "Pains"},
              {"key": "ideas", "role": "opportunities", "label": {"zh": "机会", "en": "Ideas"}}],
    "cards": [{"key": key, "lane": lane, "step": "pay", "text": key.title()} for key, lane in _CARDS.items()],
}  # fmt: skip
T0 = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def map_(ann: Client) -> str:
    """The address of a new map."""
    made = ann.post("/api/w/shop/maps", json=MAP)
    assert made.status_code == 201, made.text
    return f"/api/w/shop/maps/{made.json()['id']}"


def here(who: Client, map_: str) -> dict[str, object]:
    told: dict[str, object] = who.post(f"{map_}/here", json={"tab": "tab-of-" + str(id(who))}).json()
    return told


def vote(who: Client, map_: str, card: str, dots: int) -> dict[str, object]:
    answer = who.put(f"{map_}/voting/dots", json={"card": card, "dots": dots})
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_everybody_sees_the_timer(ann: Client, vic: Client, map_: str) -> None:
    assert here(vic, map_)["timer"] is None
    assert vic.put(f"{map_}/timer", json={"seconds": 60}).status_code == 403
    assert ann.put(f"{map_}/timer", json={"seconds": 300}).status_code == 200
    told = here(vic, map_)["timer"]
    assert isinstance(told, dict) and told["running"] and 290 < told["seconds"] <= 300
    assert told["by"] == "a•••@e•••.com", "who only looks sees no address"
    ann.put(f"{map_}/timer", json={"seconds": 120, "running": False})
    halted = here(vic, map_)["timer"]
    assert isinstance(halted, dict) and (halted["seconds"], halted["running"]) == (120, False)
    assert ann.put(f"{map_}/timer", json={"seconds": 0}).status_code == 422
    assert ann.delete(f"{map_}/timer").status_code == 204
    assert here(vic, map_)["timer"] is None


def test_dots_are_hidden_until_the_voting_is_over_and_kept_with_the_map(ann: Client, vic: Client, map_: str) -> None:
    assert vic.post(f"{map_}/voting", json={}).status_code == 403
    begun = ann.post(f"{map_}/voting", json={"title": "What first?", "dots": 3, "lanes": ["ideas"]})
    assert begun.status_code == 201, begun.text
    assert ann.post(f"{map_}/voting", json={}).status_code == 409, "one at a time"
    assert vote(ann, map_, "scan", 2)["left"] == 1
    assert vote(vic, map_, "save", 2)["left"] == 1
    assert vote(vic, map_, "scan", 1)["left"] == 0
    too_many = vic.put(f"{map_}/voting/dots", json={"card": "sign", "dots": 1})
    assert too_many.status_code == 400 and too_many.json()["code"] == "too_many_dots"
    assert vic.put(f"{map_}/voting/dots", json={"card": "queue", "dots": 0}).status_code == 200
    elsewhere = ann.put(f"{map_}/voting/dots", json={"card": "queue", "dots": 1})
    assert elsewhere.status_code == 400 and elsewhere.json()["code"] == "unknown_card", "of other lanes"
    assert vote(vic, map_, "scan", 0)["left"] == 1 and vote(vic, map_, "scan", 1)["left"] == 0
    told = here(ann, map_)["voting"]
    assert isinstance(told, dict)
    assert (told["mine"], told["voters"], told["left"], told["title"]) == ({"scan": 2}, 2, 1, "What first?")
    assert "votings" not in ann.get(map_).json()["document"], "nothing is told before it is over"
    assert vic.post(f"{map_}/voting/end").status_code == 403
    ended = ann.post(f"{map_}/voting/end")
    assert ended.status_code == 200, ended.text
    (kept,) = ended.json()["document"]["votings"]
    assert kept["tally"] == [{"card": "scan", "dots": 3, "voters": 2}, {"card": "save", "dots": 2, "voters": 1}]
    assert (kept["voters"], kept["dots"], kept["title"]["zh"]) == (2, 3, "What first?")
    assert "vic" not in ended.text, "whose dots they were is not kept"
    assert here(vic, map_)["voting"] is None and ann.post(f"{map_}/voting/end").status_code == 409
    history = ann.get(f"{map_}/history?lang=zh").json()
    assert "投票“What first?”" in str(history)
    ann.post(f"{map_}/undo")
    assert "votings" not in ann.get(map_).json()["document"]
    ann.post(f"{map_}/redo")
    assert ann.get(map_).json()["document"]["votings"] == [kept]


def test_what_came_of_it_is_a_table(app: InProcess, ann: Client, map_: str) -> None:
    ann.post(f"{map_}/voting", json={"dots": 2})
    vote(ann, map_, "queue", 1), vote(ann, map_, "save", 1)
    ann.post(f"{map_}/voting/end")
    ann.post(f"{map_}/edits", json={"edit": "remove", "part": "cards", "keys": ["queue"]})
    rows = app.home.named("shop").workspace.maps.of(map_.rsplit("/", 1)[1]).votings("en").to_pylist()
    assert [(row["rank"], row["card"], row["text"], row["lane"], row["step"], row["dots"]) for row in rows] == [
        (1, "queue", None, None, None, 1), (1, "save", "Save", "Ideas", "Pay", 1),
    ]  # fmt: skip


def test_a_voting_that_is_dropped_leaves_nothing(ann: Client, map_: str) -> None:
    assert ann.post(f"{map_}/voting", json={"lanes": ["no"]}).status_code == 400
    ann.post(f"{map_}/voting", json={})
    vote(ann, map_, "scan", 1)
    before = ann.get(map_).json()["step"]
    assert ann.delete(f"{map_}/voting").status_code == 204
    assert here(ann, map_)["voting"] is None and ann.get(map_).json()["step"] == before
    ann.post(f"{map_}/edits", json={"edit": "remove", "part": "cards", "keys": list(_CARDS)})
    assert ann.post(f"{map_}/voting", json={}).json()["code"] == "nothing_to_vote_on"


def test_a_timer_ends_by_itself_on_either_database(database_url: str) -> None:
    with closing(Catalog(Database(database_url))) as catalog:
        ann, bob = (catalog.people.new(f"{name}@example.com").id for name in ("ann", "bob"))
        shop = catalog.workshops("shop-id")
        shop.set_timer("m1", ann, 60, at=T0)
        shop.set_timer("m1", bob, 90, at=T0)
        left = [shop.timer("m1", T0 + timedelta(seconds=after)) for after in (30, 100)]
        assert [one and (one.seconds, one.running, one.person_id == bob) for one in left] == [
            (60, True, True), (-10, True, True),
        ]  # fmt: skip
        asked = shop.begin("m1", "", 2, ["ideas"], ann)
        shop.put("m1", ann, "a", 2), shop.put("m1", ann, "a", 1), shop.put("m1", bob, "b", 2)
        assert shop.given(asked.id) == {ann: {"a": 1}, bob: {"b": 2}}
        shop.forget("m1")
        assert (shop.timer("m1"), shop.voting("m1"), shop.given(asked.id)) == (None, None, {})
