"""Who is asked: by mail and by signed messages, upon events, under limits; nobody twice."""

from __future__ import annotations

import email
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Standard

import lvtu
from lvtu.catalog.columns import now
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import SurveyResponseRow
from lvtu.service.invitations import sender as sending
from lvtu.service.surveys.answering import settle_left
from service.inprocess import Client, InProcess, eventually, serving
from service.mailbox import Mailbox, mailbox
from service.receiver import Receiver
from service.running import Server
from service.test_surveys import DELIVERY, ok, send

__all__ = ["mailbox"]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(scope="module")
def gateway() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, mailbox: tuple[Mailbox, int], gateway: Receiver
) -> Iterator[InProcess]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
        patch.setattr(sending, "LOOK_EVERY", 0.05)
        patch.setattr(sending, "TRIGGERS_EVERY", 0.1)
        patch.setattr(sending, "PAUSES", (0.1,))
        home = tmp_path_factory.mktemp("home")
        with lvtu.open(home / "shop") as ws:
            ws.append([
                {"event": "Joined", "user_id": name, "time": "2026-01-01",
                 "identifiers": {"email": f"{name}@x.example"}}
                for name in ("ann", "bob", "cy", "dee", "eve", "fay", "gus", "hal")
            ] + [{"event": "Joined", "user_id": "nomail", "time": "2026-01-01"}])  # fmt: skip
            said_no = {"context": {"consent": {"categoryPreferences": {"surveys": False}}}}
            ws.append([{"event": "Joined", "user_id": "hal", "time": "2026-01-02", "properties": said_no}])
        with serving(home) as served:
            admin = served.person("admin@example.com", shop=Role.admin)
            asking = {
                "address": "https://ask.example",
                "smtp": {"host": "127.0.0.1", "port": mailbox[1], "security": "none",
                         "sender": "Shop <shop@x.example>"},
                "sms": {"url": gateway.url, "secret": SECRET}, "cap": {"most": 2, "days": 30},
            }  # fmt: skip
            told = ok(admin.put("/api/w/shop/asking", json=asking))
            assert told["sms"]["secret"] is None and SECRET not in admin.get("/api/w/shop/asking").text
            yield served


@pytest.fixture(scope="module")
def editor(app: InProcess) -> Client:
    return app.person("editor@example.com", shop=Role.editor)


def survey(editor: Client, key: str, **settings: Any) -> dict[str, Any]:
    made = ok(
        editor.post("/api/w/shop/surveys", json={"definition": DELIVERY | {"key": key}, "settings": settings}), 201
    )
    found: dict[str, Any] = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    return found


def invite(editor: Client, made: dict[str, Any], way: str, *customers: str, batch: str = "one") -> dict[str, Any]:
    body = {"way": way, "to": [{"customer": one} for one in customers], "batch": batch}
    found: dict[str, Any] = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/invitations", json=body), 202)
    return found


def settled(editor: Client, made: dict[str, Any], least: int) -> dict[str, tuple[str, str | None]]:
    """What became of each, once nothing waits."""
    done = eventually(lambda: _done(editor, f"/api/w/shop/surveys/{made['id']}", least))
    return {one["customer"]: (one["state"], one["code"]) for one in done}


def events(app: InProcess, name: str, key: str) -> list[dict[str, Any]]:
    served = app.home.named("shop")
    assert served is not None
    found: list[dict[str, Any]] = served.workspace.sql(
        f"select user_id, channel, properties from events where event = '{name}' and source = 'survey:{key}'"
    ).to_pylist()
    return found


def test_by_mail_with_a_link_for_one_answer(
    app: InProcess, editor: Client, mailbox: tuple[Mailbox, int]
) -> None:  # fmt: skip
    made = survey(editor, "mailed", consent="surveys")
    assert invite(editor, made, "email", "ann", "bob", "nomail", "hal") == {"waiting": 4, "repeated": 0}
    assert invite(editor, made, "email", "ann", "bob", "nomail", "hal") == {"waiting": 0, "repeated": 4}
    assert settled(editor, made, 4) == {
        "ann": ("sent", None), "bob": ("sent", None), "nomail": ("skipped", "no_address"),
        "hal": ("skipped", "no_consent"),
    }  # fmt: skip
    mails = {one.rcpt_tos[0]: one.content.decode() for one in mailbox[0].got}
    assert set(mails) == {"ann@x.example", "bob@x.example"}
    read = email.message_from_string(mails["ann@x.example"], policy=policy.default)
    text = read.get_content()
    assert "https://ask.example/s/" + made["link"] in text and read["From"] == "Shop <shop@x.example>"
    token = text.partition("invitation=")[2].split()[0]
    anybody = app.client()
    assert ok(anybody.get(f"/v1/surveys/{made['link']}?invitation={token}"))["invitation"] == "good"
    ok(send(anybody, made["link"], "ann-answers", {"q1": 9}, invitation=token))
    refused = send(anybody, made["link"], "ann-again", {"q1": 1}, invitation=token)
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_used")
    assert ok(send(anybody, made["link"], "ann-answers", {"q1": 9}, invitation=token))["repeated"]
    assert ok(anybody.get(f"/v1/surveys/{made['link']}?invitation={token}"))["invitation"] == "used"
    other = token[:-4] + ("B" if token[-4] == "A" else "A") + token[-3:]
    wrong = send(anybody, made["link"], "eve-answers", {"q1": 9}, invitation=other)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invitation_wrong")
    eventually(lambda: len(events(app, "Survey Sent", "mailed")) == 2)
    assert [one["user_id"] for one in events(app, "Recommendation Given", "mailed")] == ["ann"]
    scores = ok(editor.post("/api/w/shop/analyses/scores", json={"metric": "nps", "event_where": "survey = 'mailed'"}))
    (row,) = scores["table"]
    assert (row["n"], row["asked"], row["response_rate"]) == (1, 2, 0.5), row


def test_the_same_customer_is_not_asked_too_often(app: InProcess, editor: Client) -> None:
    first, second, third = (survey(editor, key) for key in ("cap1", "cap2", "cap3"))
    for made, outcome in ((first, ("sent", None)), (second, ("sent", None)), (third, ("skipped", "asked_enough"))):
        invite(editor, made, "email", "cy")
        assert settled(editor, made, 1) == {"cy": outcome}
    invite(editor, first, "email", "cy", batch="two")
    states = [one["code"] for one in ok(editor.get(f"/api/w/shop/surveys/{first['id']}/invitations"))["invitations"]]
    eventually(lambda: settled(editor, first, 2))
    counts = ok(editor.get(f"/api/w/shop/surveys/{first['id']}/invitations?lang=zh"))["counts"]
    assert {(one["state"], one["code"], one["invitations"]) for one in counts} == {
        ("sent", None, 1), ("skipped", "asked_for_this", 1),
    }, states  # fmt: skip
    assert all(one["why"] != one["code"] for one in counts if one["code"])


def test_text_messages_are_signed_and_tried_again(app: InProcess, editor: Client, gateway: Receiver) -> None:
    made = survey(editor, "texted", messages={"zh": {"text": "请打分：{link} 谢谢"}})
    gateway.answers += [(503, {})]
    body = {"way": "sms", "to": [{"customer": "dee", "recipient": "+86 138 0013 8000", "step": "pickup"}], "batch": "b"}
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/invitations", json=body), 202)
    assert settled(editor, made, 1) == {"dee": ("sent", None)}
    (first, _), (headers, content) = gateway.got[-2:]
    assert first["webhook-id"] == headers["webhook-id"], "a receiver knows the repeat"
    told = Standard(SECRET).verify(content, headers)
    assert told["data"]["to"] == "+86 138 0013 8000" and told["data"]["text"].startswith(
        "请打分：https://ask.example/s/"
    )
    token = told["data"]["link"].partition("invitation=")[2]
    ok(send(app.client(), made["link"], "dee-answers", {"q1": 9}, invitation=token))
    (answer,) = events(app, "Recommendation Given", "texted")
    assert (answer["user_id"], answer["channel"], json.loads(answer["properties"])["step"]) == ("dee", "sms", "pickup")


def test_what_the_other_side_refuses_is_told(editor: Client, mailbox: tuple[Mailbox, int]) -> None:
    made = survey(editor, "refused")
    mailbox[0].answers += ["550 no such mailbox"]
    invite(editor, made, "email", "eve")
    assert settled(editor, made, 1) == {"eve": ("failed", "refused")}
    (one,) = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/invitations"))["invitations"]
    assert "no such mailbox" in one["error"]
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/invitations/{one['id']}/again"), 202)
    assert settled(editor, made, 1) == {"eve": ("sent", None)}
    again = editor.post(f"/api/w/shop/surveys/{made['id']}/invitations/{one['id']}/again")
    assert again.json()["code"] == "invitation_not_again"
    back = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/invitations/{one['id']}/bounced", json={"error": "full"}))
    assert (back["state"], back["error"]) == ("bounced", "full")
    letter = email.message_from_bytes(mailbox[0].got[-1].content, policy=policy.default)
    token = letter.get_content().partition("invitation=")[2].split()[0]
    body = {"response": "by-invitation-of-eve", "answers": {}, "invitation": token}
    ok(editor.post(f"/v1/surveys/{made['link']}/responses", json={**body, "state": "started"}))
    (one,) = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/invitations?state=bounced"))["invitations"]
    assert one["opened"] is not None and one["answered"] is None
    ok(editor.post(f"/v1/surveys/{made['link']}/responses", json={**body, "answers": {"q1": 9}}))
    (one,) = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/invitations"))["invitations"]
    assert one["opened"] < one["answered"]


def test_upon_an_event(app: InProcess, editor: Client) -> None:
    trigger = {"event": "Parcel Delivered", "where": "late = true", "delay": "0s", "way": "email"}
    made = survey(editor, "triggered", trigger=trigger)
    served = app.home.named("shop")
    assert served is not None
    come = datetime.now(UTC)
    parcels = [
        {"event": "Parcel Delivered", "user_id": name, "time": come.isoformat(), "message_id": f"p-{name}",
         "received_at": come.isoformat(), "properties": {"late": late, "touchpoint": "door"}}
        for name, late in (("fay", True), ("gus", False))
    ]  # fmt: skip
    old = parcels[0] | {"user_id": "bob", "message_id": "p-old", "time": (come - timedelta(days=3)).isoformat()}
    served.workspace.append([*parcels, old])
    served.workspace.flush()
    assert eventually(lambda: settled(editor, made, 1)) == {"fay": ("sent", None)}
    (sent,) = eventually(lambda: events(app, "Survey Sent", "triggered"))
    assert json.loads(sent["properties"])["touchpoint"] == "door"


def test_links_and_pictures(app: InProcess, editor: Client) -> None:
    made = survey(editor, "posters")
    url = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/link?touchpoint=gate%207"))["url"]
    assert url == f"https://ask.example/s/{made['link']}?touchpoint=gate+7"
    svg = editor.get(f"/api/w/shop/surveys/{made['id']}/qr")
    png = editor.get(f"/api/w/shop/surveys/{made['id']}/qr?format=png")
    assert svg.headers["content-type"] == "image/svg+xml" and png.content.startswith(b"\x89PNG")
    token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json={"customer": "ann", "step": "s"}), 201)
    ok(send(app.client(), made["link"], "of-a-program", {"q1": 9}, invitation=token["invitation"]))
    assert [one["user_id"] for one in events(app, "Recommendation Given", "posters")] == ["ann"]


# A process that ends in the middle.


def test_what_was_being_sent_when_a_process_ended(
    tmp_path: Path, mailbox: tuple[Mailbox, int], gateway: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail may have gone: it is not sent again. A signed message is known by its id: it is.

    Two processes serve; both are killed while the other side has the message and has not said so.
    """
    monkeypatch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
    lvtu.open(tmp_path / "shop").close()
    box, port = mailbox
    asking = {
        "address": "https://ask.example", "sms": {"url": gateway.url, "secret": SECRET},
        "smtp": {"host": "127.0.0.1", "port": port, "security": "none", "sender": "shop@x.example"},
    }  # fmt: skip
    server = Server(tmp_path, "--workers", "2")
    box.hangs, gateway.hangs = threading.Event(), threading.Event()
    mails, messages = len(box.got), len(gateway.got)
    try:
        with server.signed_in() as browser:
            made = ok(browser.post("/api/w/shop/surveys", json={"definition": DELIVERY}), 201)
            address = f"/api/w/shop/surveys/{made['id']}"
            ok(browser.post(f"{address}/publish"))
            ok(browser.put("/api/w/shop/asking", json=asking))
            to = {"customer": "ann", "recipient": "ann@x.example"}
            ok(browser.post(f"{address}/invitations", json={"way": "email", "to": [to], "batch": "b"}), 202)
            eventually(lambda: len(box.got) > mails)
        server.kill()
        box.hangs.set()
        server = Server(tmp_path, "--workers", "2")
        with server.signed_in() as browser:
            found = eventually(lambda: _done(browser, address, 1))
            assert [(one["state"], one["code"]) for one in found] == [("unknown", "ended_meanwhile")]
            to = {"customer": "bob", "recipient": "+86 138 0013 8000"}
            ok(browser.post(f"{address}/invitations", json={"way": "sms", "to": [to], "batch": "b"}), 202)
            eventually(lambda: len(gateway.got) > messages)
        server.kill()
        gateway.hangs.set()
        server = Server(tmp_path, "--workers", "2")
        with server.signed_in() as browser:
            eventually(lambda: [one["state"] for one in _done(browser, address, 2) or ()] == ["sent", "unknown"])
    finally:
        for waits in (box.hangs, gateway.hangs):
            waits.set()
        server.end()
    assert len(box.got) == mails + 1
    assert len({headers["webhook-id"] for headers, _ in gateway.got[messages:]}) == 1 < len(gateway.got[messages:])


def _done(browser: Any, address: str, least: int) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] = ok(browser.get(f"{address}/invitations"))["invitations"]
    states = [one["state"] for one in found]
    return None if len(found) < least or {"waiting", "sending"} & set(states) else found


def test_an_answer_that_a_killed_process_left_becomes_events_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending.Sender, "start", lambda _: None)  # it would settle some of them first
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        editor, anybody = app.person("e@example.com", shop=Role.editor), app.client()
        for key, anonymous in (("named", False), ("quiet", True)):
            definition = DELIVERY | {"key": key, "anonymous": anonymous}
            made = ok(editor.post("/api/w/shop/surveys", json={"definition": definition}), 201)
            ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
            ok(send(anybody, made["link"], "response-1", {"q1": 3}))
            ok(send(anybody, made["link"], "response-2", {"q1": 9}, state="partial"))
        long_ago = now() - timedelta(days=2)
        with app.catalog.database.writing() as session:  # as if it had ended between the events and this note
            for row in session.query(SurveyResponseRow):
                row.updated, row.settled = long_ago, None
                if row.state == "complete":
                    row.given = {"answers": {"q1": 3}}
        assert settle_left(app.home, app.catalog) == 4
        assert settle_left(app.home, app.catalog) == 0
        served = app.home.named("shop")
        assert served is not None
        found = served.workspace.sql(
            "select source, event, count(*) n from events group by all order by all"
        ).to_pylist()
        for key in ("named", "quiet"):
            assert {one["event"]: one["n"] for one in found if one["source"] == f"survey:{key}"} == {
                "Recommendation Given": 2, "Survey Completed": 1, "Survey Left": 1, "Survey Opened": 2,
            }  # fmt: skip
        (made, _) = ok(editor.get("/api/w/shop/surveys"))
        assert (made["responses"]["complete"], made["responses"]["left"], made["responses"]["rate"]) == (1, 1, 0.5)


def test_from_the_command_line(tmp_path: Path) -> None:
    import yaml

    from service.running import said

    lvtu.open(tmp_path / "shop").close()
    file = tmp_path / "delivery.yaml"
    file.write_text(yaml.safe_dump(DELIVERY, allow_unicode=True), "utf-8")
    assert "version 1" in said("survey", "publish", tmp_path, file)
    assert "version 1" in said("survey", "publish", tmp_path, file), "the same again is no other version"
    (listed,) = json.loads(said("survey", "list", tmp_path, "--json"))["surveys"]
    with serving(tmp_path) as app:
        admin = app.person("admin@example.com", shop=Role.admin)
        ok(send(app.client(), listed["link"].removeprefix("/s/"), "response-1", {"q1": 9}))
        asking = {"address": "https://ask.example", "sms": {"url": "http://127.0.0.1:9/", "secret": SECRET}}
        ok(admin.put("/api/w/shop/asking", json=asking))
    found = json.loads(said("survey", "results", tmp_path, "delivery", "--json"))
    assert found["questions"][0]["parts"][0]["figure"]["value"] == 100
    people = tmp_path / "people.txt"
    people.write_text("bob\n\ncy\n", "utf-8")
    command = ("survey", "send", tmp_path, "delivery", "ann", "--way", "sms", "--batch", "may", "--list", people)
    assert said(*command).startswith("3 ")
    assert said(*command).startswith("0 ")
