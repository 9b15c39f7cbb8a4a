"""Forgetting a customer reaches what people wrote on the server, on SQLite and on PostgreSQL, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import JSON, String, Text

import lvtu
from contract.decoding import leaks, texts
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import VARIABLE
from lvtu.catalog.erasing import _COLUMNS
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import Base, WebhookRow
from lvtu.catalog.webhooks import Attempt
from lvtu.privacy.documents import Without
from service.inprocess import Client, InProcess, serving
from service.postgres import Postgres
from service.running import said

SECRETS = ["zelda-4711", "zelda@example.org", "Zelda@Example.ORG", "zelda%40example.org", "phone-of-zelda"]

TREND = {"analysis": "trend", "event": "Seen"}


def seen(name: str, mail: str) -> dict[str, Any]:
    ids = {"user_id": name, "anonymous_id": f"phone-of-{mail}", "identifiers": {"email": f"{mail}@example.org"}}
    return {"event": "Seen", "time": "2026-03-01", **ids}


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    """A served home, its database in either kind."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgresql")
        monkeypatch.setenv(VARIABLE, server.new())
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([seen("zelda-4711", "zelda"), seen("ann", "ann")])
    lvtu.open(tmp_path / "hotel").close()
    with serving(tmp_path) as app:
        yield app


def ok(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def written(app: InProcess, client: Client) -> dict[str, str]:
    """Everything that people can write, with her in it; the ids of some of it."""
    ids = {}
    board = {
        "title": {"zh": "泽尔达 zelda-4711", "en": "About Zelda@Example.ORG"},
        "description": {"zh": "与 phone-of-zelda 有关", "en": "and with ann@example.org"},
        "tiles": [
            {"id": "one", "question": TREND | {"where": "user_id in ('zelda-4711', 'ann')"}},
            {"id": "two", "question": {"analysis": "timeline", "customer": "zelda-4711"}},
            {"id": "three", "question": TREND | {"where": "text != “zelda@example.org”"}},
        ],
        "segment": "anonymous_id != 'phone-of-zelda'",
    }  # fmt: skip
    ids["board"] = ok(client.post("/api/w/shop/boards", json=board))["id"]
    ids["other"] = ok(client.post("/api/w/shop/boards", json={"title": "Sales of ann", "tiles": []}))["id"]
    text = "Why did zelda@example.org leave?"
    ids["note"] = ok(client.post("/api/w/shop/annotations", json={"time": "2026-03-01", "text": text}))["id"]
    question = {
        "analysis": "trend",
        "spec": {"event": "Seen", "where": "user_id = 'zelda-4711'"},
        "title": "zelda-4711",
    }
    ids["share"] = ok(client.post("/api/w/shop/shares", json={"title": "zelda-4711", "questions": [question]}))["id"]
    segment = {"title": "Only her", "condition": "did Seen"}
    ok(client.put("/api/w/shop/segments/zelda-4711", json=segment))  # the audit log names the key
    ok(client.post("/api/tokens", json={"name": "for zelda@example.org", "role": "viewer"}))
    map_ = ok(client.post("/api/w/shop/maps", json={"title": "Sales"}))["id"]
    said = {"part": "map", "body": "zelda-4711 says so"}
    ids["map"], ids["comment"] = map_, ok(client.post(f"/api/w/shop/maps/{map_}/comments", json=said))["id"]
    shop = app.home.named("shop")
    assert shop is not None
    ann = app.catalog.people.new("ann@example.org")
    review = app.catalog.reviews(shop.id).ask(map_, 1, "As zelda@example.org wants it?", ann.id, [ann.id])
    app.catalog.reviews(shop.id).answer(map_, review.id, ann.id, "changes", "Not what phone-of-zelda said")
    hooks = app.catalog.webhooks
    url = "https://example.com/hooks?for=zelda%40example.org"
    ids["hook"] = hooks.add(shop.id, url, [], "tells of zelda-4711", author=None).id
    hook = hooks.get(shop.id, ids["hook"])
    sent = hooks.queue_for(hook, "upload.finished", json.dumps({"name": "orders of zelda-4711.csv", "rows": 3}))
    trial = Attempt(sent.created, 1, 400, "no zelda@example.org here", "unknown: zelda-4711", 5)
    hooks.tried(sent, trial, "failed", None)
    return ids


def test_what_people_wrote_is_erased(app: InProcess, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    client = app.local()
    ids = written(app, client)
    look = _bytes_of(request, tmp_path)
    assert {leak.split(" in ")[0] for leak in look()} == {repr(secret) for secret in SECRETS}
    before = ok(client.get(f"/api/w/shop/boards/{ids['other']}"))
    elsewhere = ok(client.post("/api/w/hotel/boards", json={"title": "Guests like bo-4711", "tiles": []}))

    told = json.loads(said("forget", tmp_path / "shop", "zelda@example.org", "--yes", "--json"))

    assert told["events"] == 1
    # Board, annotation, share (title, questions), audit line, webhook (address, note), message, attempt (2), token;
    # comment, review, verdict.
    assert (told["details"]["server"], told["details"]["places"]) == ("erased", 14)
    assert look() == []
    board = ok(client.get(f"/api/w/shop/boards/{ids['board']}"))
    assert (board["version"], board["editor"]) == (2, None)
    assert board["board"]["title"] == {"zh": "泽尔达 (erased)", "en": "About (erased)"}
    assert board["board"]["description"] == {"zh": "与 (erased) 有关", "en": "and with ann@example.org"}
    questions = [tile["question"] for tile in board["board"]["tiles"]]
    assert questions[0]["where"] == "user_id in ('(erased)', 'ann')"
    assert questions[1] == {"analysis": "timeline", "customer": "(erased)"}
    assert board["board"]["segment"] == "anonymous_id != '(erased)'"
    assert ok(client.get(f"/api/w/shop/boards/{ids['other']}")) == before
    assert ok(client.get(f"/api/w/hotel/boards/{elsewhere['id']}")) == elsewhere
    answers = ok(client.post(f"/api/w/shop/boards/{ids['board']}/answers", json={}))["tiles"]
    assert [tile["id"] for tile in answers if tile["problem"] is None] == ["one", "three"]
    (thread,) = ok(client.get(f"/api/w/shop/maps/{ids['map']}/comments"))["threads"]
    assert thread["comments"][0]["body"] == "(erased) says so"
    (review,) = ok(client.get(f"/api/w/shop/maps/{ids['map']}/reviews"))["reviews"]
    assert (review["words"], review["verdicts"][0]["words"]) == ("As (erased) wants it?", "Not what (erased) said")
    hook = ok(client.get("/api/w/shop/webhooks"))[0]
    assert (hook["enabled"], hook["reason"]) == (False, "its address named a customer who was forgotten; enter it anew")
    # Whoever has the board open as it was cannot bring her back.
    old = {"board": {"title": "About zelda-4711", "tiles": []}, "version": 1}
    assert client.put(f"/api/w/shop/boards/{ids['board']}", json=old).status_code == 409


def _bytes_of(request: pytest.FixtureRequest, home: Path) -> Callable[[], list[str]]:
    """Looks for her in the home, decoded, and in the files of a PostgreSQL."""
    if "postgresql" not in request.node.name:
        return lambda: leaks(home, SECRETS)
    server: Postgres = request.getfixturevalue("postgresql")

    def look() -> list[str]:
        with psycopg.connect(host=str(server.folder), user="lvtu", dbname="postgres", autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        base = server.folder / "data" / "base"
        said = [text for _, text in texts(base)]
        return [repr(secret) for secret in SECRETS if any(secret.encode() in text for text in said)]

    return look


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_database_that_cannot_be_reached_is_told(
    app: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.local()
    ok(client.post("/api/w/shop/annotations", json={"time": "2026-03-01", "text": "zelda-4711 and phone-of-zelda"}))
    monkeypatch.setenv(VARIABLE, "postgresql://lvtu:secret@127.0.0.1:9/none")
    receipt = json.loads(said("forget", tmp_path / "shop", "zelda-4711", "--json"))
    assert (receipt["events"], receipt["details"]["server"], receipt["details"]["places"]) == (1, "unreached", 0)
    assert "secret" not in receipt["details"]["why"]
    monkeypatch.delenv(VARIABLE)  # where it can be reached, once more: nobody is there, but their name is
    again = json.loads(said("forget", tmp_path / "shop", "zelda-4711", "--json"))
    assert (again["events"], again["details"]["server"], again["details"]["places"]) == (0, "erased", 1)
    said("forget", tmp_path / "shop", "phone-of-zelda")
    assert [note["text"] for note in ok(client.get("/api/w/shop/annotations"))] == ["(erased) and (erased)"]
    assert leaks(tmp_path, SECRETS) == []


def test_a_server_on_another_database_is_remembered(postgresql: Postgres, tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([{"event": "Seen", "user_id": "zelda-4711", "time": "2026-03-01"}])
    url = postgresql.new()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, url.replace("lvtu@", "lvtu:open sesame@").replace(" ", "%20"))
        with serving(tmp_path) as app:
            ok(app.local().post("/api/w/shop/annotations", json={"time": "2026-03-01", "text": "zelda-4711"}))
    receipt = json.loads(said("forget", tmp_path / "shop", "zelda-4711", "--json"))
    assert receipt["details"]["server"] == "unreached"  # its password is nowhere in the workspace
    assert "postgresql" in receipt["details"]["why"]
    assert leaks(tmp_path, ["open sesame", "open%20sesame"]) == []


def test_without_a_server_none_is_made(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([{"event": "Seen", "user_id": "zelda-4711", "time": "2026-03-01"}])
        assert ws.forget("zelda-4711").details["server"] == "none"
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_every_column_is_looked_at_or_holds_no_words() -> None:
    """A new column of text belongs to one of the two."""
    of_people = {"people": {"email", "name", "language", "zone"}, "credentials": {"hash"}}  # accounts are theirs
    chosen = {
        "tokens": {"workspace_ids"}, "audit": {"action"}, "webhooks": {"types", "secret", "old_secret", "reason"},
        "documents": {"kind"}, "webhook_deliveries": {"type", "state"},
        "surveys": {"key", "link", "secret", "state"}, "survey_invitations": {"cause", "way", "state", "why"},
        "survey_responses": {"response", "state", "language"},
        "feedback": {"token", "kind", "status", "owner", "merged_into"},
        "feedback_changes": {"what"}, "feedback_votes": {"mark"},
        "map_presence": {"tab", "place", "sight"}, "map_locks": {"card"}, "map_comments": {"part", "key"},
        "map_verdicts": {"verdict"}, "map_notices": {"kind", "part", "key", "cells"}, "map_standings": {"cells"},
        "map_votings": {"lanes"}, "map_dots": {"card"},
        "survey_quotas": {"key", "response"},
        "survey_files": {"response", "question", "type"}, "recordings": {"type"},
    }  # fmt: skip
    looked_at = {row.__tablename__: set(names) for row, names in _COLUMNS.items()}
    assert WebhookRow.__tablename__ in looked_at
    for table in Base.metadata.sorted_tables:
        words = {
            column.name
            for column in table.columns
            if isinstance(column.type, String | Text | JSON) and not column.name.endswith("id")
            and column.name not in ("author", "editor", "ends", "address", "role")
        }  # fmt: skip
        known = [where.get(table.name, set()) for where in (of_people, chosen, looked_at)]
        assert words == set().union(*known), table.name


def test_an_account_is_untouched(tmp_path: Path) -> None:
    """Somebody who signs in with the address of a customer goes on doing so."""
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([{"event": "Seen", "user_id": "ann@example.org", "time": "2026-03-01"}])
    with serving(tmp_path) as app:
        ann = app.person("ann@example.org", shop=Role.editor)
        said("forget", tmp_path / "shop", "ann@example.org")
        assert ok(ann.get("/api/session"))["person"]["email"] == "ann@example.org"
    with closing(Catalog.of(tmp_path)) as catalog:
        assert [one.email for one in catalog.people.everybody()] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("user_id = 7", "user_id = '(erased)'"),
        ("user_id = 70 and day = 7", "user_id = 70 and day = 7"),
        ("user_id in (7, 17, '7', 'on 7 days')", "user_id in ('(erased)', 17, '(erased)', 'on 7 days')"),
        ("identifiers.member between 7 and 9", "identifiers.member between '(erased)' and 9"),
        ("user_id = ‘7’ or plan = '7 x'", "user_id = '(erased)' or plan = '7 x'"),
        ("Within 7 days", "Within 7 days"),
        ("mail to O''Hara@x.org, o'hara@X.org", "mail to (erased), (erased)"),
        ("https://x.org/?m=o%27hara%40x.org", "https://x.org/?m=(erased)"),
        ("o'hara@x.organisation", "o'hara@x.organisation"),
    ],
)
def test_texts_without_somebody(text: str, left: str) -> None:
    assert Without({"7", "o'hara@x.org"}).written(text) == left
