"""The identity console over HTTP: joins with previews and undo, rules, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from parts import require
from service.inprocess import Client, InProcess, serving

AT = "/api/w/shop/identity"
EVENTS = [
    {"user_id": "ann", "anonymous_id": "phone", "event": "Seen", "time": "2026-03-01", "identifiers": {"email": "a@x"}},
    {"user_id": "bo", "anonymous_id": "phone", "event": "Seen", "time": "2026-03-02", "identifiers": {"email": "a@x"}},
    {"user_id": "cy", "event": "Seen", "time": "2026-03-03", "identifiers": {"email": "c@x"}},
    {"anonymous_id": "tablet", "event": "Seen", "time": "2026-03-04"},
]


@pytest.fixture
def app(tmp_path: Any) -> Iterator[InProcess]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append(EVENTS)
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def client(app: InProcess) -> Client:
    return app.local()


def done(client: Client, method: str, address: str, body: Any = None, **asked: Any) -> Any:
    answer = client.request(method, AT + address, json=body, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def customers(client: Client) -> int:
    counted: int = client.post("/api/w/shop/count", json={}).json()["customers"]
    return counted


def test_the_summary_says_what_to_look_at(client: Client) -> None:
    found = done(client, "GET", "")
    assert (found["counts"]["user_ids"], found["counts"]["anonymous_ids"]) == (3, 2)
    assert found["counts"]["unmatched_anonymous"] == 1
    shared = {(one["kind"], one["id"]): (one["users"], one["customers"]) for one in found["shared"]}
    assert shared[("anonymous_id", "phone")] == (["ann", "bo"], 2)
    assert (found["rules"], found["edges"], found["proposals"]) == ([], [], 0)


def test_a_join_is_looked_at_made_and_taken_back(client: Client) -> None:
    both = {"left": {"id": "ann"}, "right": {"id": "cy"}}
    before = customers(client)
    seen = done(client, "POST", "/join/preview", both, lang="zh")
    assert (seen["preview"], seen["edges"], seen["totals"]["joined"]) == (True, [], 1)
    [row] = seen["changes"]
    assert (row["change"], row["text"], row["after"]) == ("joined", "合并", [row["id"]])
    assert {row["id"], *row["before"]} == {"ann", "cy"}
    assert customers(client) == before == 4
    made = done(client, "POST", "/join", both)
    assert customers(client) == 3
    [edge] = done(client, "GET", "/edges")["edges"]
    assert (edge["edge"], edge["left"]["id"], edge["right"]["id"], edge["how"]) == (
        made["edges"][0], "ann", "cy", "join",
    )  # fmt: skip
    assert (edge["text"], edge["retracted"]) == ("joined by hand", None)

    back = done(client, "POST", "/unjoin/preview", {"edges": made["edges"]})
    assert (back["totals"]["split"], customers(client)) == (1, 3)
    done(client, "POST", "/unjoin", {"edges": made["edges"]})
    assert customers(client) == 4
    [edge] = done(client, "GET", "/edges")["edges"]
    assert edge["retracted"] is not None, "it stays in the books"
    done(client, "POST", "/join", both)
    done(client, "POST", "/unjoin", both)
    assert customers(client) == 4
    for wrong, code in (({"edges": [99]}, "unknown_edge"), ({}, "no_edge"), (both, "not_joined")):
        answer = client.post(f"{AT}/unjoin", json=wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_edges_come_page_by_page(client: Client) -> None:
    for id in ("bo", "cy"):
        done(client, "POST", "/join", {"left": {"id": "ann"}, "right": {"id": id}})
    first = done(client, "GET", "/edges", limit=1)
    second = done(client, "GET", "/edges", limit=1, before=first["next"])
    assert [one["right"]["id"] for one in (*first["edges"], *second["edges"])] == ["cy", "bo"]
    assert (first["total"], second["next"]) == (2, None)


def test_a_rule_is_looked_at_and_set(client: Client) -> None:
    seen = done(client, "POST", "/rules/preview", {"joins": ["email"]})
    assert (seen["totals"]["joined"], customers(client)) == (1, 4)
    done(client, "PUT", "/rules", {"joins": ["email"]})
    assert (customers(client), done(client, "GET", "")["rules"]) == (3, ["email"])
    done(client, "PUT", "/rules", {"joins": []})
    assert customers(client) == 4


def test_proposals_come_from_an_upload_and_are_decided(client: Client) -> None:
    require("Splink", find_spec("splink"))
    rows = ["user_id,given_name,family_name,birth_date,city"]
    rows += [f"u{n},name{n},family{n},19{n:02d}-01-01,town{n % 7}" for n in range(10, 60)]
    rows += ["ann,Anna,Smith,1980-02-03,Hull", "cy,Anna,Smith,1980-02-03,Hull"]
    sheet = "\n".join(rows).encode()
    upload = client.post("/api/w/shop/uploads", files={"file": ("crm.csv", sheet)}).json()["id"]
    found = done(client, "POST", "/proposals", {"upload": upload, "threshold": 0.5}, lang="zh")
    [one] = [one for one in found["proposals"] if {one["left"], one["right"]} == {"ann", "cy"}]
    assert one["probability"] >= 0.5 and one["decision"] == "open"
    assert all(each["text"] and each["title"] for each in one["evidence"])
    assert one["proposal"] in [each["proposal"] for each in done(client, "GET", "/proposals")["proposals"]]
    assert customers(client) == 4
    assert done(client, "POST", "/accept/preview", {"numbers": [one["proposal"]]})["totals"]["joined"] == 1
    done(client, "POST", "/accept", {"numbers": [one["proposal"]]})
    assert customers(client) == 3
    others = [each["proposal"] for each in done(client, "GET", "/proposals")["proposals"]]
    if others:
        done(client, "POST", "/reject", {"numbers": others})
    every = done(client, "GET", "/proposals", all=True)["proposals"]
    assert {each["decision"] for each in every} <= {"accepted", "rejected"}
    assert client.post(f"{AT}/proposals", json={"upload": "nothing"}).status_code == 404


def test_who_may_look_and_who_may_change(app: InProcess) -> None:
    viewer, analyst = (app.person(f"{role.name}@example.com", shop=role) for role in (Role.viewer, Role.analyst))
    assert viewer.get(AT).status_code == 403, "it shows identifiers"
    assert analyst.get(AT).status_code == 200
    assert analyst.post(f"{AT}/join/preview", json={"left": {"id": "a"}, "right": {"id": "b"}}).status_code == 403
