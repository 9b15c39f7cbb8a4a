"""What a viewer may not find out: who customers are. Whatever they ask, nobody's address or number comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

ANN, PHONE = "ann.lee@example.com", "13800138001"
SECRETS = ("ann.lee", "example.com", PHONE, "annie77", "secret@", "Lee & Sons")
NAMES = ("email", "username", "customerEmail", "客户手机", "url", "note", "user_id", "properties.email")
PAID = {
    "customerEmail": ANN,
    "客户手机": PHONE,
    "url": f"https://shop/?e={ANN}",
    "note": f"call {PHONE}",
    "plan": "pro",
}


def messages() -> list[dict[str, Any]]:
    traits = {"email": ANN, "username": "annie77", "company": "Lee & Sons"}
    score = {"score": 9, "scale": "nps", "text": f"write to {ANN} or {PHONE}"}
    return [
        {"type": "identify", "userId": ANN, "traits": traits, "timestamp": "2026-01-01T00:00:00Z"},
        {"type": "track", "event": "Paid", "userId": ANN, "properties": PAID, "timestamp": "2026-01-02T00:00:00Z"},
        {"type": "track", "event": "Rated", "userId": ANN, "properties": score, "timestamp": "2026-01-03T00:00:00Z"},
        *({"type": "track", "event": "Login", "userId": "b", "properties": {"mail": ANN}} for _ in range(12)),
    ]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    lvtu.open(home / "shop").close()
    with serving(home) as app:
        owner = app.local()
        key = owner.post("/api/w/shop/write-keys").json()["key"]
        sent = owner.post("/v1/batch", json={"batch": messages(), "writeKey": key})
        assert sent.json()["accepted"] == len(messages())
        listed = {"event": "Asked", "mode": "enforce", "properties": {"who": {"enum": ["us"]}}}
        assert owner.put("/api/w/shop/contracts/Asked", json={"contract": listed}).status_code == 200
        time.sleep(1.1)  # until arrivals are held against it
        for wrong in (
            {"event": "Asked", "userId": "z", "properties": {"who": "secret@example.com"}},
            {"event": "Late", "userId": "z", "timestamp": f"+86{PHONE}"},
        ):
            assert owner.post("/v1/track", json={**wrong, "writeKey": key}).status_code == 400
        assert owner.put("/api/w/shop/segments/paid", json={"condition": "did Paid"}).status_code == 200
        yield app


@pytest.fixture(scope="module")
def viewer(app: InProcess) -> Client:
    return app.person("viewer@example.org", shop=Role.viewer)


@pytest.fixture(scope="module")
def analyst(app: InProcess) -> Client:
    return app.person("analyst@example.org", shop=Role.analyst)


PAGES = [
    *(f"/fields/{quote(name)}/values" for name in NAMES), "/catalogue/Paid", "/catalogue/identify", "/catalogue/Login",
    "/quarantine", "/customers", "/customers/~0", "/customers/~0/timeline", "/contract-violations", "/overview",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_anybody(viewer: Client, path: str) -> None:
    answer = viewer.get(f"/api/w/shop{path}")
    assert answer.status_code == 200, answer.text
    assert [secret for secret in SECRETS if secret in answer.text] == [], answer.text


def test_analysts_see_what_was_said(analyst: Client) -> None:
    said = analyst.get("/api/w/shop/customers/~0/timeline").text
    assert [secret for secret in ("ann.lee", PHONE, "annie77", "Lee & Sons") if secret not in said] == []
    assert analyst.get("/api/w/shop/fields/url/values").json()[0]["value"] == PAID["url"]


@pytest.mark.parametrize("condition", [f"user_id = '{ANN}'", "email like 'a%'", f"paid@1' or user_id = '{ANN}'"])
def test_conditions_do_not_spell_identifiers_out(viewer: Client, analyst: Client, condition: str) -> None:
    asked: list[Any] = [
        viewer.post("/api/w/shop/count", json={"where": condition}),
        viewer.post("/api/w/shop/count", json={"segment": condition}),
        viewer.get("/api/w/shop/customers", params={"segment": condition}),
        viewer.get("/api/w/shop/overview", params={"segment": condition}),
    ]
    assert [one.json()["code"] for one in asked] == ["role_too_small", *["segment_by_name"] * 3]
    if "paid" not in condition:
        assert analyst.post("/api/w/shop/count", json={"where": condition}).json()["customers"] == 1


@pytest.mark.parametrize("name", ["paid", "paid@1", "'paid'"])
def test_segments_are_asked_by_name(viewer: Client, name: str) -> None:
    assert viewer.post("/api/w/shop/count", json={"segment": name}).json()["customers"] == 1
    assert viewer.get("/api/w/shop/customers", params={"segment": name}).json()["total"] == 1
    assert viewer.get("/api/w/shop/overview", params={"segment": name}).status_code == 200
    assert viewer.post("/api/w/shop/count", json={}).json()["events"] == len(messages())


def test_tiles_that_tell_who_customers_are_stay_shut(viewer: Client, analyst: Client) -> None:
    tiles = [{"id": by, "question": {"analysis": "trend", "by": by}} for by in ("customerEmail", "plan")]
    made = analyst.post("/api/w/shop/boards", json={"title": "B", "tiles": tiles})
    assert made.status_code == 201, made.text
    address = f"/api/w/shop/boards/{made.json()['id']}/answers"
    told = viewer.post(address, json={})
    assert [one["answer"] is None for one in told.json()["tiles"]] == [True, False]
    assert ANN not in told.text
    assert ANN in analyst.post(address, json={}).text


@pytest.mark.parametrize("by", ["url", "note", "mail"])
def test_answers_broken_down_by_texts_spell_nobody_out(
    app: InProcess, viewer: Client, analyst: Client, by: str
) -> None:
    """An address may stand in any text, whatever it is called: on boards viewers see, and behind links anybody has."""
    question = {"analysis": "trend", "by": by}
    made = analyst.post("/api/w/shop/boards", json={"title": "B", "tiles": [{"id": "t", "question": question}]})
    address = f"/api/w/shop/boards/{made.json()['id']}/answers"
    assert any(secret in analyst.post(address, json={}).text for secret in SECRETS)
    shared = app.local().post(
        "/api/w/shop/shares", json={"title": "S", "questions": [{"analysis": "trend", "spec": {"by": by}}]}
    )
    assert shared.status_code in (201, 400), shared.text
    told = [viewer.post(address, json={})]
    told += [app.client().get(f"/api/shared/{shared.json()['key']}")] if shared.status_code == 201 else []
    for one in told:
        assert one.status_code == 200
        assert [secret for secret in SECRETS if secret in one.text] == [], one.text


def test_proposed_contracts_list_values_that_came(viewer: Client, analyst: Client) -> None:
    assert viewer.get("/api/w/shop/contract-proposals/Login").status_code == 403
    proposed = analyst.get("/api/w/shop/contract-proposals/Login").json()["contract"]
    assert proposed["properties"]["mail"]["enum"] == [ANN]
