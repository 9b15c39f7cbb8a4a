"""Webhooks against a real receiver that checks signatures with the library of the standard, and fails at times."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import Database
from lvtu.catalog.roles import Role
from lvtu.catalog.webhooks import Delivery
from lvtu.core.record import RECORD
from lvtu.service.webhooks import addresses, delivery, digest, postman
from lvtu.service.webhooks.delivery import GIVEN_UP, pause
from lvtu.service.webhooks.service import send
from service.inprocess import Client, InProcess, eventually, serving
from service.receiver import Receiver

AT = "/api/w/shop/webhooks"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    monkeypatch.setenv(addresses.VARIABLE, "1")
    monkeypatch.setattr(postman, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(delivery, "FIRST", 0.02)
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        yield app


def made(client: Client, receiver: Receiver, *types: str) -> dict[str, Any]:
    answer = client.post(AT, json={"url": receiver.url, "types": types})
    assert answer.status_code == 201, answer.text
    hook: dict[str, Any] = answer.json()
    return hook


def log(client: Client, hook: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{AT}/{hook['id']}/deliveries").json()["deliveries"]
    return found


def test_p3_a_message_is_signed_tried_again_and_logged(app: InProcess, receiver: Receiver) -> None:
    client = app.local()
    hook = made(client, receiver)
    assert hook["secret"].startswith("whsec_")
    assert "secret" not in client.get(AT).json()[0]
    receiver.answers = [(500, {}), (302, {"location": "http://127.0.0.1:1/"}), (429, {"retry-after": "0"})]
    sent = client.post(f"{AT}/{hook['id']}/test").json()
    [message] = eventually(lambda: [one for one in log(client, hook) if one["state"] == "delivered"])
    assert [(one["number"], one["status"]) for one in message["attempts"]] == [(1, 500), (2, 302), (3, 429), (4, 200)]
    assert [len(one["excerpt"]) for one in message["attempts"]] == [7, 7, 7, 500]
    assert message["due"] is None
    assert len(receiver.got) == 4, "no redirect was followed"
    for headers, body in receiver.got:
        assert headers["webhook-id"] == sent["id"] == message["id"]
        assert Verifier(hook["secret"]).verify(body, headers) == json.loads(message["body"])
    told = json.loads(receiver.got[0][1])
    assert (told["type"], told["data"]) == ("test.ping", {"workspace": "shop"})
    with pytest.raises(WebhookVerificationError):
        Verifier(hook["secret"]).verify(b"{}", receiver.got[0][0])

    again = client.post(f"{AT}/{hook['id']}/deliveries/{message['id']}/redeliver")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    eventually(lambda: len(receiver.got) == 5)
    assert receiver.got[4][0]["webhook-id"] == message["id"], "a receiver knows it as a repeat"


def test_a_new_secret_and_the_old_one_both_hold_for_a_day(app: InProcess, receiver: Receiver) -> None:
    client = app.local()
    hook = made(client, receiver)
    new = client.post(f"{AT}/{hook['id']}/secret").json()["secret"]
    client.post(f"{AT}/{hook['id']}/test")
    eventually(lambda: receiver.got)
    headers, body = receiver.got[0]
    assert new != hook["secret"]
    for secret in (new, hook["secret"]):
        assert Verifier(secret).verify(body, headers)


def test_only_what_is_wanted_is_sent(app: InProcess, receiver: Receiver) -> None:
    client = app.local()
    served = app.home.named("shop")
    assert served is not None
    one, every = made(client, receiver, "upload.finished"), made(client, receiver)
    off = made(client, receiver)
    client.patch(f"{AT}/{off['id']}", json={"enabled": False})
    assert send(app.catalog, served, "segment.changed", {"segment": "VIP"}) == 1
    assert send(app.catalog, served, "upload.finished", {"id": "1"}) == 2
    eventually(lambda: len(receiver.got) == 3)
    types = [sorted(message["type"] for message in log(client, hook)) for hook in (one, every, off)]
    assert types == [["upload.finished"], ["segment.changed", "upload.finished"], []]
    listed = {hook["id"]: hook for hook in client.get(AT, params={"lang": "zh"}).json()}
    assert (listed[off["id"]]["enabled"], listed[off["id"]]["reason"]) == (False, "已被手动停用")
    assert client.patch(f"{AT}/{off['id']}", json={"enabled": True, "types": ["test.ping"]}).json()["enabled"] is True
    assert client.delete(f"{AT}/{one['id']}").status_code == 204
    for method, address in (
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/secret"),
        ("POST", "/test"),
        ("GET", "/deliveries"),
    ):
        answer = client.request(method, f"{AT}/{one['id']}{address}", json={})
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_webhook"), address


def test_a_receiver_that_is_gone_is_switched_off(app: InProcess, receiver: Receiver) -> None:
    client = app.local()
    hook = made(client, receiver)
    receiver.answers = [(410, {})]
    client.post(f"{AT}/{hook['id']}/test")
    eventually(lambda: not client.get(AT).json()[0]["enabled"])
    assert client.get(AT, params={"lang": "en"}).json()[0]["reason"].endswith("(410)")
    assert log(client, hook)[0]["state"] == "failed"


def test_after_a_day_of_silence_it_is_switched_off(app: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.local()
    hook = client.post(AT, json={"url": "http://127.0.0.1:9/"}).json()  # nobody listens
    client.post(f"{AT}/{hook['id']}/test")
    eventually(lambda: log(client, hook)[0]["attempts"])
    monkeypatch.setattr(delivery, "GIVEN_UP", timedelta(0))
    eventually(lambda: not client.get(AT).json()[0]["enabled"])
    [message] = log(client, hook)
    assert message["state"] == "failed" and len(message["attempts"]) >= 2
    assert {one["status"] for one in message["attempts"]} == {None}
    assert all("ConnectError" in one["error"] for one in message["attempts"])


@pytest.mark.parametrize("said", ["9" * 20, "²"])
def test_no_receiver_keeps_a_message_from_being_counted(app: InProcess, receiver: Receiver, said: str) -> None:
    """A pause beyond the calendar, or no number: the try is in the log, and what is due is due again."""
    client = app.local()
    hook = made(client, receiver)
    receiver.answers = [(503, {"Retry-After": said})]
    client.post(f"{AT}/{hook['id']}/test")
    [attempt] = eventually(lambda: log(client, hook)[0]["attempts"])[:1]
    assert attempt["status"] == 503
    assert client.get(AT).json()[0]["enabled"]


def test_the_pauses_add_up_to_about_a_day() -> None:
    """5 s, 20 s, 80 s, … six hours at most: some dozen tries, each pause spread by a fifth."""
    total = tries = 0.0
    while total < GIVEN_UP.total_seconds():
        tries += 1
        low, high = 0.8 * min(5 * 4 ** (tries - 1), 21_600), 1.2 * min(5 * 4 ** (tries - 1), 21_600)
        made = [pause(int(tries)) for _ in range(50)]
        assert low <= min(made) < max(made) <= high
        total += made[0]
    assert 8 <= tries <= 14


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000/x", "https://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/",
     "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "ftp://example.com/", "https:///x",
     "http://[64:ff9b::10.0.0.1]/", "http://[2002:7f00:1::]/", "http://[fec0::1]/", "http://[::127.0.0.1]/",
     "http://1.1.1.1/\x01", "http://1.1.1.1/\ud800", "http://user:pass@1.1.1.1/", "http://1.1.1.1:99999/", "nonsense", "http://no-such-host.invalid/"],
)  # fmt: skip
def test_messages_never_go_into_the_own_network(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(addresses.VARIABLE, raising=False)
    with pytest.raises(lvtu.errors.BadInput) as refused:
        addresses.checked(url)
    assert refused.value.code == "webhook_address"
    assert addresses.resolved("http://1.1.1.1/") == "1.1.1.1"


def test_an_address_that_turned_private_is_not_called(app: InProcess, receiver: Receiver) -> None:
    """The name was public when it was entered; now it leads home."""
    client = app.local()
    hook = made(client, receiver)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(addresses.VARIABLE)
        client.post(f"{AT}/{hook['id']}/test")
        attempts = eventually(lambda: log(client, hook)[0]["attempts"])
        assert (attempts[0]["status"], receiver.got) == (None, [])
        assert "private network" in attempts[0]["error"]
        answer = client.post(AT, json={"url": receiver.url})
        assert (answer.status_code, answer.json()["code"]) == (400, "webhook_address")


def test_what_waits_survives_the_process(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(addresses.VARIABLE, "1")
    monkeypatch.setattr(postman, "LOOK_EVERY", 0.02)
    lvtu.open(tmp_path / "shop").close()
    with lvtu.Workspace(tmp_path / "shop") as ws:
        id = ws.config.id
    catalog = Catalog.of(tmp_path)
    catalog.webhooks.add(id, receiver.url, [], "", author=None)
    assert catalog.webhooks.queue(id, "test.ping", "{}") == 1
    [(message, _)] = catalog.webhooks.claim(10, timedelta(seconds=0.5))  # and then it was killed
    catalog.close()
    with serving(tmp_path):
        eventually(lambda: receiver.got)
    assert receiver.got[0][0]["webhook-id"] == message.id


def test_uploads_and_wrong_arrivals_are_told(
    app: InProcess, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "EVERY", 0.0)
    client = app.local()
    made(client, receiver, "upload.finished", "arrivals.refused")
    id = client.post("/api/w/shop/uploads", files={"file": ("a.csv", b"user_id,time,event\na,2026-01-01,A\n")}).json()[
        "id"
    ]
    client.post(f"/api/w/shop/uploads/{id}/import", json={})
    eventually(lambda: receiver.got)
    told = json.loads(receiver.got[0][1])
    assert told["type"] == "upload.finished"
    assert told["data"] == {"workspace": "shop", "id": id, "name": "a.csv", "accepted": 1, "duplicates": 0,
                            "rejected": 0, "suppressed": 0}  # fmt: skip
    served = app.home.named("shop")
    assert served is not None
    wrong = {"place": "http:0", "field": "time", "reason": "no time", "reason_code": "missing",
             "reason_values": {"field": "time"}, "raw": '{"userId": "ann"}'}  # fmt: skip
    served.workspace._intake.receive(RECORD.empty_table(), [wrong, wrong | {"place": "http:1", "raw": '{"a": 1}'}])
    eventually(lambda: len(receiver.got) == 2)
    told = json.loads(receiver.got[1][1])
    assert told["data"] == {
        "workspace": "shop",
        "rows": 2,
        "reasons": [{"field": "time", "code": "missing", "rows": 2}],
    }
    assert "ann" not in receiver.got[1][1].decode(), "no personal data, which would outlive an erasure in the log"


def test_only_admins_see_them(app: InProcess) -> None:
    assert app.person("e@example.com", shop=Role.editor).get(AT).status_code == 403
    assert app.person("a@example.com", shop=Role.admin).get(AT).status_code == 200


def test_each_message_is_claimed_by_one(database_url: str) -> None:
    """Many postmen on one catalog, on either database."""
    catalogs = [Catalog(Database(database_url)) for _ in range(3)]
    catalogs[0].webhooks.add("shop", "http://1.1.1.1/", [], "", author=None)
    for n in range(20):
        catalogs[0].webhooks.queue("shop", "test.ping", str(n))
    claimed: list[Delivery] = []

    def work(catalog: Catalog) -> None:
        while found := catalog.webhooks.claim(3, timedelta(minutes=1)):
            claimed.extend(message for message, _ in found)

    threads = [threading.Thread(target=work, args=(catalog,)) for catalog in catalogs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(message.body) for message in claimed) == list(range(20))
    for catalog in catalogs:
        catalog.close()


def test_one_process_delivers_and_when_it_ends_another(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(addresses.VARIABLE, "1")
    monkeypatch.setattr(postman, "LOOK_EVERY", 0.02)
    lvtu.open(tmp_path / "home" / "shop").close()
    looked: list[object] = []
    monkeypatch.setattr(digest, "EVERY", 0.0)
    monkeypatch.setattr(digest, "tell", lambda home, _: looked.append(home))
    with ExitStack() as first:
        one = first.enter_context(serving(tmp_path / "home"))
        eventually(lambda: len(looked) > 3)
        with serving(tmp_path / "home") as other:
            client = one.local()
            hook = made(client, receiver)
            for _ in range(5):
                client.post(f"{AT}/{hook['id']}/test")
            eventually(lambda: len(receiver.got) == 5)
            assert other.home not in looked
            first.close()
            looked.clear()
            eventually(lambda: len(looked) > 3)
            assert set(looked) == {other.home}
            other.local().post(f"{AT}/{hook['id']}/test")
            eventually(lambda: len(receiver.got) == 6)
