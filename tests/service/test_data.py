"""Sources, the catalogue of events, and the quarantine, over HTTP; counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from lvtu.core.record import RECORD
from service.inprocess import Client, InProcess, serving

NOW = datetime.now(UTC).replace(microsecond=0)
AT = "/api/w/shop"


def ago(**span: float) -> str:
    return (NOW - timedelta(**span)).isoformat()


EVENTS = [
    {"user_id": "ann", "event": "Visit", "time": ago(days=40), "source": "web", "page": "/"},
    {"user_id": "ann", "event": "Visit", "time": ago(days=2), "source": "web", "page": "/a", "depth": 3},
    {"user_id": "bo", "event": "Visit", "time": ago(days=2), "source": "app", "email": "bo@x.example"},
    {"user_id": "bo", "event": "Paid", "time": ago(minutes=5), "source": "app", "value": 12.5, "member": True},
    {"user_id": "cy", "event": "Paid", "time": ago(minutes=1)},
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(EVENTS[:3])
        ws.ingest([*EVENTS[2:3], {"event": "Visit", "time": ago(days=1)}, {"user_id": "x", "event": "Visit"}])
        ws.append(EVENTS[3:])
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def client(app: InProcess) -> Client:
    return app.local()


def got(client: Client, address: str, **asked: Any) -> Any:
    answer = client.get(AT + address, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_sources(client: Client) -> None:
    found = got(client, "/sources")
    by_name = {one["name"]: one for one in found["sources"]}
    assert {name: (one["events"], one["customers"]) for name, one in by_name.items()} == {
        "web": (2, 1), "app": (2, 1), None: (1, 1),
    }  # fmt: skip
    web = by_name["web"]
    assert [datetime.fromisoformat(web[name]) for name in ("first", "last")] == [
        datetime.fromisoformat(EVENTS[n]["time"]) for n in (0, 1)  # type: ignore[arg-type]
    ]  # fmt: skip
    assert (web["last_hour"], web["last_day"]) == (2, 2), "they came in just now, whenever they happened"
    assert (found["events"], found["repeats"], found["commits"]) == (5, 1, 2)
    assert [one["name"] for one in found["imports"]] == ["3 rows"]
    assert (found["imports"][0]["events"], found["imports"][0]["repeats"]) == (3, 0)
    assert [(one["origin"], one["rows"]) for one in found["set_aside"]] == [("rows", 2)]


def test_the_catalogue(client: Client, app: InProcess) -> None:
    found = got(client, "/catalogue")
    first = datetime.fromisoformat(found["first_day"]).date()
    assert (NOW - timedelta(minutes=1)).date() - first == timedelta(days=29)
    by_name = {one["name"]: one for one in found["events"]}
    assert list(by_name) == ["Visit", "Paid"] and found["total"] == 2
    visit = by_name["Visit"]
    assert (visit["events"], visit["customers"], sum(visit["days"])) == (3, 2, 2)
    assert visit["days"][((NOW - timedelta(days=2)).date() - first).days] == 2
    assert [one["name"] for one in got(client, "/catalogue", search="pa")["events"]] == ["Paid"]

    detail = got(client, "/catalogue/Visit")
    assert (detail["events"], detail["looked_at"]) == (3, 3)
    properties = {one["name"]: (round(one["share"], 2), one["kinds"]) for one in detail["properties"]}
    assert properties == {"page": (0.67, ["text"]), "depth": (0.33, ["number"]), "email": (0.33, ["text"])}
    assert {one["name"] for one in detail["fields"]} == {"source", "user_id"}
    seen = {one["name"]: one["samples"] for one in detail["properties"]}
    assert seen["email"] == ["bo@x.example"]
    viewer = app.person("viewer@example.com", shop=Role.viewer)
    seen = {one["name"]: one["samples"] for one in got(viewer, "/catalogue/Visit")["properties"]}
    assert (seen["email"], sorted(seen["page"])) == ([], ["/", "/a"])
    answer = client.get(f"{AT}/catalogue/Visitt")
    assert (answer.status_code, answer.json()["hint"]) == (400, "near_events")


def test_the_quarantine_is_paged_mended_and_dropped(client: Client, app: InProcess) -> None:
    found = got(client, "/quarantine", lang="zh")
    assert found["total"] == 2 and found["next"] is None
    assert {(one["key"], one["rows"]) for one in found["reasons"]} == {("user_id:nobody", 1), ("time:missing", 1)}
    assert all(one["text"][0] >= "一" for one in found["reasons"])
    first = got(client, "/quarantine", limit=1)
    second = got(client, "/quarantine", limit=1, after=first["next"])
    assert [row["id"] for row in (*first["rows"], *second["rows"])] == [row["id"] for row in found["rows"]]
    assert second["next"] is None
    assert got(client, "/quarantine", limit=1, after=second["rows"][0]["id"])["rows"] == []
    [row] = got(client, "/quarantine", reason="time:missing")["rows"]
    assert row["place"] == "rows:3" and '"x"' in row["raw"]
    viewer = app.person("looker@example.com", shop=Role.viewer)
    assert all(row["raw"] is None for row in got(viewer, "/quarantine")["rows"])
    for person, what in ((viewer, "mend"), (app.person("e@example.com", shop=Role.editor), f"{row['id']}/drop")):
        assert person.post(f"{AT}/quarantine/{what}", json={}).status_code == 403

    mapping = {"fields": {"time": {"constant": ago(days=3)}}}
    report = client.post(f"{AT}/quarantine/mend", json={"mapping": mapping}).json()
    assert (report["accepted"], report["rejected"], [one["code"] for one in report["reasons"]]) == (1, 1, ["nobody"])
    [left] = got(client, "/quarantine")["rows"]
    assert left["code"] == "nobody"
    assert client.post(f"{AT}/quarantine/{left['id']}/drop").json() == {"rows": 1}
    assert client.post(f"{AT}/quarantine/{left['id']}/drop").status_code == 404
    assert got(client, "/quarantine")["total"] == 0
    assert got(client, "/catalogue")["events"][0]["events"] == 4, "what was mended is counted at once"


def test_what_programs_sent_wrong_is_there_at_once(client: Client, app: InProcess) -> None:
    served = app.home.named("shop")
    assert served is not None
    row = {"place": "http:0", "field": "time", "reason": "no time", "reason_code": "missing",
           "reason_values": {"field": "time"}, "raw": "{}"}  # fmt: skip
    served.workspace._intake.receive(RECORD.empty_table(), [row])
    assert [one["place"] for one in got(client, "/quarantine")["rows"]] == ["http:0"]
    assert ("http", 1) in [(one["origin"], one["rows"]) for one in got(client, "/sources")["set_aside"]]


def test_an_empty_workspace(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        client = app.local()
        sources, catalogue = got(client, "/sources"), got(client, "/catalogue")
    assert (sources["sources"], sources["last"], sources["received"]) == ([], None, None)
    assert (catalogue["events"], catalogue["first_day"]) == ([], None)
