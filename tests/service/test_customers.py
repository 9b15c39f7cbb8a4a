"""Customers over HTTP: finding them, who they are, their time lines, and joining and parting them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

START = datetime(2026, 3, 1, tzinfo=UTC)
ODD = "a/b?c=1&d#%20 名/timeline"
"""An id that means something else wherever it is not encoded."""
MODEL = {
    "key": "shop", "title": "Shop",
    "touchpoints": [{"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "Seen"}],
    "stages": [
        {"key": "see", "name": {"zh": "看", "en": "See"}, "entry": {"touchpoints": "page"}},
        {"key": "buy", "name": {"zh": "买", "en": "Buy"}, "entry": "Order Completed"},
    ],
}  # fmt: skip


def event(number: int, name: str, hours: float, **more: Any) -> dict[str, Any]:
    time = (START + timedelta(hours=hours)).isoformat()
    return {"message_id": f"m{number}", "event": name, "time": time, "source": "site", **more}


def events() -> list[dict[str, Any]]:
    """Ann, on a phone before she signs in, with answers and days; Bo, of whom only the order is known; others."""
    ann = {"user_id": "ann@example.com"}
    return [
        event(1, "Seen", 0, anonymous_id="phone", channel="web"),
        event(2, "Seen", 0.4, anonymous_id="phone", channel="web"),
        event(3, "identify", 1, **ann, anonymous_id="phone", identifiers={"email": "Ann@Example.com", "member": "M-7"},
              properties={"first_name": "Ann", "last_name": "Lee", "email": "Ann@Example.com", "age": 30}),
        event(4, "Order Completed", 1.2, **ann, channel="app", value=20.0, currency="CNY"),
        event(5, "Order Completed", 30, **ann, channel="store", value=5.5, currency="EUR", time_basis="day"),
        event(6, "Rated", 31, **ann, score=9, scale="nps", text="quick", channel="web", properties={"page": 3}),
        event(7, "Seen", 2, user_id=ODD, channel="web", time_basis="order"),
        event(8, "Seen", 3, user_id=ODD, channel="kiosk", time_basis="order"),
        *(event(100 + k, "Seen", 40, user_id=f"same{k:02d}", channel="web") for k in range(30)),
        event(200, "Seen", 50, user_id="bo", channel="web", value=1.0),
        event(201, "Seen", 51, user_id="bob"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(events()[:20])
        ws.append(events()[20:])  # a tail beside the base
        ws.save_model(MODEL, default=True)
        ws.save_segment("buyers", "did 'Order Completed'", title={"zh": "买家", "en": "Buyers"})
    with lvtu.open(home / "hotel") as ws:
        ws.ingest([event(1, "Stay", 0, user_id="guest"), event(2, "Stay", 1, user_id="bo")])
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def local(app: InProcess) -> Client:
    return app.local()


def find(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/w/shop/customers", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answer["customers"]]


def address(id: str, rest: str = "") -> str:
    return f"/api/w/shop/customers/{quote(id, safe='')}{rest}"


def test_those_come_first_who_were_active_last(local: Client) -> None:
    everybody = find(local, limit=200)
    assert (everybody["total"], everybody["matched"], everybody["next"]) == (34, "all", None)
    names = ids(everybody)
    assert names[:2] == ["bob", "bo"]
    assert set(names[2:32]) == {f"same{k:02d}" for k in range(30)}
    assert names[32:] == ["ann@example.com", ODD]
    ann = everybody["customers"][32]
    assert (ann["name"], ann["email"], ann["events"]) == ("Ann Lee", "Ann@Example.com", 6)
    assert (ann["first"], ann["last"]) == ("2026-03-01T00:00:00+00:00", "2026-03-02T07:00:00+00:00")
    assert (ann["channels"], ann["segments"]) == (["web", "app", "store"], ["lifecycle:new", "buyers"])


@pytest.mark.parametrize("limit", [1, 7, 33])
def test_pages_hold_everybody_once_though_many_were_active_at_one_time(local: Client, limit: int) -> None:
    pages, after = [], None
    while True:
        page = find(local, limit=limit, **({"after": after} if after else {}))
        assert page["total"] == 34
        pages += ids(page)
        after = page["next"]
        if after is None:
            break
    assert pages == ids(find(local, limit=200))
    assert local.get("/api/w/shop/customers?after=x").json()["code"] == "no_such_page"


@pytest.mark.parametrize(
    ("text", "names", "matched"),
    [
        ("ann@example.com", ["ann@example.com"], "exact"),
        ("phone", ["ann@example.com"], "exact"),  # a device
        ("Ann@Example.com", ["ann@example.com"], "exact"),  # among the identifiers
        (" M-7 ", ["ann@example.com"], "exact"),
        ("bo", ["bo"], "exact"),  # before bob, whose name begins so
        ("bob", ["bob"], "exact"),  # in the tail
        ("same1", [f"same1{k}" for k in range(10)], "prefix"),
        ("ann", ["ann@example.com"], "prefix"),
        (ODD, [ODD], "exact"),
        ("M-", [], "none"),
        ("SAME1", [], "none"),
    ],
)
def test_who_is_found(local: Client, text: str, names: list[str], matched: str) -> None:
    found = find(local, search=text)
    assert (sorted(ids(found)), found["matched"], found["total"]) == (sorted(names), matched, len(names))


def test_a_segment_and_a_condition(local: Client) -> None:
    assert ids(find(local, segment="buyers")) == ["ann@example.com"]
    assert ids(find(local, segment="did Seen at least 2 times")) == ["ann@example.com", ODD]
    assert ids(find(local, segment="buyers", search="bo")) == []
    assert ids(find(local, segment="buyers", search="phone")) == ["ann@example.com"]
    assert local.get("/api/w/shop/customers?segment=nobody").json()["code"] == "unknown_segment"


def test_who_somebody_is(local: Client) -> None:
    told = local.get(address("phone", "?lang=en")).json()  # any identifier will do
    assert (told["id"], told["name"], told["sessions"]) == ("ann@example.com", "Ann Lee", 4)
    assert (told["stage"], told["model"]) == ({"key": "buy", "name": "Buy"}, "shop")
    assert told["value"] == [
        {"currency": "CNY", "value": 20.0, "events": 1}, {"currency": "EUR", "value": 5.5, "events": 1}]  # fmt: skip
    (answer,) = told["answers"]
    assert (answer["scale"], answer["score"], answer["feeling"], answer["text"]) == ("nps", 9, 1.6, "quick")
    assert told["consent"] is None
    how = {(one["kind"], one["id"], one["how"], one["other"], one["edge"]) for one in told["identities"]}
    assert how == {
        ("anonymous_id", "phone", "seen", None, None), ("user_id", "ann@example.com", "seen", None, None),
        ("anonymous_id", "phone", "sign_in", "ann@example.com", None),
        ("email", "Ann@Example.com", "seen_with", "ann@example.com", None),
        ("member", "M-7", "seen_with", "ann@example.com", None),
    }  # fmt: skip


def test_identities_are_those_of_the_console(app: InProcess, local: Client) -> None:
    served = app.home.named("shop")
    assert served is not None
    for name in ("ann@example.com", "bo", ODD):
        told = local.get(address(name)).json()["identities"]
        console = served.workspace.identity(name).table.to_pylist()
        assert [(one["kind"], one["id"], one["how"], one["other"], one["time"]) for one in told] == [
            (row["kind"], row["id"], row["how"], row["with"], row["time"].isoformat()) for row in console]  # fmt: skip


def test_everything_somebody_did_and_said(local: Client) -> None:
    told = local.get(address("ann@example.com", "/timeline?lang=zh")).json()
    assert (told["total"], told["next"]) == (6, None)
    assert [one["message_id"] for one in told["events"]] == ["m6", "m5", "m4", "m3", "m2", "m1"]
    rated, order, _, identify, second, first = told["events"]
    assert (rated["score"], rated["feeling"], rated["text"], rated["properties"]) == (9, 1.6, "quick", {"page": 3})
    assert (rated["shown"], rated["time"]) == ("2026-03-02 07:00:00", "2026-03-02T07:00:00+00:00")
    assert (order["shown"], order["time"], order["day"], order["time_basis"]) == (
        "2026-03-02",
        None,
        "2026-03-02",
        "day",
    )
    assert (order["value"], order["currency"], order["stage"]) == (5.5, "EUR", {"key": "buy", "name": "买"})
    assert (first["touchpoint"], first["stage"]["name"]) == ({"key": "page", "name": "商品页"}, "看")
    assert identify["touchpoint"] is None
    assert [one["starts_session"] for one in (first, second, identify)] == [True, False, True], "0.4 h, then 0.6 h"
    assert [(lane["channel"], lane["name"], lane["events"]) for lane in told["lanes"]] == [
        ("web", "网站", 3), ("", "（无）", 1), ("app", "App", 1), ("store", "门店", 1)]  # fmt: skip
    assert told["span"] == {"first": "2026-03-01T00:00:00+00:00", "last": "2026-03-02T07:00:00+00:00"}


def test_sessions_are_those_of_the_analysis(app: InProcess, local: Client) -> None:
    served = app.home.named("shop")
    assert served is not None
    for name in ("ann@example.com", ODD, "bo"):
        rows = served.workspace.sessions().explain(name).table.num_rows
        line = local.get(address(name, "/timeline")).json()["events"]
        assert sum(one["starts_session"] for one in line) == rows
        assert local.get(address(name)).json()["sessions"] == rows


def test_where_only_the_order_is_known_no_clock_shows(local: Client) -> None:
    told = local.get(address(ODD, "/timeline?order=oldest")).json()
    assert told["customer"] == ODD
    assert [(one["shown"], one["time"], one["day"], one["place"]) for one in told["events"]] == [
        ("—", None, None, 0), ("—", None, None, 1)]  # fmt: skip
    assert told["span"] == {"first": None, "last": None}


def test_a_time_line_is_read_in_pages(local: Client) -> None:
    for order, way, expected in (("newest", "before", [5, 4, 3, 2, 1, 0]), ("oldest", "after", [0, 1, 2, 3, 4, 5])):
        places: list[int] = []
        query = f"?order={order}&limit=4"
        while True:
            page = local.get(address("ann@example.com", "/timeline" + query)).json()
            places += [one["place"] for one in page["events"]]
            if page["next"] is None:
                break
            query = f"?{way}={page['next']}&limit=4"
        assert places == expected
    assert local.get(address("ann@example.com", "/timeline?before=0")).json()["events"] == []
    assert local.get(address("ann@example.com", "/timeline?after=77")).json()["events"] == []


def test_the_clock_is_the_workspaces(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event(1, "Seen", 20, user_id="ann")])
        config = ws.layout.config
    config.write_text(config.read_text().replace('"zone": "UTC"', '"zone": "Asia/Shanghai"'))
    with serving(tmp_path) as app:
        (only,) = app.local().get("/api/w/shop/customers/ann/timeline").json()["events"]
        assert (only["shown"], only["day"], only["time"]) == (
            "2026-03-02 04:00:00", "2026-03-02", "2026-03-01T20:00:00+00:00")  # fmt: skip


def test_a_ref_stands_for_a_customer_where_identifiers_are_hidden(app: InProcess, local: Client) -> None:
    viewer = app.person("viewer@example.com", shop=Role.viewer)
    everybody = find(viewer, limit=200)
    hidden = everybody["customers"][32]
    assert (hidden["id"], hidden["name"], hidden["email"]) == ("a•••@e•••.com", "A•••", "A•••@E•••.com")
    profile = viewer.get(address(hidden["ref"])).json()
    line = viewer.get(address(hidden["ref"], "/timeline")).json()
    whole = local.get(address("ann@example.com")).json()
    identify = next(one for one in line["events"] if one["event"] == "identify")
    assert identify["properties"] == {"first_name": "A•••", "last_name": "L•••", "email": "A•••@E•••.com", "age": 30}
    assert profile["events"] == whole["events"] == line["total"]
    assert local.get(address(hidden["ref"])).json() == whole
    for answer in (everybody, profile, line):
        for secret in ("ann@example.com", "Ann@Example.com", "Ann Lee", "phone", "M-7"):
            assert secret not in str(answer), secret
    assert ids(find(viewer, search="ann@example.com")) == ["a•••@e•••.com"], "who knows it whole may ask"
    assert (ids(find(viewer, search="ann")), find(viewer, search="same1")["matched"]) == ([], "none")


def test_nobody_of_another_workspace_answers(app: InProcess, local: Client) -> None:
    assert local.get("/api/w/hotel/customers/guest").status_code == 200
    for rest in ("", "/timeline"):
        answer = local.get(address("guest", rest))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_customer")
    assert ids(find(local, search="guest")) == []
    here, there = (local.get(f"/api/w/{name}/customers/bo/timeline").json() for name in ("shop", "hotel"))
    assert ([one["message_id"] for one in here["events"]], [one["message_id"] for one in there["events"]]) == (
        ["m200"], ["m2"])  # fmt: skip
    assert local.get(address("~999999")).status_code == 404
    assert local.get("/api/w/nowhere/customers/bo").status_code == 404


def test_an_empty_workspace_has_nobody(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        local = app.local()
        assert (find(local)["customers"], find(local)["total"], find(local, search="ann")["matched"]) == ([], 0, "none")
        assert local.get(address("ann")).json()["code"] == "unknown_customer"


def preferences(**given: bool) -> dict[str, Any]:
    return {"context": {"consent": {"categoryPreferences": given}}}


def test_consent_is_what_events_say(tmp_path: Path) -> None:
    """By hand: analytics agreed at hour 0 and ever after; ads agreed at 1, refused at 5; texts refused at 3."""
    says = {"type": "track", "userId": "ann", "context": {}, "event": "Seen"}
    updated = says | {"event": "Segment Consent Preference Updated"}
    site = {"library": {"name": "site"}}
    hours = [
        says | preferences(Analytics=True), updated | preferences(Analytics=True, Ads=True), says,
        says | {"type": "identify", "traits": {"sms_opt_out": True, "consented_age": 30}},
        says | {"context": {"consent": {"categoryPreferences": {"Ads": None}}}},
        updated | preferences(Analytics=True, Ads=False), says | {"userId": "bo", "event": "consent"},
    ]  # fmt: skip
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(
            [
                one | {"messageId": f"m{hour}", "timestamp": (START + timedelta(hours=hour)).isoformat()}
                | {"context": one["context"] | site}
                for hour, one in enumerate(hours)
            ],
            "segment",
        )  # fmt: skip
    with serving(tmp_path) as app:
        viewer = app.person("vi@example.com", shop=Role.viewer)
        ref = app.local().get(address("ann")).json()["ref"]
        told = viewer.get(address(ref)).json()["consent"]
        assert [(one["category"], one["given"], one["place"], one["changes"]) for one in told] == [
            ("Ads", False, 5, 2), ("sms_opt_out", False, 3, 1), ("Analytics", True, 0, 1),
        ]  # fmt: skip
        assert told[0]["since"] == "2026-03-01T05:00:00+00:00"
        assert (told[0]["event"], told[0]["field"]) == ("Segment Consent Preference Updated", "context.consent")
        assert (told[1]["event"], told[1]["field"]) == ("identify", "traits.sms_opt_out")
        line = viewer.get(address(ref, "/timeline?order=oldest")).json()["events"]
        marks = [[(choice["category"], choice["given"]) for choice in one["consent"]] for one in line]
        assert marks == [[("Analytics", True)], [("Ads", True)], [], [("sms_opt_out", False)], [], [("Ads", False)]]
        assert app.local().get(address("bo")).json()["consent"] is None, "an event's name says nothing"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[InProcess]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([
            event(1, "Seen", 0, user_id="ann"), event(2, "Seen", 1, user_id="ann-2"), event(3, "Seen", 2, user_id="bo"),
        ])  # fmt: skip
    with serving(tmp_path) as app:
        yield app


def test_joined_and_parted_again(two: InProcess) -> None:
    editor = two.person("ed@example.com", shop=Role.editor)
    both = {"left": {"id": "ann"}, "right": {"id": "ann-2"}}
    assert editor.post("/api/w/shop/identity/join/preview", json=both).json()["totals"]["joined"] == 1
    assert find(editor)["total"] == 3, "nothing is stored"
    assert editor.post("/api/w/shop/identity/join", json=both).json()["edges"] == [1]
    assert find(editor)["total"] == 2
    told = editor.get(address("ann-2")).json()
    assert (told["id"], told["events"]) == ("ann", 2)
    (joined,) = [one for one in told["identities"] if one["how"] == "join"]
    assert (joined["id"], joined["other"], joined["edge"], joined["retracted"]) == ("ann-2", "ann", 1, None)
    assert joined["time"] and joined["text"]
    assert editor.post("/api/w/shop/identity/unjoin", json={"edges": [1]}).json()["totals"]["split"] == 1
    assert find(editor)["total"] == 3
    (after,) = [one for one in editor.get(address("ann")).json()["identities"] if one["how"] == "join"]
    assert after["retracted"] is not None


def test_who_was_forgotten_is_gone_for_good(two: InProcess) -> None:
    local = two.local()
    ref = local.get(address("bo")).json()["ref"]
    served = two.home.named("shop")
    assert served is not None
    assert ids(find(local, search="bo")) == ["bo"]
    served.workspace.forget("bo")
    for rest in ("", "/timeline"):
        gone = local.get(address("bo", rest))
        assert (gone.status_code, gone.json()["code"]) == (404, "customer_erased")
        assert local.get(address(ref, rest)).status_code == 404
    assert (ids(find(local, search="bo")), find(local)["total"]) == ([], 2)
