"""Who is asked: by mail and by signed messages, upon events, under limits; nobody twice."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from standardwebhooks import Webhook as Standard

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.invitations import UNKNOWN, WAITING
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import InvitationRow, SurveyResponseRow
from lvtu.service.home import Home
from lvtu.service.invitations import sender as sending
from lvtu.service.invitations.sender import Sender
from lvtu.service.surveys.answering import settle_left
from service.inprocess import Client, InProcess, serving
from service.receiver import Receiver
from service.test_surveys import DELIVERY, ok, send

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Mailbox:
    """A mail server; says `answers` in turn, then that all is well."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name there
        if self.answers:
            return self.answers.pop(0)
        self.got.append(envelope)
        return "250 taken"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


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
    for _ in range(400):
        found = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/invitations"))["invitations"]
        if len(found) >= least and all(one["state"] not in ("waiting", "sending") for one in found):
            return {one["customer"]: (one["state"], one["code"]) for one in found}
        time.sleep(0.05)
    raise AssertionError(found)


def events(app: InProcess, name: str, key: str) -> list[dict[str, Any]]:
    served = app.home.named("shop")
    assert served is not None
    found: list[dict[str, Any]] = served.workspace.sql(
        f"select user_id, channel, properties from events where event = '{name}' and source = 'survey:{key}'"
    ).to_pylist()
    return found


def until(ready: Any) -> Any:
    for _ in range(400):
        if found := ready():
            return found
        time.sleep(0.05)
    raise AssertionError("never")


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
    import email
    from email import policy

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
    wrong = send(anybody, made["link"], "eve-answers", {"q1": 9}, invitation=token[:-2] + "AA")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invitation_wrong")
    until(lambda: len(events(app, "Survey Sent", "mailed")) == 2)
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
    until(lambda: settled(editor, first, 2))
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
    assert until(lambda: settled(editor, made, 1)) == {"fay": ("sent", None)}
    (sent,) = until(lambda: events(app, "Survey Sent", "triggered"))
    assert json.loads(sent["properties"])["touchpoint"] == "door"


def test_feedback_gets_its_answer(app: InProcess, editor: Client, mailbox: tuple[Mailbox, int]) -> None:
    door = next(one for one in ok(editor.get("/api/w/shop/surveys/presets")) if one["name"] == "feedback")
    made = ok(editor.post("/api/w/shop/surveys", json={"definition": door["definition"]}), 201)
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    words = {"kind": "idea", "words": "请加深色模式", "contact": "zoe@x.example"}
    ok(send(app.client(), made["link"], "feedback-1", words, page="https://shop.example/cart"))
    (piece,) = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/feedback?status=open"))["feedback"]
    assert (piece["answers"], piece["page"]) == (words, "https://shop.example/cart")
    address = f"/api/w/shop/surveys/{made['id']}/feedback/{piece['id']}"
    assert editor.patch(address, json={"status": "done", "send": True}).status_code == 422
    done = ok(editor.patch(address, json={"status": "done", "reply": "您说的深色模式，上线了。", "send": True}))
    assert (done["status"], done["sending"]) == ("done", "email")
    mail = until(lambda: [one for one in mailbox[0].got if one.rcpt_tos == ["zoe@x.example"]])
    ok(editor.patch(address, json={"status": "done", "reply": "您说的深色模式，上线了。", "send": True}))
    assert len(mail) == 1 and ok(editor.get(f"/api/w/shop/surveys/{made['id']}/feedback?status=open"))["feedback"] == []


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


def test_what_was_being_sent_when_a_process_ended(tmp_path: Path) -> None:
    """A mail may have gone: it is not sent again. A signed message is known by its id: it is."""
    lvtu.open(tmp_path / "shop").close()
    home, catalog = Home(tmp_path), Catalog.of(tmp_path)
    made = catalog.surveys.add("shop-id", "k", {"key": "k"}, {}, author=None)
    for way in ("email", "sms"):
        assert catalog.invitations.add(
            made.id, "shop-id", way, customer="ann", recipient="x", way=way, about={}, due=now()
        )
    for one in catalog.invitations.due(10):
        assert catalog.invitations.begin(one, "x", []) is not None
        assert catalog.invitations.begin(one, "x", []) is None, "two never send one"
    with catalog.database.writing() as session:
        for row in session.query(InvitationRow):
            row.decided = now() - timedelta(minutes=5)
    Sender(home, catalog)._abandoned()
    states = {one.way: (one.state, one.why) for one in catalog.invitations.listed(made.id)}
    assert states == {"email": (UNKNOWN, "ended_meanwhile"), "sms": (WAITING, None)}
    catalog.close()


def test_an_answer_that_a_killed_process_left_becomes_events_once(tmp_path: Path) -> None:
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
