"""Contracts over HTTP: proposed from what came, saved, broken by arrivals, seen in the catalogue, mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving
from service.running import basic

AT = "/api/w/shop/contracts"
PAID = {
    "event": "Paid / Cash", "mode": "enforce", "required": ["total"],
    "properties": {"total": {"type": "number"}, "plan": {"enum": ["free", "pro"]}},
}  # fmt: skip


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    monkeypatch.setattr("lvtu.service.arrivals.judge._STALE", 0.0)
    with lvtu.open(tmp_path / "shop") as ws:
        paid = {"event": "Paid / Cash", "time": "2026-03-01"}
        ws.append([paid | {"user_id": f"c{n}", "properties": {"total": n, "plan": "pro"}} for n in range(30)])
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def client(app: InProcess) -> Client:
    return app.local()


def arrive(app: InProcess, *properties: dict[str, Any]) -> dict[str, Any]:
    served = app.home.named("shop")
    assert served is not None
    batch = [
        {"type": "track", "userId": "x", "event": "Paid / Cash", "messageId": f"m{n}", "properties": one,
         "timestamp": "2026-03-02T00:00:00Z"}
        for n, one in enumerate(properties)
    ]  # fmt: skip
    answer = app.client().post("/v1/batch", json={"batch": batch}, headers=basic(served.write_keys.new()))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_from_a_proposal_to_a_mended_row(app: InProcess, client: Client) -> None:
    proposed = client.get("/api/w/shop/contract-proposals/Paid / Cash").json()
    assert (proposed["version"], proposed["mode"]) == (None, "observe")
    assert set(proposed["contract"]["properties"]) == {"total", "plan"}
    assert client.get(AT).json() == [], "a proposal is not saved"
    saved = client.put(f"{AT}/Paid / Cash", json={"contract": PAID}).json()
    assert (saved["version"], saved["broken"], saved["text"]) == (1, 0, "kept")
    assert saved["json_schema"]["required"] == ["total"]
    [entry] = client.get("/api/w/shop/catalogue").json()["events"]
    assert entry["contract"] == {"mode": "enforce", "broken": False}

    told = arrive(app, {"total": 1, "plan": "pro"}, {"total": "ten"}, {"plan": "gold", "total": 3}, {"plan": "free"})
    assert (told["accepted"], len(told["refused"])) == (1, 3)
    held = client.get(f"{AT}/Paid / Cash", params={"lang": "zh"}).json()
    assert held["broken"] == 3 and held["text"] == "3 条到达数据不符合规范"
    assert {(one["property"], one["code"], one["messages"]) for one in held["violations"]} == {
        ("total", "of_type", 1), ("plan", "not_allowed", 1), ("total", "missing", 1),
    }  # fmt: skip
    [entry] = client.get("/api/w/shop/catalogue").json()["events"]
    assert (entry["events"], entry["contract"]) == (31, {"mode": "enforce", "broken": True})
    assert len(client.get("/api/w/shop/contract-violations").json()) == 3
    assert client.get("/api/w/shop/contract-violations", params={"event": "Seen"}).json() == []
    assert client.get("/api/w/shop/quarantine").json()["total"] == 3

    looser = saved["yaml"].replace("  plan:\n    enum:\n    - free\n    - pro\n", "")
    answer = client.put(f"{AT}/Paid / Cash", json={"yaml": looser, "version": 1})
    assert (answer.status_code, answer.json()["version"], answer.json()["broken"]) == (200, 2, 0)
    mended = client.post("/api/w/shop/quarantine/mend", json={"mapping": {"shape": "segment"}}).json()
    assert (mended["accepted"], client.get("/api/w/shop/quarantine").json()["total"]) == (1, 2)
    late = client.put(f"{AT}/Paid / Cash", json={"contract": PAID, "version": 1})
    assert (late.status_code, late.json()["newest"]) == (409, 2)
    assert client.get(f"{AT}/Paid / Cash", params={"version": 1}).json()["contract"]["properties"]["plan"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "contract_body"), ({"contract": PAID, "yaml": "event: x"}, "contract_body"),
        ({"contract": PAID | {"event": "Other"}}, "contract_event_differs"), ({"yaml": "/etc/passwd"}, None),
        ({"contract": PAID | {"mode": "maybe"}}, None), ({"yaml": "event: [x"}, "not_yaml"),
    ],
)  # fmt: skip
def test_what_is_no_contract_is_refused(client: Client, body: dict[str, Any], code: str | None) -> None:
    answer = client.put(f"{AT}/Paid / Cash", json=body)
    assert answer.status_code == 400, answer.text
    assert code is None or answer.json()["code"] == code
    assert "root:" not in answer.text
    assert client.get(AT).json() == []


def test_what_is_not_there_and_who_may(app: InProcess, client: Client) -> None:
    assert client.get(f"{AT}/Nothing").status_code == 404
    assert client.get("/api/w/shop/contract-proposals/Nothing").json()["code"] == "unknown_event"
    analyst = app.person("a@example.com", shop=Role.analyst)
    assert analyst.get(AT).status_code == 200
    assert analyst.put(f"{AT}/Paid / Cash", json={"contract": PAID}).status_code == 403


def test_a_contract_is_tried_on_what_came(client: Client) -> None:
    """Of thirty events by hand: totals 0 to 29, all of plan pro."""
    tried = client.post(f"{AT}/preview", json={"contract": PAID}).json()
    assert tried == {"events": 30, "broken": 0, "troubles": []}
    strict = PAID | {"required": ["total", "note"], "properties": {"total": {"enum": [1, 2, 3]}}}
    tried = client.post(f"{AT}/preview?lang=en", json={"contract": strict}).json()
    assert (tried["events"], tried["broken"]) == (30, 30)
    told = [(one["property"], one["code"], one["events"]) for one in tried["troubles"]]
    assert told == [("note", "missing", 30), ("total", "not_allowed", 27)]
    assert "is not allowed; allowed are 1, 2, 3" in tried["troubles"][1]["example"]
    assert client.get(AT).json() == [], "nothing is saved"
    unseen = client.post(f"{AT}/preview", json={"contract": {"event": "Never"}}).json()
    assert unseen == {"events": 0, "broken": 0, "troubles": []}
    assert client.post(f"{AT}/preview", json={}).json()["code"] == "contract_body"


def test_all_rows_of_a_reason_are_dropped(app: InProcess, client: Client) -> None:
    assert client.put(f"{AT}/Paid%20%2F%20Cash", json={"contract": PAID}).status_code == 200
    arrive(app, {"total": 1}, {"plan": "pro"}, {"total": 2, "plan": "gold"}, {"total": 3, "plan": "tin"})
    reasons = {one["key"]: one["rows"] for one in client.get("/api/w/shop/quarantine").json()["reasons"]}
    assert reasons == {"properties.total:missing": 1, "properties.plan:not_allowed": 2}
    gone = {"reason": "properties.plan:not_allowed"}
    assert client.post("/api/w/shop/quarantine/drop-all", json=gone).json() == {"rows": 2}
    assert client.get("/api/w/shop/quarantine").json()["total"] == 1
    assert client.post("/api/w/shop/quarantine/drop-all", json=gone).status_code == 404
