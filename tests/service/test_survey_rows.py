"""Surveys, responses and invitations in the catalog, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.invitations import SENDING, SKIPPED, Limit
from lvtu.catalog.responses import COMPLETE
from lvtu.catalog.roles import Role
from lvtu.errors import BadInput, UnknownName
from service.inprocess import serving
from service.running import said
from service.test_surveys import DELIVERY, ok, send


@pytest.fixture
def catalog(database_url: str) -> Iterator[Catalog]:
    catalog = Catalog(Database(database_url))
    yield catalog
    catalog.close()


def survey(catalog: Catalog, key: str = "k") -> Any:
    made = catalog.surveys.add("shop", key, {"key": key}, {}, author="ann")
    return catalog.surveys.publish("shop", made.id, editor="ann")


def keep(catalog: Catalog, id: str, response: str, state: str, answers: dict[str, Any], **more: Any) -> Any:
    given = {"answers": answers, "who": {"customer": "7"}}
    more = {"invitation_id": None} | more
    return catalog.responses.keep(id, "shop", response, number=1, state=state, language="zh", given=given, **more)


def test_a_published_version_never_changes(catalog: Catalog) -> None:
    made = survey(catalog)
    assert (made.published, made.state) == (1, "open")
    changed = catalog.surveys.put("shop", made.id, {"key": "k", "title": 2}, {}, editor=None, version=made.version)
    assert catalog.surveys.version(made.id, 1).definition == {"key": "k", "version": 1}  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="changed"):
        catalog.surveys.put("shop", made.id, {"key": "k"}, {}, editor=None, version=made.version)
    again = catalog.surveys.publish("shop", made.id, editor=None)
    assert (changed.published, again.published) == (1, 2)
    assert catalog.surveys.publish("shop", made.id, editor=None).published == 2, "the same makes no other"
    assert catalog.surveys.of_link(made.link) is not None
    with pytest.raises(BadInput, match="already"):
        survey(catalog)
    for wrong in (lambda: catalog.surveys.get("hotel", made.id), lambda: catalog.surveys.remove("hotel", made.id)):
        with pytest.raises(UnknownName):
            wrong()


def test_what_is_complete_stays_and_an_invitation_is_good_for_one(catalog: Catalog) -> None:
    id = survey(catalog).id
    assert keep(catalog, id, "r1", "partial", {"q": 1}).given["answers"] == {"q": 1}
    assert keep(catalog, id, "r1", "started", {}).given["answers"] == {"q": 1}, "a page that is opened again"
    done = keep(catalog, id, "r1", COMPLETE, {"q": 2}, invitation_id="i")
    assert keep(catalog, id, "r1", COMPLETE, {"q": 3}).given == done.given
    with pytest.raises(BadInput, match="used"):
        keep(catalog, id, "r2", COMPLETE, {"q": 2}, invitation_id="i")
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: _used(catalog, id, f"many{n}"), range(16)))
    assert sum(outcomes) == 1
    assert [one.response for one in catalog.responses.unsettled(now() + timedelta(days=1), now())] != []
    for one in catalog.responses.unsettled(now() + timedelta(days=1), now() + timedelta(days=1)):
        catalog.responses.settle(one.id, state=one.state, keep=False)
    assert catalog.responses.unsettled(now() + timedelta(days=1), now() + timedelta(days=1)) == []
    assert catalog.responses.counts("shop")[id][COMPLETE] == 2


def _used(catalog: Catalog, id: str, response: str) -> bool:
    try:
        keep(catalog, id, response, COMPLETE, {"q": 1}, invitation_id="other")
    except BadInput:
        return False
    return True


def test_one_of_many_begins_an_invitation_and_limits_hold(catalog: Catalog) -> None:
    made, other = survey(catalog), survey(catalog, "other")
    for cause in ("a", "a", "b"):
        catalog.invitations.add(made.id, "shop", cause, customer="ann", recipient=None, way="sms", about={}, due=now())
    first, second = catalog.invitations.due(10)
    limit = Limit("enough", 1, now() - timedelta(days=1))
    with ThreadPoolExecutor(8) as pool:
        begun = [one for one in pool.map(lambda _: catalog.invitations.begin(first, "x", [limit]), range(16)) if one]
    assert [one.state for one in begun] == [SENDING]
    skipped = catalog.invitations.begin(second, "x", [limit])
    assert skipped is not None and (skipped.state, skipped.why) == (SKIPPED, "enough")
    for way in ("reply-sms", "sms"):  # an answer to feedback asks nothing, and is not counted
        catalog.invitations.add(made.id, "shop", way, customer="bob", recipient="x", way=way, about={}, due=now())
        (one,) = catalog.invitations.due(10)
        found = catalog.invitations.begin(one, "x", [limit])
        assert found is not None and found.state == SENDING, way
    own = Limit("enough", 1, now() - timedelta(days=1), other.id)
    catalog.invitations.add(other.id, "shop", "c", customer="ann", recipient="x", way="sms", about={}, due=now())
    (one,) = catalog.invitations.due(10)
    found = catalog.invitations.begin(one, "x", [own])
    assert found is not None and found.state == SENDING, "of this survey they had none"
    catalog.surveys.remove("shop", made.id)
    assert catalog.invitations.listed(made.id) == []


def test_forgetting_reaches_who_answers_and_who_is_asked(tmp_path: Path) -> None:
    """Short ids too, which are taken for one only where a customer is meant."""
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(
            [{"event": "Seen", "user_id": "7", "time": "2026-03-01", "identifiers": {"email": "zelda@x.example"}}]
        )
    with serving(tmp_path) as app:
        editor = app.person("e@example.com", shop=Role.editor)
        made = ok(editor.post("/api/w/shop/surveys", json={"definition": DELIVERY | {"purpose": "feedback"}}), 201)
        ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
        token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json={"customer": "7"}), 201)["invitation"]
        words = {"q1": 3, "why": "zelda@x.example wrote this"}
        ok(send(app.client(), made["link"], "response-1", words, invitation=token))
        app.catalog.invitations.add(
            made["id"], _id(app), "cause", customer="7", recipient="zelda@x.example", way="email", about={},
            due=now() + timedelta(days=1),
        )  # fmt: skip
        said("forget", tmp_path / "shop", "7")
        (piece,) = ok(editor.get("/api/w/shop/feedback"))["pieces"]
        assert (piece["customer"], piece["words"]) == ("(erased)", "(erased) wrote this")
        (one,) = app.catalog.invitations.listed(made["id"])
        assert (one.customer, one.recipient, one.state, one.why) == ("(erased)", "(erased)", SKIPPED, "erased")
    assert b"zelda" not in (tmp_path / "server.sqlite").read_bytes()


def _id(app: Any) -> str:
    served = app.home.named("shop")
    return str(served.id)
