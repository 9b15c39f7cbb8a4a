"""What is sent over HTTP is in the workspace, once, as it would be from a file."""

from __future__ import annotations

import gzip
import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from segment.analytics import Client as Library

import lvtu
from service.conftest import Shops
from service.inprocess import served
from service.running import COMMAND, Client, counted, ids, new_key, stored, track, waiting


def fresh() -> int:
    """A number that no other test uses."""
    return uuid.uuid4().int % 10**12


@pytest.mark.parametrize("packed", [False, True])
def test_segments_own_library_delivers(shops: Shops, packed: bool) -> None:
    lost: list[Any] = []
    library = Library(shops.keys["shop"], host=shops.address, gzip=packed, on_error=lambda *wrong: lost.append(wrong))
    who, then = f"ann{fresh()}", datetime(2026, 3, 1, 12, tzinfo=UTC)
    for n in range(250):
        library.track(who, "Cart Viewed", {"n": n}, timestamp=then + timedelta(seconds=n), message_id=f"{who}-{n:03d}")
    library.identify(who, {"email": f"{who}@example.org"}, timestamp=then)
    library.page(who, "Shop", "Home", timestamp=then)
    library.screen(who, "App", "Start", timestamp=then)
    library.group(who, "acme", {"industry": "steel"}, timestamp=then)
    library.alias(f"old-{who}", who, timestamp=then)
    library.flush()
    library.join()
    assert not lost
    rows = [row for row in stored(shops.home / "shop") if row["user_id"] == who]
    seen = [row for row in rows if row["event"] == "Cart Viewed"]
    assert ids(seen) == [f"{who}-{n:03d}" for n in range(250)]
    assert [json.loads(row["properties"])["n"] for row in seen] == list(range(250))
    assert [row["time"] for row in seen] == [then + timedelta(seconds=n) for n in range(250)]
    others = {row["event"]: row for row in rows if row["event"] != "Cart Viewed"}
    assert set(others) == {"identify", "Page Viewed", "Screen Viewed", "group", "alias"}
    assert others["identify"]["identifiers"] == {"email": f"{who}@example.org"}
    assert others["alias"]["identifiers"] == {"previous_id": f"old-{who}"}
    assert json.loads(others["Page Viewed"]["properties"])["name"] == "Home"
    assert json.loads(others["group"]["properties"])["group_industry"] == "steel"


def test_a_message_is_the_same_event_from_a_file(shops: Shops, tmp_path: Path) -> None:
    first = fresh()
    more = {"context": {"library": {"name": "analytics.js"}, "device": {"id": "d1"}, "traits": {"phone": "110"}}}
    messages = [
        track(first, properties={"revenue": 12.5, "currency": "CNY", "deep": {"a": [1]}}, **more),
        track(first + 1, type="page", name="Home", anonymousId="a", userId=None),
        track(first + 2, type="identify", traits={"email": "x@example.org", "vip": True}),
        track(first + 3, properties={"odd": float("nan")}),
        track(first + 4, event="半个\ud83d字"),
    ]
    file = tmp_path / "messages.ndjson"
    file.write_text("".join(json.dumps(one) + "\n" for one in messages))
    with lvtu.open(tmp_path / "other") as ws:
        ws.ingest(file, "segment")
    with shops.client() as client:
        answer = client.send("batch", {"batch": messages})
    assert answer.json() == {"success": True, "accepted": 5, "refused": []}
    names = {row["message_id"] for row in stored(tmp_path / "other")}
    columns = "* exclude (received_at, sequence, event_id, commit, customer)"  # when, and in which order, it came
    mine = [row for row in stored(shops.home / "shop", columns) if row["message_id"] in names]
    assert mine == stored(tmp_path / "other", columns)
    assert len(mine) == 5


@pytest.mark.parametrize(
    "kind", ["track", "identify", "page", "screen", "group", "alias", "t", "i", "p", "s", "g", "a"]
)
def test_every_address_takes_its_type(shops: Shops, kind: str) -> None:
    number = fresh()
    message = track(number, groupId="acme", previousId="old") | {"writeKey": shops.keys["shop"]}
    del message["type"]
    with Client(shops.address, "") as client:
        client.headers = {"Content-Type": "text/plain"}  # as the library for browsers does
        answer = client.send(kind, message)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"success": True, "accepted": 1, "refused": []}
    names = {"t": "Seen", "p": "Page Viewed", "i": "identify", "s": "Screen Viewed", "g": "group", "a": "alias"}
    [row] = [row for row in stored(shops.home / "shop") if row["message_id"] == f"m{number}"]
    assert row["event"] == names[kind[0]]
    assert shops.keys["shop"] not in str(row)


def test_a_message_sent_again_is_one_event(shops: Shops) -> None:
    first = fresh()
    with shops.client() as client:
        for _ in range(3):
            batch = {"batch": [track(first), track(first + 1)], "sentAt": datetime.now(UTC).isoformat()}
            assert client.send("b", batch).json()["accepted"] == 2
    wanted = {f"m{first}", f"m{first + 1}"}
    assert sorted(set(ids(stored(shops.home / "shop"))) & wanted) == sorted(wanted)
    assert len([one for one in ids(stored(shops.home / "shop")) if one in wanted]) == 2


def test_without_an_id_each_is_an_event(shops: Shops) -> None:
    who = f"bo{fresh()}"
    message = {"userId": who, "event": "Seen"}
    with shops.client() as client:
        before = datetime.now(UTC)
        for _ in range(2):
            assert client.send("track", message).status_code == 200
    rows = [row for row in stored(shops.home / "shop") if row["user_id"] == who]
    assert len(rows) == 2
    assert all(before <= row["time"] == row["received_at"] <= datetime.now(UTC) for row in rows)


def test_the_next_question_counts_what_was_acknowledged(shops: Shops) -> None:
    before = counted(shops.home / "shop")
    with shops.client() as client:
        for n in range(1, 3):
            assert client.send("track", track(fresh())).status_code == 200
            assert counted(shops.home / "shop") == before + n


def test_good_messages_do_not_pay_for_bad_ones(shops: Shops) -> None:
    first, far = fresh(), (datetime.now(UTC) + timedelta(days=2)).isoformat()
    batch = [
        track(first),
        7,
        track(first + 1, type="trak"),
        track(first + 2, userId=None),
        track(first + 3, timestamp="never"),
        track(first + 4, timestamp=far),
        track(first + 5, properties="none"),
        track(first + 6, event=""),
        track(first + 7, userId={"id": 7}),
        track(first + 8, type="alias"),
        track(first + 9, properties={"long": "x" * 33_000}),
        track(first + 10),
    ]
    with shops.client() as client:
        answer = client.send("batch", {"batch": batch})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["success"], told["accepted"]) == (True, 2)
    fields = {one["index"]: one["field"] for one in told["refused"]}
    assert fields == {1: "", 2: "type", 3: "userId", 4: "timestamp", 5: "timestamp", 6: "properties", 7: "event",
                      8: "userId", 9: "previousId", 10: ""}  # fmt: skip
    there = set(ids(stored(shops.home / "shop")))
    sent = {f"m{first + n}" for n in range(11)}
    assert there & sent == {f"m{first}", f"m{first + 10}"}
    kept = [
        row
        for row in waiting(shops.home / "shop")
        if row["raw"] == '{"_text": "7"}' or any(one in row["raw"] for one in sent)
    ]
    assert sorted({(row["place"], row["field"]) for row in kept}) == sorted(
        (f"http:{index}", name) for index, name in fields.items()
    )
    reasons = {int(row["place"][5:]): row["reason"] for row in kept}
    assert reasons == {one["index"]: one["reason"] for one in told["refused"]}


def test_what_was_refused_can_be_mended(tmp_path: Path, shops: Shops) -> None:
    number = fresh()
    with shops.client("hotel") as client:
        answer = client.send("track", track(number, userId=None, properties={"member": "m-7"}))
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("message_refused", "userId")
    with lvtu.Workspace(shops.home / "hotel") as ws:
        fields = {"user_id": "properties.member", "event": "event", "time": "timestamp", "message_id": "messageId"}
        assert ws.quarantine({"fields": fields}).accepted == 1
        assert ws.quarantine().num_rows == 0
        assert ws.sql(f"select user_id from events where message_id = 'm{number}'").to_pylist() == [{"user_id": "m-7"}]


@pytest.mark.parametrize("field", ["event", "userId", "timestamp", "type"])
def test_half_a_character_in_a_refused_message_stops_nothing(tmp_path: Path, field: str) -> None:
    """What no table holds waits like any other row: every question would fail after it otherwise."""
    lvtu.open(tmp_path / "shop").close()
    broken = track(1, properties={"note": "\ud800"}) | {field: "\ud800", "timestamp": "soon\ud800"}
    with served(tmp_path) as client:
        key = client.post("/api/w/shop/write-keys").json()["key"]
        sent = client.post("/v1/batch", content=json.dumps({"writeKey": key, "batch": [broken, track(2)]}))
        assert (sent.status_code, sent.json()["accepted"]) == (200, 1), sent.text
        assert client.post("/api/w/shop/count", json={}).json()["events"] == 1
        listed = client.get("/api/w/shop/quarantine").json()
        assert listed["total"] == 1
        assert json.loads(listed["rows"][0]["raw"])["properties"] == {"note": "\ud800"}
        assert client.post("/api/w/shop/quarantine/mend", json={"mapping": {"shape": "segment"}}).status_code == 200
        assert client.get("/api/w/shop/quarantine").json()["total"] == 1


def test_a_key_opens_its_own_workspace_only(shops: Shops) -> None:
    number = fresh()
    with shops.client("hotel") as client:
        # A key in the body counts for nothing beside that of the request.
        assert client.send("batch", {"batch": [track(number)], "writeKey": shops.keys["shop"]}).status_code == 200
    assert f"m{number}" in ids(stored(shops.home / "hotel"))
    assert f"m{number}" not in ids(stored(shops.home / "shop"))


def test_no_key_and_a_wrong_one_open_nothing(shops: Shops) -> None:
    number = fresh()
    for key, code in {
        "": "no_write_key",
        "wk_nobody": "wrong_write_key",
        shops.keys["shop"][:-1]: "wrong_write_key",
    }.items():
        with Client(shops.address, key) as client:
            for body in (track(number), track(number) | {"writeKey": key}):
                answer = client.send("track", body)
                assert (answer.status_code, answer.json()["code"]) == (401, code)
                assert answer.headers["content-type"] == "application/problem+json"
    with Client(shops.address, shops.keys["shop"]) as client:
        client.headers = {"Authorization": "Basic ==="}
        assert client.send("track", track(number)).status_code == 401
    assert f"m{number}" not in ids(stored(shops.home / "shop"))


def test_a_revoked_key_opens_nothing_at_once(shops: Shops) -> None:
    import subprocess

    key = new_key(shops.home / "shop")
    with Client(shops.address, key) as client:
        assert client.send("track", track(fresh())).status_code == 200
        listed = [*COMMAND, "key", "list", str(shops.home / "shop"), "--json"]
        keys = json.loads(subprocess.run(listed, capture_output=True, text=True, check=True).stdout)["keys"]
        [number] = [str(one["number"]) for one in keys if one["ends"] == key[-4:] and not one["revoked"]]
        subprocess.run([*COMMAND, "key", "revoke", str(shops.home / "shop"), number], check=True, capture_output=True)
        assert client.send("track", track(fresh())).status_code == 401
    for path in (shops.home / "shop").glob("catalog.sqlite*"):
        assert key.encode() not in path.read_bytes()
        assert shops.keys["shop"].encode() not in path.read_bytes()


def test_a_workspace_made_later_is_served(shops: Shops) -> None:
    lvtu.open(shops.home / "cafe").close()
    with Client(shops.address, new_key(shops.home / "cafe")) as client:
        assert client.send("track", track(1)).status_code == 200
    assert ids(stored(shops.home / "cafe")) == ["m1"]


BAD = [
    ("batch", b"[1", 400, "body_not_json"),
    ("batch", b"\xff\xfe", 400, "body_not_json"),
    ("batch", b"", 400, "body_not_json"),
    ("batch", b"[]", 400, "body_not_object"),
    ("batch", b"{}", 400, "no_batch"),
    ("batch", b'{"batch": {}}', 400, "no_batch"),
    ("import", b'{"batch": null}', 400, "no_batch"),
    ("track", b"7", 400, "body_not_object"),
    ("track", b"[" * 100_00, 400, "body_not_json"),
    ("batch", b'{"batch": ' + b"[" * 100_000, 400, "body_not_json"),
    ("track", b'{"userId": "a", "event": "b", "x": "' + b"x" * 33_000 + b'"}', 413, "message_too_large"),
    ("batch", b'{"batch": [], "x": "' + b"x" * 513_000 + b'"}', 413, "body_too_large"),
    ("nothing", b"{}", 400, "unknown_endpoint"),
]


@pytest.mark.parametrize(("kind", "body", "status", "code"), BAD)
def test_a_bad_envelope_is_told(shops: Shops, kind: str, body: bytes, status: int, code: str) -> None:
    with shops.client() as client:
        answer = client.send(kind, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"what", "known", "try", "status", "title"} <= set(answer.json())


def test_a_packed_body_must_unpack(shops: Shops) -> None:
    packed = gzip.compress(json.dumps({"batch": [track(fresh())]}).encode())
    bomb = gzip.compress(b'{"batch": [' + b" " * 50_000_000 + b"]}")
    cases = [
        (packed, "gzip", 200, None),
        (packed[:-9], "gzip", 400, "no_gzip"),
        (b"{}", "gzip", 400, "no_gzip"),
        (packed, "br", 400, "encoding_unknown"),
        (bomb, "gzip", 413, "body_too_large"),
    ]
    with shops.client() as client:
        for body, encoding, status, code in cases:
            answer = client.send("batch", body, **{"Content-Encoding": encoding})
            assert (answer.status_code, answer.json().get("code")) == (status, code)


def test_pages_of_any_site_may_send(shops: Shops) -> None:
    ask = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST",
           "Access-Control-Request-Headers": "authorization,content-type"}  # fmt: skip
    with shops.client() as client:
        answer = client.http.options("/v1/batch", headers=ask)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "authorization" in answer.headers["access-control-allow-headers"].lower()
        sent = client.send("track", track(fresh()), Origin="https://shop.example")
        assert sent.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in sent.headers
        health = client.http.get("/healthz", headers={"Origin": "https://shop.example"})
        assert "access-control-allow-origin" not in health.headers


def test_it_says_how_it_is(shops: Shops) -> None:
    with shops.client() as client:
        assert client.http.get("/healthz").json() == {"status": "ok"}
        assert client.http.get("/readyz").json() == {"status": "ok"}
        assert client.http.get("/api/nowhere").json()["code"] == "no_such_address"
        wrong = client.http.get("/v1/batch")
        assert (wrong.status_code, wrong.headers["allow"], wrong.json()["status"]) == (405, "POST", 405)
        assert client.http.get("/openapi.json").json()["openapi"].startswith("3.1")
