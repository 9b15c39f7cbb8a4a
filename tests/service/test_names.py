"""Names over HTTP against plain counts of the events that were sent in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import lvtu
from contract.cases import ugly
from contract.questions import MODEL
from lvtu.service.names.ranking import ranked
from naive.journeys import Event
from service.asking import Asker, asking

EVENTS = list({event.message_id: event for event in ugly(11, 40)}.values())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest([event.record() for event in EVENTS])
        ws.append([{"user_id": "zoe", "event": "Order Paid", "time": "2026-02-01T00:00:00Z", "channel": "store",
                    "email": "zoe@example.com", "gift": True, "size": 4, "value": 9}])  # fmt: skip
        ws.save_model(MODEL)
        ws.save_segment("VIP", "did B", title={"zh": "贵宾", "en": "Best"})
    with asking(home, "shop") as asker:
        yield asker


def tally(values: Any) -> dict[Any, int]:
    return dict(Counter(values))


def test_events_with_their_numbers(shop: Asker) -> None:
    found = shop.get("/events")
    assert {one["name"]: one["events"] for one in found} == tally(e.event for e in EVENTS) | {"Order Paid": 1}
    assert [one["events"] for one in found] == sorted((one["events"] for one in found), reverse=True)
    assert [one["name"] for one in shop.get("/events", search="paid")] == ["Order Paid"]
    assert [one["name"] for one in shop.get("/events", search="ordr piad")] == ["Order Paid"]
    assert len(shop.get("/events", limit=2)) == 2


def test_events_by_what_the_model_calls_them(shop: Asker) -> None:
    titles = {one["name"]: one["title"] for one in shop.get("/events", lang="zh")}
    assert titles["A"] == "商品页" and titles["B"] is None, "a stage is no name of an event"
    assert [one["name"] for one in shop.get("/events", search="商品", lang="zh")] == ["A"]
    assert shop.get("/events", search="product pa", lang="en")[0]["name"] == "A"


def test_fields_say_what_they_hold(shop: Asker) -> None:
    found = {one["name"]: one for one in shop.get("/fields", lang="zh")}
    assert (found["channel"]["of"], found["channel"]["title"], found["channel"]["splits"]) == ("record", "渠道", True)
    assert (found["plan"]["of"], found["plan"]["kind"]) == ("property", "text")
    kinds = {name: found[name]["kind"] for name in ("gift", "size", "email", "value", "time")}
    assert kinds == {"gift": "boolean", "size": "number", "email": "text", "value": "number", "time": "time"}
    assert found["stage"]["of"] == "model" and found["email"]["identifying"] and not found["plan"]["identifying"]
    assert not found["time"]["splits"]


def test_values_by_how_often_they_are_there(shop: Asker) -> None:
    plans = tally(event.get("plan") for event in EVENTS)
    found = shop.get("/fields/plan/values")
    assert {one["value"]: one["events"] for one in found} == plans | {None: plans[None] + 1}
    assert [one["value"] for one in shop.get("/fields/channel/values", search="sto")] == ["store"]
    stages = {one["value"]: one["title"] for one in shop.get("/fields/stage/values", lang="zh")}
    assert stages["look"] == "浏览"
    assert shop.get("/fields/value/values") == []
    missing = shop.http.get(f"{shop.base}/fields/nothing/values")
    assert missing.status_code == 400 and missing.json()["code"] == "unknown_property"


def test_kept_names(shop: Asker) -> None:
    segments = {one["name"]: one for one in shop.get("/segments", lang="zh")}
    assert segments["VIP"]["title"] == "贵宾" and segments["VIP"]["description"] == "做过“B”"
    assert segments["lifecycle:new"]["version"] is None
    assert {one["name"] for one in shop.get("/metrics")} >= {"conversion", "repurchase"}
    [model] = shop.get("/models")
    assert model["name"] == "shop" and model["default"] and model["title"] == "Shopping"


def own(condition: Any) -> tuple[int, int]:
    """Customers and events, counted by hand."""
    found: list[Event] = [event for event in EVENTS if condition(event)]
    return len({event.customer for event in found}), len(found)


def test_counts_as_one_types(shop: Asker) -> None:
    def count(**whom: Any) -> tuple[int, int]:
        told = shop.post("/count", whom)
        return told["customers"], told["events"]

    assert count() == (len({e.customer for e in EVENTS}) + 1, len(EVENTS) + 1)
    assert count(where="event = 'B'") == own(lambda e: e.event == "B")
    bs = {e.customer for e in EVENTS if e.event == "B"}
    assert count(segment="VIP") == own(lambda e: e.customer in bs)
    assert count(segment="did B", where="event = 'A'") == own(lambda e: e.customer in bs and e.event == "A")
    assert count(since="2026-02-01") == (1, 1)
    assert shop.refused("/count", {"segment": "VIPs"})["code"] == "unknown_segment"
    assert shop.refused("/count", {"where": 5}, 422)["code"] == "bad_form"


def test_a_condition_is_read_as_it_is_typed(shop: Asker) -> None:
    fine = shop.post("/parse", {"condition": "channel=“web” AND value>5"}, lang="zh")
    assert fine["ok"] and fine["condition"] == "channel = 'web' and value > 5" and "渠道" in fine["said"]
    assert not fine["of_customers"] and shop.post("/parse", {"condition": "did A"})["of_customers"]
    wrong = shop.post("/parse", {"condition": "channel = "}, lang="zh")
    assert not wrong["ok"] and wrong["start"] == 10 and "此处" in wrong["problem"]["what"]
    near = shop.post("/parse", {"condition": "value > 'x'"})
    assert not near["ok"] and near["problem"]["code"]


def test_what_begins_so_comes_first() -> None:
    names = [("Order Paid", 3), ("Card Order", 9), ("Reorder", 7), ("View", 5)]
    assert [name for name, _ in ranked(names, "ord")] == ["Order Paid", "Card Order", "Reorder"]
    assert ranked(names, "veiw") == [("View", 5)]
    assert ranked(names, "zzzz") == []
    assert ranked(names, "  ") == names
