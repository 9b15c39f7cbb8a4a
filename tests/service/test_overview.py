"""Workspaces and their overviews over HTTP; what the numbers are is held in tests/contract/test_overview.py."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from lvtu.core.units import DAY, HOUR, instant
from lvtu.service import recent
from lvtu.service.jobs import Jobs
from lvtu.service.overview import service
from lvtu.service.overview.attention import lateness
from service.inprocess import InProcess, serving
from service.running import basic, new_key, track

START = datetime(2026, 1, 5, tzinfo=UTC)
MODEL = {
    "key": "shop", "title": {"zh": "网店", "en": "Web shop"},
    "stages": [
        {"key": "see", "name": {"zh": "看", "en": "See"}, "entry": "Seen"},
        {"key": "buy", "name": {"zh": "买", "en": "Buy"}, "entry": "Order Completed"},
    ],
}  # fmt: skip


def event(number: int, who: str, name: str, day: float, **more: Any) -> dict[str, Any]:
    time = (START + timedelta(days=day)).isoformat()
    return {"message_id": f"m{number}-{who}", "user_id": who, "event": name, "time": time, "source": "site", **more}


def bought_less() -> list[dict[str, Any]]:
    """100 customers in each of two periods of 28 days; 80 buy in the first and 20 in the second. 61 days in all."""
    found = [event(0, "first", "Hello", 0), event(1, "last", "Hello", 60.5)]
    for k in range(200):
        late, who = k // 100, f"c{k}"
        day = 4 + 28 * late + (k % 24)
        found.append(event(2, who, "Seen", day))
        if k % 100 < (20 if late else 80):
            found.append(event(3, who, "Order Completed", day + 1, value=10.0, currency="CNY"))
        if not late:
            found.append(event(4, who, "Logged", day, source="old till"))
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(bought_less())
        ws.ingest([{"user_id": "x", "event": "Bad", "time": "never"}])
        ws.save_model(MODEL, default=True)
    with lvtu.open(home / "hotel") as ws:
        ws.ingest([event(0, "guest", "Order Completed", 1), event(1, "guest", "Product Viewed", 0.5)])
    lvtu.open(home / "empty").close()
    with serving(home) as app:
        yield app


def codes(answer: dict[str, Any]) -> list[str]:
    return [matter["code"] for matter in answer["attention"]]


def test_a_yearly_survey_is_compared_with_the_one_before(tmp_path: Path) -> None:
    rows = [
        {"user_id": f"{year}-{k}", "event": "Asked", "time": f"{year}-05-05T00:00:00Z"}
        for year, customers in ((2024, 3), (2025, 40), (2026, 30))
        for k in range(customers)
    ]
    with lvtu.open(tmp_path / "survey") as ws:
        ws.ingest(rows)
    with serving(tmp_path) as app:
        told = app.local().get("/api/w/survey/overview?lang=en").json()
    assert told["period"]["kind"] == "waves"
    assert (
        told["period"]["text"]
        == "The data come in waves: the last, 2026-05-05, compared with the one before, 2025-05-05"
    )
    customers = told["headline"][0]
    assert (customers["value"], customers["change"]["before"]) == (30, 40)


def test_the_workspaces_of_whoever_asks(app: InProcess) -> None:
    local = app.local()
    assert [(one["name"], one["role"]) for one in local.get("/api/workspaces").json()] == [
        ("empty", "owner"), ("hotel", "owner"), ("shop", "owner")]  # fmt: skip
    ann = app.person("ann@example.com", hotel=Role.viewer)
    hotel = {"name": "hotel", "title": "hotel", "titles": {"zh": "hotel", "en": "hotel"}, "role": "viewer"}
    listed = ann.get("/api/workspaces").json()
    assert [{name: one[name] for name in hotel} for one in listed] == [hotel]
    assert (listed[0]["example"], listed[0]["made"][:2]) == (False, "20")
    assert ann.get("/api/w/hotel").json()["role"] == "viewer"
    assert [ann.get(f"/api/w/{name}").status_code for name in ("shop", "nowhere")] == [404, 404]
    assert ann.get("/api/w/shop/overview").status_code == 404
    assert app.client().get("/api/workspaces").status_code == 401


def test_about_a_workspace(app: InProcess) -> None:
    local = app.local()
    told = local.get("/api/w/shop").json()
    assert (told["events"], told["customers"], told["default_model"]) == (402, 202, "shop")
    assert (told["first"], told["last"]) == ("2026-01-05T00:00:00+00:00", "2026-03-06T12:00:00+00:00")
    assert told["received"] is not None
    assert told["token"] == local.get("/api/w/shop/overview").json()["token"]
    empty = local.get("/api/w/empty").json()
    assert [empty[name] for name in ("events", "customers", "first", "last", "received", "default_model")] == [
        0, 0, None, None, None, None]  # fmt: skip


def test_what_changed_and_what_needs_an_eye(app: InProcess) -> None:
    told = app.local().get("/api/w/shop/overview?lang=en").json()
    assert told["state"] == "ok"
    assert told["period"]["kind"] == "usual"
    assert told["period"]["text"].startswith("The last 28 full days of the data, 2026-02-06 to 2026-03-05")
    see, buy = told["stages"]
    assert (see["reached"]["value"], buy["reached"]["value"], see["conversion"]) == (100, 20, None)
    change = buy["conversion"]["change"]
    assert (round(change["difference"], 3), change["changed"], change["direction"], change["worse"]) == (
        -0.6, True, "down", True)  # fmt: skip
    assert change["text"].startswith("−60.0 pp since the period before, when it was 80.0% (95% interval −")
    assert see["dwell"]["shown"] == "1d"
    assert see["feelings"] == []
    assert told["compared"] >= told["changed"] >= 1
    orders = next(one for one in told["headline"] if one["code"] == "orders")
    assert (orders["value"], orders["change"]["before"]) == (20, 80)
    money = next(one for one in told["headline"] if one["code"] == "value")
    assert money["shown"] == "200.00 CNY"
    assert {"fell_conversion", "fell_orders", "fell_value", "silent_source", "quarantine"} <= set(codes(told))
    silent = next(one for one in told["attention"] if one["code"] == "silent_source")
    assert silent["target"] == {"page": "data", "params": {"tab": "sources", "source": "old till"}}
    fallen = next(one for one in told["attention"] if one["code"] == "fell_conversion")
    assert fallen["text"] == "Buy: Conversion fell from 80.0% to 20.0%"
    assert fallen["target"]["params"]["spec"]["analysis"] == "stages"


def test_its_strip_is_the_answer_to_its_spec(app: InProcess) -> None:
    told = app.local().get("/api/w/shop/overview").json()
    served = app.home.named("shop")
    assert served is not None
    answer = served.workspace.run(told["spec"])
    assert answer.table["customers"].to_pylist() == [stage["reached"]["value"] for stage in told["stages"]]
    assert answer.table["median_dwell"].to_pylist() == [stage["dwell"]["value"] for stage in told["stages"]]


def test_it_speaks_both_languages(app: InProcess) -> None:
    local = app.local()
    zh = local.get("/api/w/shop/overview", headers={"Accept-Language": "zh-CN,en;q=0.5"}).json()
    assert [stage["name"] for stage in zh["stages"]] == ["看", "买"]
    assert zh["model"]["title"] == "网店"
    assert "“买”阶段：转化率从 80.0% 降到 20.0%" in [matter["text"] for matter in zh["attention"]]
    en = local.get("/api/w/shop/overview?lang=en").json()

    def numbers(of: Any) -> Any:
        if isinstance(of, dict):
            texts = ("text", "title", "name", "shown", "shown_p90", "interval")
            return {name: numbers(value) for name, value in of.items() if name not in texts}
        return [numbers(one) for one in of] if isinstance(of, list) and of and not isinstance(of[0], str) else of

    assert numbers({**zh, "notes": []}) == numbers({**en, "notes": []})
    assert not any("a" <= letter.lower() <= "z" for note in zh["notes"] for letter in note)


def test_another_period_segment_and_model(app: InProcess) -> None:
    local = app.local()
    told = local.get("/api/w/shop/overview?since=2026-01-09&until=2026-02-06").json()
    assert [stage["reached"]["value"] for stage in told["stages"]] == [100, 80]
    assert (told["period"]["kind"], told["period"]["before"]) == ("asked", None)
    assert all(figure["change"] is None for figure in told["headline"])
    told = local.get("/api/w/shop/overview", params={"segment": "did 'Order Completed'"}).json()
    assert [stage["reached"]["value"] for stage in told["stages"]] == [20, 20]
    told = local.get("/api/w/shop/overview?model=ecommerce-order").json()
    assert told["model"]["key"] == "ecommerce-order"
    for query, code in (
        ("model=nonsense", "unknown_model"), ("segment=nobody", "unknown_segment"), ("since=tomorrow", "no_time"),
        ("since=2026-02-02&until=2026-02-01", "empty_period"), ("segment=did%20(", "bad_expression"),
    ):  # fmt: skip
        answer = local.get(f"/api/w/shop/overview?{query}")
        assert answer.status_code == 400, query
        assert answer.json()["code"] == code or code == "bad_expression"


def test_without_a_model_the_next_step_is_told(app: InProcess) -> None:
    told = app.local().get("/api/w/hotel/overview").json()
    assert (told["state"], told["model"], told["stages"], told["spec"]) == ("no_model", None, [], None)
    assert told["period"]["kind"] == "all"
    assert [(one["code"], one["value"]) for one in told["headline"]] == [("customers", 1), ("events", 2), ("orders", 1)]
    assert told["next"]["code"] == "choose_model"
    assert told["next"]["target"]["params"]["preset"]
    none = app.local().get("/api/w/empty/overview").json()
    assert (none["state"], none["period"], none["next"]["code"], none["headline"]) == ("empty", None, "bring_data", [])
    assert none["next"]["target"]["page"] == "start"


def test_a_model_that_fits_nothing_says_so(app: InProcess) -> None:
    served = app.home.named("hotel")
    assert served is not None
    served.workspace.save_model({"key": "odd", "title": "Odd", "stages": [{"key": "a", "name": "A", "entry": "Zzz"}]})
    told = app.local().get("/api/w/hotel/overview?model=odd").json()
    assert told["state"] == "unfit"
    assert told["stages"][0]["reached"]["shown"] == "—"
    assert told["next"]["code"] == "choose_model"


def test_what_comes_later_and_a_new_model_are_seen_at_once(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event(k, f"c{k}", "Seen", k / 2) for k in range(10)])
    with serving(tmp_path) as app:
        local, served = app.local(), app.home.named("shop")
        assert served is not None

        def events() -> Any:
            period = "since=2026-01-01&until=2026-02-01"
            return local.get(f"/api/w/shop/overview?{period}").json()["headline"][1]["value"]

        assert [events(), events()] == [10, 10]
        served.workspace.append([event(99, "late", "Seen", 3)])
        assert events() == 11
        assert local.get("/api/w/shop/overview").json()["state"] == "no_model"
        served.workspace.save_model(MODEL)
        assert local.get("/api/w/shop/overview").json()["state"] == "ok"


def test_those_who_ask_the_same_at_once_share_the_work(app: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []
    real = service.facts

    def slow(*given: Any) -> Any:
        worked.append(1)
        threading.Event().wait(0.05)
        return real(*given)

    monkeypatch.setattr(service, "facts", slow)
    served = app.home.named("shop")
    assert served is not None
    asked, told = service.Asked(since=instant("2026-02-01")), []
    threads = [threading.Thread(target=lambda: told.append(served.overviews.ask(asked, "en"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(worked) == 1
    assert len({json.loads(one)["token"] for one in told}) == 1 and len(told) == 20


def test_contracts_that_are_broken_are_told(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        total = {"properties": {"total": {"type": "number"}}, "required": ["total"]}
        ws.contracts.save({"event": "Paid", "mode": "warn", **total})
    key = new_key(tmp_path / "shop")
    with serving(tmp_path) as app:
        sent = [track(1, event="Paid"), track(2, event="Paid"), track(3, event="Paid", properties={"total": 3})]
        taken = app.client().post("/v1/batch", json={"batch": sent}, headers=basic(key))
        assert taken.status_code == 200
        told = app.local().get("/api/w/shop/overview?lang=en").json()
        (broken,) = [one for one in told["attention"] if one["code"] == "contract_broken"]
        assert broken["text"] == "“Paid” broke its contract 2 times"
        assert broken["target"]["params"] == {"tab": "contracts", "event": "Paid"}


def test_data_that_are_late_are_told() -> None:
    now = 1000 * DAY
    hourly = [now - 100 * HOUR - k * HOUR for k in range(10)]
    assert lateness(hourly, now) == (100 * HOUR, HOUR)
    assert lateness(hourly, hourly[0] + 5 * HOUR) is None, "less than a day"
    assert lateness(hourly[:4], now) is None, "who came so seldom says nothing"
    weekly = [now - 10 * DAY - 7 * k * DAY for k in range(10)]
    assert lateness(weekly, now) is None, "two weeks of silence are usual"


def test_a_workspace_is_made(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        local = app.local()
        made = local.post("/api/workspaces", json={"name": "new.shop-1", "title": "新店"})
        assert made.status_code == 201
        assert (made.json()["title"], made.json()["events"], made.json()["role"]) == ("新店", 0, "owner")
        assert "新店" in [one["title"] for one in local.get("/api/session").json()["workspaces"]]
        for name, code in (("new.shop-1", "workspace_there"), ("../x", "workspace_name"), (".x", "workspace_name"),
                           ("a/b", "workspace_name")):  # fmt: skip
            refused = local.post("/api/workspaces", json={"name": name})
            assert (refused.status_code, refused.json()["code"]) == (400, code), name
        ann, bo = app.person("ann@example.com", shop=Role.owner), app.person("bo@example.com", shop=Role.admin)
        assert ann.post("/api/workspaces", json={"name": "anns"}).status_code == 201
        assert ann.get("/api/w/anns").json()["role"] == "owner"
        assert bo.get("/api/w/anns").status_code == 404
        refused = bo.post("/api/workspaces", json={"name": "bos"})
        assert (refused.status_code, refused.json()["code"]) == (403, "owners_make_workspaces")
    with serving(tmp_path / "shop") as app:
        refused = app.local().post("/api/workspaces", json={"name": "inner"})
        assert refused.json()["code"] == "home_is_workspace"
    assert not (tmp_path / "bos").exists()


def test_a_large_workspace_is_counted_beside_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks gets the last figures until they are old; newer ones come without anybody waiting for them."""
    monkeypatch.setattr(recent, "FRESH", 1e9)
    monkeypatch.setattr(recent, "OLDEST", 1e9)
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"event": "Paid", "user_id": name, "time": "2026-01-05"} for name in ("ann", "bob")])
        ws.build()
        jobs, asked = Jobs(), service.Asked()
        overviews = service.Overviews(ws, jobs, large=1)
        every = service.Overviews(ws, jobs, large=3)

        def events(of: service.Overviews) -> tuple[float | None, str]:
            counted = of.count(asked)
            assert counted.facts is not None
            return counted.facts.headline[1].value, counted.token

        first = events(overviews)
        assert first == (2, ws.snapshot().token) == events(every)
        ws.append([{"event": "Paid", "user_id": "cem", "time": "2026-01-05"}])
        newest = (3, ws.snapshot().token)
        assert events(overviews) == first  # not old yet
        assert events(every) == newest  # not large
        monkeypatch.setattr(recent, "FRESH", -1.0)
        assert events(overviews) == first  # old, and counted anew beside this
        jobs.close()
        monkeypatch.setattr(recent, "FRESH", 1e9)
        assert events(overviews) == newest
        ws.append([{"event": "Paid", "user_id": "dan", "time": "2026-01-05"}])
        assert events(overviews) == newest
        monkeypatch.setattr(recent, "OLDEST", -1.0)
        assert events(overviews) == (4, ws.snapshot().token)  # too old: waited for


def test_what_was_counted_before_an_erasure_is_told_no_more(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"event": "Paid", "user_id": name, "time": "2026-01-05"} for name in ("ann", "bob")])
        ws.build()
        overviews = service.Overviews(ws, Jobs(), large=1)
        before = overviews.count(service.Asked())
        ws.forget("ann")
        after = overviews.count(service.Asked())
        assert before.facts is not None and after.facts is not None
        assert [found.headline[0].value for found in (before.facts, after.facts)] == [2, 1]
