"""What people read says names; what machines read keeps keys: over HTTP, of events, channels and segments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from service.inprocess import Client, serving

MODEL = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "touchpoints": [
        {"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "Viewed"},
        {"id": "till", "name": {"zh": "收银台", "en": "Till"}, "events": "Pay *"},
    ],
    "stages": [{"key": "look", "name": {"zh": "看", "en": "Look"}, "entry": "Viewed"}],
    "channels": [{"key": "Pop up", "name": {"zh": "快闪店", "en": "Pop-up store"}, "online": False}],
}  # fmt: skip
STEPS = {"steps": ["Viewed", "Pay Begun", "Thanked", {"event": "Pay Done", "name": "Viewed"}]}
TITLES = ["商品页", "收银台（Pay Begun）", "Thanked", "Viewed"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    home = tmp_path_factory.mktemp("home")
    make(home, MODEL)
    with serving(home) as app:
        yield app.local()


def make(home: Path, model: dict[str, Any] | None) -> None:
    with lvtu.open(home / "shop") as ws:
        for at, name in enumerate(["Viewed", "Pay Begun", "Thanked", "Pay Done"]):
            ws.append(
                {"user_id": f"c{n}", "event": name, "time": f"2026-03-0{at + 1}", "channel": ["Pop up", "store"][n % 2]}
                for n in range(6 - at)
            )
        if model is not None:
            ws.save_model(model)


def asked(client: Client, name: str, spec: dict[str, Any], **params: str) -> dict[str, Any]:
    answer = client.post(f"/api/w/shop/analyses/{name}", json=spec, params={"lang": "zh", **params})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_funnels_steps_are_called_alike_in_sentence_table_and_chart(client: Client) -> None:
    told = asked(client, "funnel", STEPS)
    assert told["sentence"] == "有过“商品页”的客户中，有多少走到“收银台（Pay Begun）”，再到“Thanked”，再到“Viewed”？"
    assert [row["name"] for row in told["shown"]] == TITLES
    assert told["chart"]["yAxis"][0]["data"] == TITLES
    assert told["chart"]["title"]["text"].endswith("从“商品页”走到“Viewed”")
    assert [row["name"] for row in told["table"]] == ["Viewed", "Pay Begun", "Thanked", "Viewed"], "numbers keep keys"
    times = asked(client, "funnel", STEPS, part="times")
    assert [row["name"] for row in times["shown"]] == TITLES[1:]
    assert [line["name"] for line in times["chart"]["series"]][::3] == TITLES[1:]


def test_why_a_customer_is_there_is_said_with_the_same_names(client: Client) -> None:
    def because(name: str, spec: dict[str, Any]) -> list[str]:
        asked = {"spec": spec, "customer": "c5"}
        told = client.post(f"/api/w/shop/analyses/{name}/explain?lang=zh", json=asked).json()["text"]
        return [line.strip() for line in told.splitlines()]

    assert because("funnel", STEPS)[1:3] == [
        "1. 商品页：完成于 2026-03-01 00:00:00（商品页）", "2. 收银台（Pay Begun）：没有相应的事件",
    ]  # fmt: skip
    assert because("stages", {})[1] == "看：因商品页进入，时间 2026-03-01 00:00:00"
    pairs = [{"source": "Viewed", "target": "Thanked", "within": "1d"}]
    assert because("handoffs", {"pairs": pairs})[1].startswith("1. 2026-03-01 00:00:00 的“商品页”")
    assert "门店 · 商品页" in "\n".join(because("attribution", {"goal": "Pay Done"}))
    assert because("channels", {"goal": "Pay Done"})[1].startswith("从门店开始")
    assert "成立：做过“商品页”；1 个事件" in because("segment", {"condition": "did Viewed"})


def test_exports_keep_what_was_sent(client: Client) -> None:
    for kind in ("csv", "json", "python"):
        file = client.post(f"/api/w/shop/analyses/funnel/export?format={kind}&lang=zh", json=STEPS).text
        assert "Pay Begun" in file and "收银台" not in file


@pytest.mark.parametrize(
    ("name", "spec", "said"),
    [
        ("graph", {}, "商品页"),
        ("flow", {"start": "Viewed"}, "商品页"),
        ("step_matrix", {"start": "Viewed"}, "商品页"),
        ("variants", {}, "商品页"),
        ("clusters", {"clusters": 2}, "商品页"),
        ("retention", {"start": "Viewed", "back": "Pay Done"}, "收银台（Pay Done）"),
        ("trend", {"event": "Viewed"}, "商品页"),
        ("lifecycle", {"event": "Viewed"}, "商品页"),
        ("timing", {"start": "Viewed", "end": "Thanked"}, "商品页"),
        ("handoffs", {"pairs": [{"source": "Viewed", "target": "Thanked", "within": "7d"}]}, "商品页"),
        ("conformance", {"order": ["Viewed", "Thanked"]}, "商品页"),
        ("attribution", {"goal": "Pay Done"}, "收银台（Pay Done）"),
        ("channels", {"goal": "Pay Done"}, "快闪店"),
        ("first_touch", {"by": "channel"}, "门店"),
        ("sessions", {"by": "channel"}, "快闪店"),
        ("rfm", {"event": "Viewed"}, "商品页"),
        ("timeline", {"customer": "c0"}, "快闪店"),
        ("overlap", {"segments": ["did Viewed", "lifecycle:new"]}, "做过“商品页”"),
        ("segment", {"condition": "did Viewed"}, "做过“商品页”"),
    ],
)  # fmt: skip
def test_no_picture_says_a_key_that_has_a_name(client: Client, name: str, spec: dict[str, Any], said: str) -> None:
    told = asked(client, name, spec)
    pictured = json.dumps(list(texts(told["chart"])), ensure_ascii=False)
    assert said in pictured
    read = pictured + told["sentence"] + json.dumps(told["shown"], ensure_ascii=False)
    for key in ("Viewed", "Pop up", '"store"', "lifecycle:new"):
        assert key not in read, read
    assert "Pay Done" not in read.replace("收银台（Pay Done）", ""), read


def texts(option: Any) -> Iterator[str]:
    """What an option says: not what it opens, nor the ids of nodes."""
    if isinstance(option, dict):
        node = "depth" in option or "curveness" in option.get("lineStyle", {})
        for name, value in option.items():
            if name != "cell" and not (node and name in ("name", "source", "target")):
                yield from texts(value)
    elif isinstance(option, list):
        for value in option:
            yield from texts(value)
    elif isinstance(option, str):
        yield option


def test_conditions_are_said_with_names(client: Client) -> None:
    parse = {"condition": "channel = 'Pop up' and did (Viewed or Thanked)"}
    assert (
        client.post("/api/w/shop/parse?lang=zh", json=parse).json()["said"] == "渠道是“快闪店”且做过“商品页”或“Thanked”"
    )
    seen = client.post("/api/w/shop/segments/preview?lang=en", json={"condition": "did Viewed"}).json()
    assert (seen["said"], seen["condition"]) == ("did “Product page”", "did Viewed")


def test_without_a_model_events_have_no_names_and_channels_those_that_everybody_knows(tmp_path: Path) -> None:
    make(tmp_path, None)
    with serving(tmp_path) as app:
        client = app.local()
        told = asked(client, "funnel", {**STEPS, "by": "channel"})
        assert {row["name"] for row in told["shown"]} == {"Viewed", "Pay Begun", "Thanked"}
        assert told["chart"]["legend"]["data"] == ["Pop up", "门店"]
        values = client.get("/api/w/shop/fields/channel/values?lang=zh").json()
        assert {one["value"]: one["title"] for one in values} == {"Pop up": "Pop up", "store": "门店"}
