"""Feedback from end to end: said, looked at, merged, answered, published, voted for; whoever said it is told, once."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.feedback import Decision
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import FeedbackChangeRow
from lvtu.service.feedback.telling import tell_left
from lvtu.service.invitations import sender as sending
from lvtu.service.limits import Buckets
from service.inprocess import Client, InProcess, eventually, serving
from service.mailbox import Mailbox, mailbox
from service.receiver import Receiver
from service.running import said
from service.test_asking import SECRET
from service.test_surveys import ok, send

__all__ = ["mailbox"]

BASE = "/api/w/shop/feedback"


@pytest.fixture(scope="module")
def gateway() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, mailbox: tuple[Mailbox, int], gateway: Receiver
) -> Iterator[InProcess]:  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
        patch.setattr(sending, "LOOK_EVERY", 0.05)
        home = tmp_path_factory.mktemp("home")
        with lvtu.open(home / "shop") as ws:
            ws.append([{"event": "Joined", "user_id": "ann", "time": "2026-01-01",
                        "identifiers": {"email": "ann@x.example"}}])  # fmt: skip
        lvtu.open(home / "hotel").close()
        with serving(home) as served:
            asking = {
                "address": "https://ask.example", "sms": {"url": gateway.url, "secret": SECRET},
                "smtp": {"host": "127.0.0.1", "port": mailbox[1], "security": "none", "sender": "shop@x.example"},
            }  # fmt: skip
            ok(served.person("admin@example.com", shop=Role.admin).put("/api/w/shop/asking", json=asking))
            yield served


@pytest.fixture(scope="module")
def editor(app: InProcess) -> Client:
    return app.person("editor@example.com", shop=Role.editor)


def door(editor: Client, key: str = "feedback", **more: Any) -> dict[str, Any]:
    ready = next(one for one in ok(editor.get("/api/w/shop/surveys/presets")) if one["name"] == "feedback")
    definition = ready["definition"] | {"key": key} | more
    made = ok(editor.post("/api/w/shop/surveys", json={"definition": definition}), 201)
    found: dict[str, Any] = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    return found


def say_it(app: InProcess, made: dict[str, Any], response: str, words: str, contact: str = "", **more: Any) -> Any:
    """Say something; what the page that sent it is told."""
    answers = {"kind": more.pop("kind", "idea"), "words": words} | ({"contact": contact} if contact else {})
    return ok(send(app.client(), made["link"], response, answers, **more))


def piece_of(editor: Client, made: dict[str, Any], words: str) -> dict[str, Any]:
    found = ok(editor.get(f"{BASE}?door={made['id']}"))["pieces"]
    (one,) = [each for each in found if each["words"] == words]
    return dict(ok(editor.get(f"{BASE}/{one['id']}")))


def change(editor: Client, piece: dict[str, Any], **decision: Any) -> dict[str, Any]:
    newest = ok(editor.get(f"{BASE}/{piece['id']}"))["version"]
    return dict(ok(editor.patch(f"{BASE}/{piece['id']}", json={"version": newest} | decision)))


def events(app: InProcess, response: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    served = app.home.named("shop")
    assert served is not None
    rows = served.workspace.sql(
        "select event, user_id, text, properties from events order by time, sequence"
    ).to_pylist()
    told = [
        (one["event"], one["user_id"], json.loads(one["properties"] or "{}") | {"text": one["text"]}) for one in rows
    ]
    return [one for one in told if one[2].get("response") == response]


def mails(mailbox: tuple[Mailbox, int], to: str) -> list[Any]:
    return [
        email.message_from_bytes(one.content, policy=policy.default)
        for one in mailbox[0].got
        if one.rcpt_tos == [to]
    ]  # fmt: skip


def test_h13_said_answered_told(app: InProcess, editor: Client, mailbox: tuple[Mailbox, int]) -> None:
    made = door(editor)
    words = "请加深色模式 <img src=x onerror=alert(1)>"
    page = "https://shop.example/cart"
    kept = say_it(app, made, "feedback-1", words, "zoe@x.example", page=page, language="zh", channel="web")
    piece = piece_of(editor, made, words)
    assert {name: piece[name] for name in ("kind", "status", "contact", "page", "channel", "votes", "pieces")} == {
        "kind": "idea", "status": "new", "contact": "zoe@x.example", "page": page, "channel": "web", "votes": 0,
        "pieces": 1,
    }  # fmt: skip
    assert piece["follow"] == f"https://ask.example{kept['follow']}"
    assert say_it(app, made, "feedback-1", words, "zoe@x.example")["follow"] == kept["follow"], "the same response"
    seen = change(editor, piece, status="seen", owner=app.catalog.people.by_email("editor@example.com").id)  # type: ignore[union-attr]
    assert (seen["status"], [one["what"] for one in seen["changes"]]) == ("seen", ["status", "owner"])
    refused = editor.patch(f"{BASE}/{piece['id']}", json={"version": seen["version"], "status": "done", "tell": True})
    assert (refused.status_code, refused.json()["code"]) == (400, "feedback_needs_answer")
    old = editor.patch(f"{BASE}/{piece['id']}", json={"version": 1, "status": "done"})
    assert (old.status_code, old.json()["newest"]) == (409, seen["version"])
    answer = {"zh": "深色模式上线了。", "en": "Dark mode is there."}
    for _ in range(2):  # the same words go once
        change(editor, piece, status="done", answer=answer, tell=True)
    (mail,) = eventually(lambda: mails(mailbox, "zoe@x.example"))
    written = mail.get_content().replace("\r\n", "\n")
    assert f"您说过：\n“{words}”" in written and "我们做了：\n深色模式上线了。" in written
    assert f"https://ask.example{kept['follow']}" in written and mail["Subject"] == "关于您的反馈：告诉我们"
    done = eventually(lambda: (one := piece_of(editor, made, words)) and one["message"]["state"] == "sent" and one)
    assert (done["status"], done["message"]["way"], done["answer"]) == ("done", "email", answer)
    told = events(app, "feedback-1")
    mine = [(name, more.get("status"), more.get("answer")) for name, _, more in told if name.startswith("Feedback")]
    assert mine == [
        ("Feedback Assigned", None, None), ("Feedback Status Changed", "seen", None),
        ("Feedback Answered", None, "深色模式上线了。"), ("Feedback Status Changed", "done", None),
    ]  # fmt: skip
    assert {more["kind"] for *_, more in told} == {"idea"}
    assert "zoe@x.example" not in json.dumps(told), "an address is nothing that was said"
    assert "Contact Left" in {name for name, *_ in told}
    line = ok(app.person("admin2@example.com", shop=Role.admin).get("/api/w/shop/audit"))["entries"]
    assert "decided on a piece of feedback" in {one["what"] for one in line}


def test_g17_who_is_answered_and_how_soon(app: InProcess, editor: Client) -> None:
    """By the question of response times, from the events alone: three of web, one of a kiosk; two are answered."""
    made = door(editor, "coverage")
    for n, channel in enumerate(("web", "web", "web", "kiosk")):
        say_it(app, made, f"coverage-{n}", f"words {n}", channel=channel)
    for words in ("words 0", "words 3"):
        change(editor, piece_of(editor, made, words), status="planned", answer={"en": "We will."})
    change(editor, piece_of(editor, made, "words 1"), status="seen")
    question = {
        "start": "Survey Completed", "start_where": "survey = 'coverage'", "end": "Feedback Answered",
        "match": "response", "target": "1d", "by": "channel",
    }  # fmt: skip
    table = ok(editor.post("/api/w/shop/analyses/response_times", json=question))["table"]
    assert {row["channel"]: (row["starts"], row["answered"]) for row in table} == {"web": (3, 1), "kiosk": (1, 1)}
    assert all(0 <= row["median_time"] < 60_000_000 for row in table)


def test_nothing_is_public_but_what_an_editor_wrote(app: InProcess, editor: Client) -> None:
    made = door(editor, "public")
    for n, words in enumerate(("secret one", "secret two")):
        say_it(app, made, f"public-{n}", words, "yan@x.example")
    anybody, address = app.client(), f"/v1/feedback/{made['link']}"
    assert ok(anybody.get(address))["ideas"] == []
    piece = piece_of(editor, made, "secret one")
    told = ok(
        editor.put(f"{BASE}/{piece['id']}/public", json={"version": piece["version"], "title": {"en": "Dark mode"}})
    )
    assert told["public"] == {"title": {"en": "Dark mode"}, "text": {}}
    change(editor, piece, status="planned", answer={"en": "In spring."})
    page = anybody.get(address)
    (idea,) = page.json()["ideas"]
    assert {name: idea[name] for name in ("kind", "status", "title", "answer", "votes")} == {
        "kind": "idea", "status": "planned", "title": {"en": "Dark mode"}, "answer": {"en": "In spring."}, "votes": 0,
    }  # fmt: skip
    for private in ("secret", "yan@", piece["id"], piece["follow"].rpartition("/")[2], "editor"):
        assert private not in page.text
    long = editor.put(f"{BASE}/{piece['id']}/public", json={"version": 9, "title": {"en": "x" * 121}})
    assert long.status_code == 422
    newest = ok(editor.get(f"{BASE}/{piece['id']}"))["version"]
    gone = ok(editor.delete(f"{BASE}/{piece['id']}/public?version={newest}"))
    assert (gone["public"], gone["before"]["title"]) == (None, {"en": "Dark mode"})
    assert ok(anybody.get(address))["ideas"] == []
    gone_vote = anybody.post(f"{address}/ideas/{idea['id']}/votes", json={"key": "k" * 32})
    assert gone_vote.status_code == 404, gone_vote.text
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/close"))
    assert ok(anybody.get(address))["open"] is False, "what was promised can still be read"
    other = ok(editor.post("/api/w/shop/surveys", json={"definition": {
        "key": "nodoor", "title": {"en": "x"}, "languages": ["en"],
        "pages": [{"questions": [{"key": "q1", "kind": "nps", "title": {"en": "x"}}]}]}}), 201)  # fmt: skip
    ok(editor.post(f"/api/w/shop/surveys/{other['id']}/publish"))
    assert anybody.get(f"/v1/feedback/{other['link']}").status_code == 404


def stopped(app: InProcess, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time go by for a limit: its buckets fill again however long requests take."""
    rate = getattr(app.app.state.limits, limit)._rate
    monkeypatch.setattr(app.app.state.limits, limit, Buckets(rate, lambda: 0.0))


def test_a_vote_counts_once_and_can_be_taken_back(
    app: InProcess, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = door(editor, "votes")
    for n in range(2):
        say_it(app, made, f"votes-{n}-x", f"idea {n}")
        piece = piece_of(editor, made, f"idea {n}")
        ok(editor.put(f"{BASE}/{piece['id']}/public", json={"version": 1, "title": {"en": f"Idea {n}"}}))
    anybody, address = app.client(), f"/v1/feedback/{made['link']}"
    ids = {one["title"]["en"]: one["id"] for one in ok(anybody.get(address))["ideas"]}

    def vote(idea: str, key: str, **more: Any) -> int:
        return int(ok(anybody.post(f"{address}/ideas/{ids[idea]}/votes", json={"key": key * 16} | more))["votes"])

    assert [vote("Idea 0", "a"), vote("Idea 0", "a"), vote("Idea 0", "b"), vote("Idea 1", "a")] == [1, 1, 2, 1]
    assert [vote("Idea 0", "a", on=False), vote("Idea 0", "a", on=False), vote("Idea 0", "a")] == [1, 1, 2]
    assert {one["title"]["en"]: one["votes"] for one in ok(anybody.get(address))["ideas"]} == {"Idea 0": 2, "Idea 1": 1}
    with app.catalog.database.connecting() as connection:
        marks = [row[0] for row in connection.exec_driver_sql("select mark from feedback_votes")]
    assert len(set(marks)) == len(marks) == 3, "the same browser is another one for another idea"
    for body in ({"key": "short"}, {"key": "<" * 20}, {}, {"key": "a" * 16, "who": "ann"}):
        assert anybody.post(f"{address}/ideas/{ids['Idea 0']}/votes", json=body).status_code == 422
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    refused = anybody.post(f"{address}/ideas/{ids['Idea 0']}/votes", json={"key": "c" * 16}, headers=elsewhere)
    assert refused.status_code == 403
    stopped(app, "votes", monkeypatch)
    eager = app.client(address="203.0.113.7")
    codes = [
        eager.post(f"{address}/ideas/{ids['Idea 1']}/votes", json={"key": f"{n:016d}"}).status_code for n in range(62)
    ]
    assert (codes[0], codes[-1]) == (200, 429) and codes.count(200) == 60


def test_what_says_the_same_is_answered_together(
    app: InProcess, editor: Client, mailbox: tuple[Mailbox, int], gateway: Receiver
) -> None:
    made = door(editor, "merged")
    token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json={"customer": "ann"}), 201)["invitation"]
    say_it(app, made, "merged-a", "too slow")
    say_it(app, made, "merged-b", "slow!", "+86 138 0013 8000", kind="complaint", language="zh")
    say_it(app, made, "merged-c", "so slow", invitation=token, language="en")
    lead, by_phone, of_ann = (piece_of(editor, made, words) for words in ("too slow", "slow!", "so slow"))
    ok(editor.put(f"{BASE}/{by_phone['id']}/public", json={"version": 1, "title": {"en": "Slow"}}))
    assert editor.put(f"{BASE}/{lead['id']}/merged", json={"into": lead["id"]}).json()["code"] == "feedback_not_here"
    one = ok(editor.put(f"{BASE}/{by_phone['id']}/merged", json={"into": lead["id"]}))
    assert (one["merged_into"], one["public"]) == (lead["id"], None)
    ids = [each["id"] for each in ok(editor.get(f"{BASE}?door={made['id']}"))["pieces"]]
    assert ids == [of_ann["id"], lead["id"]] or set(ids) == {of_ann["id"], lead["id"]}
    again = editor.patch(f"{BASE}/{by_phone['id']}", json={"version": one["version"], "status": "done"})
    assert again.json()["code"] == "feedback_is_merged"
    whole = change(editor, lead, status="declined", answer={"en": "It is as fast as it can be."}, tell=True)
    assert [each["words"] for each in whole["merged"]] == ["slow!"] and whole["pieces"] == 2
    assert (whole["message"]["state"], whole["message"]["code"]) == ("none", "no_address")
    _, content = eventually(lambda: gateway.got)[-1]
    told = json.loads(content)
    assert told["type"] == "feedback.answered" and told["data"]["to"] == "+86 138 0013 8000"
    assert "我们的答复：\nIt is as fast as it can be." in told["data"]["text"]
    ok(editor.put(f"{BASE}/{of_ann['id']}/merged", json={"into": lead["id"]}))  # it is closed: she is told at once
    (mail,) = eventually(lambda: mails(mailbox, "ann@x.example"))
    assert "so slow" in mail.get_content() and "Our answer" in mail.get_content()
    names = [(name, user) for name, user, _ in events(app, "merged-c") if name.startswith("Feedback")]
    assert names == [("Feedback Merged", "ann"), ("Feedback Answered", "ann"), ("Feedback Status Changed", "ann")]
    apart = ok(editor.delete(f"{BASE}/{of_ann['id']}/merged"))
    assert (apart["merged_into"], apart["status"]) == (None, "declined")
    assert editor.delete(f"{BASE}/{of_ann['id']}/merged").status_code == 404


def test_whoever_left_no_address_reads_it_by_their_link(app: InProcess, editor: Client) -> None:
    made = door(editor, "followed")
    kept = say_it(app, made, "followed-1", "More plants", kind="praise")
    _, link, token = kept["follow"].removeprefix("/").split("/")
    anybody, address = app.client(), f"/v1/feedback/{link}/pieces/{token}"
    first = ok(anybody.get(address))
    assert (first["words"], first["kind"], first["status"], first["answer"], first["steps"]) == (
        "More plants", "praise", "new", None, [],
    )  # fmt: skip
    piece = piece_of(editor, made, "More plants")
    change(editor, piece, status="seen")
    change(editor, piece, status="done", answer={"en": "Twelve more."})
    told = ok(anybody.get(address))
    assert ([one["status"] for one in told["steps"]], told["answer"]) == (["seen", "done"], {"en": "Twelve more."})
    assert anybody.get(address[:-1] + ("a" if address[-1] != "a" else "b")).status_code == 404
    other = door(editor, "other")
    assert anybody.get(f"/v1/feedback/{other['link']}/pieces/{token}").status_code == 404


def test_programs_and_floods_are_refused(app: InProcess, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = door(editor, "spam")
    answers = {"kind": "idea", "words": "Buy pills"}
    trapped = send(app.client(), made["link"], "spam-0-x", answers, website="https://pills.example")
    assert (trapped.status_code, trapped.json()["code"]) == (400, "looks_automatic")
    assert send(app.client(), made["link"], "spam-1-x", answers | {"words": "x" * 5001}).status_code == 422
    stopped(app, "feedback", monkeypatch)
    flood = app.client(address="203.0.113.8")
    codes = [send(flood, made["link"], f"flood-{n}-x", answers).status_code for n in range(32)]
    assert codes.count(200) == 30 and codes[-1] == 429
    assert len(ok(editor.get(f"{BASE}?door={made['id']}&limit=200"))["pieces"]) == 30


def test_pages_and_counts(app: InProcess, editor: Client) -> None:
    made = door(editor, "paged")
    for n in range(3):
        say_it(app, made, f"paged-{n}-x", f"n{n}", kind=("idea", "complaint", "praise")[n])
    first = ok(editor.get(f"{BASE}?door={made['id']}&limit=2"))
    rest = ok(editor.get(f"{BASE}?door={made['id']}&limit=2&before={first['next']}"))
    words = [one["words"] for one in first["pieces"] + rest["pieces"]]
    assert sorted(words) == ["n0", "n1", "n2"] and rest["next"] is None
    of_kind = ok(editor.get(f"{BASE}?door={made['id']}&kind=praise&status=new"))
    assert [one["words"] for one in of_kind["pieces"]] == ["n2"]
    counts = {(one["status"], one["kind"]): one["pieces"] for one in of_kind["counts"]}
    assert counts["new", "praise"] >= 1
    shown = next(one for one in of_kind["doors"] if one["key"] == "paged")
    assert shown["url"] == f"https://ask.example/f/{made['link']}" and shown["open"]
    assert ok(app.person("a@example.com", hotel=Role.editor).get("/api/w/hotel/feedback"))["pieces"] == []
    hers = app.person("b@example.com", hotel=Role.editor)
    assert hers.get(f"/api/w/hotel/feedback/{first['pieces'][0]['id']}").status_code == 404
    assert app.person("c@example.com", shop=Role.viewer).get(BASE).status_code == 403


def test_what_a_killed_process_left_is_told_once(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        editor = app.person("e@example.com", shop=Role.editor)
        made = door(editor)
        say_it(app, made, "killed-1", "words")
        served = app.home.named("shop")
        assert served is not None
        (kept,) = app.catalog.feedback.listed(served.id)
        decision = Decision("seen", None, None)
        app.catalog.feedback.decide(served.id, kept.id, decision, version=1, person_id=None)
        assert tell_left(app.home, app.catalog) == 0, "somebody may be at it"
        with app.catalog.database.writing() as session:
            session.query(FeedbackChangeRow).update({"at": now() - timedelta(minutes=2)})
        tell_left(app.home, app.catalog)  # whichever is first: this, or the thread of the server
        eventually(lambda: app.catalog.feedback.changes(kept.id)[0].told)
        with app.catalog.database.writing() as session:  # as if it had ended between the event and this note
            session.query(FeedbackChangeRow).update({"told": None})
        tell_left(app.home, app.catalog)
        eventually(lambda: app.catalog.feedback.changes(kept.id)[0].told)
        assert [name for name, *_ in events(app, "killed-1") if name.startswith("Feedback")] == [
            "Feedback Status Changed"
        ]


def test_nothing_of_somebody_forgotten_is_left(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"event": "Seen", "user_id": "7", "time": "2026-03-01",
                    "identifiers": {"email": "zelda@x.example"}}])  # fmt: skip
    with serving(tmp_path) as app:
        editor = app.person("e@example.com", shop=Role.editor)
        made = door(editor, anonymous=False)
        token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json={"customer": "7"}), 201)["invitation"]
        say_it(app, made, "forgotten-1", "I am zelda@x.example", "zelda@x.example", invitation=token)
        piece = piece_of(editor, made, "I am zelda@x.example")
        ok(editor.put(f"{BASE}/{piece['id']}/public", json={"version": 1, "title": {"en": "Of zelda@x.example"}}))
        change(editor, piece, answer={"en": "zelda@x.example, thanks"})
        said("forget", tmp_path / "shop", "7")
        left = ok(editor.get(f"{BASE}/{piece['id']}"))
        assert "zelda" not in json.dumps(left)
        assert (left["customer"], left["answer"]) == ("(erased)", {"en": "(erased), thanks"})
        change(editor, piece, status="done")
        assert [name for name, *_ in events(app, "forgotten-1")] == [], "nothing comes to a line that is gone"
    assert re.search(b"zelda", (tmp_path / "server.sqlite").read_bytes()) is None


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_decided_before_there_were_pieces_stays_decided(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The migration: from columns of the response to a row of its own."""
    url = f"sqlite:///{tmp_path / 'server.sqlite'}"
    if kind == "postgresql":
        url = request.getfixturevalue("postgresql").new().replace("postgresql:", "postgresql+psycopg:")
    config = Config()
    config.set_main_option("script_location", "lvtu.catalog:migrations")
    engine = create_engine(url)
    told = {"answers": {"kind": "idea", "words": "A dark mode"}}
    rows = [
        ("r1", "complete", told, "done", "It is there."), ("r2", "complete", told, "open", None),
        ("r3", "complete", None, None, None), ("r4", "partial", None, None, None),
    ]  # fmt: skip
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        at = "2026-05-01 00:00:00+00:00"
        connection.execute(text(
            "insert into surveys (id, workspace_id, key, link, secret, state, draft, settings, version, looked,"
            " created, updated) values ('s', 'shop', 'k', 'l', 'x', 'open', '{}', '{}', 1, :at, :at, :at)"
        ), {"at": at})  # fmt: skip
        for id, state, given, status, reply in rows:
            connection.execute(text(
                "insert into survey_responses (id, survey_id, workspace_id, response, number, state, language, given,"
                " status, reply, started, updated, completed) values (:id, 's', 'shop', :id, 1, :state, 'en', :given,"
                " :status, :reply, :at, :at, :completed)"),
                {"id": id, "state": state, "given": json.dumps(given) if given else None, "status": status,
                 "reply": reply, "at": at, "completed": at if state == "complete" else None})  # fmt: skip
    engine.dispose()
    catalog = Catalog(Database(url))
    found = {one.id: one for one in catalog.feedback.listed("shop")}
    assert {id: (one.status, one.kind, one.answer) for id, one in found.items()} == {
        "r1": ("done", "idea", {"en": "It is there."}), "r2": ("new", "idea", None),
    }  # fmt: skip
    assert len({one.token for one in found.values()}) == 2 and found["r1"].given == told
    catalog.close()
