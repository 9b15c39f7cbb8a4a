"""Journey models and segments over HTTP: looked at, tried, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

SHOP = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "touchpoints": [{"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "Viewed"}],
    "stages": [
        {"key": "look", "name": {"zh": "看", "en": "Look"},
         "entry": {"touchpoints": "page", "channel": ["web", "app"]}},
        {"key": "buy", "name": {"zh": "买", "en": "Buy"},
         "entry": [{"events": "Paid", "where": "value > 10"}, "Order *"]},
    ],
}  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[InProcess]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append(
            [{"user_id": f"c{n}", "event": "Viewed", "time": "2026-03-01", "channel": "web"} for n in range(5)]
            + [{"user_id": f"c{n}", "event": "Paid", "time": "2026-03-02", "value": 5.0 * n} for n in range(4)]
        )
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def client(app: InProcess) -> Client:
    return app.local()


def put(client: Client, key: str, **body: Any) -> Any:
    return client.put(f"/api/w/shop/models/{key}", json=body)


def test_a_model_is_tried_and_saved(client: Client) -> None:
    saved = put(client, "shop", document=SHOP).json()
    assert (saved["version"], saved["versions"], saved["default"], saved["preset"]) == (1, [1], True, False)
    look, buy = saved["stages"]
    assert look["name"] == {"zh": "看", "en": "Look"}
    assert look["entry"] == [
        {"zh": "接触点“商品页”，且渠道“网站”或“App”", "en": "touchpoint Product page, and channel Website or App"}
    ]
    assert [rule["en"].partition(",")[0] for rule in buy["entry"]] == ["event Paid", "event Order *"]
    assert yaml.safe_load(saved["yaml"])["key"] == "shop"
    assert saved["document"]["stages"][0]["key"] == "look"

    cheaper = saved["yaml"].replace("value > 10", "value > 0")
    answer = client.post("/api/w/shop/models/shop/preview", json={"yaml": cheaper}, params={"lang": "zh"})
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    rows = {row["stage"]: (row["before"], row["after"], row["gained"], row["lost"]) for row in seen["answer"]["table"]}
    assert rows == {"look": (5, 5, 0, 0), "buy": (1, 3, 2, 0)}  # c3 paid 15; c1 and c2 paid 5 and 10
    moved = {(one["before"], one["after"]): one["customers"] for one in seen["moves"]}
    assert moved[("look", "buy")] == 2 and sum(moved.values()) == 5
    assert (seen["against"], seen["answer"]["chart"]["series"][0]["type"]) == ("shop", "bar")
    assert client.get("/api/w/shop/models/shop").json()["versions"] == [1], "nothing was saved"

    assert put(client, "shop", yaml=cheaper).json()["versions"] == [1, 2]
    assert client.get("/api/w/shop/models/shop@1").json()["document"] == saved["document"]
    against = client.post("/api/w/shop/models/shop/preview", json={"yaml": cheaper, "against": "shop@1"}).json()
    assert {row["stage"]: row["gained"] for row in against["answer"]["table"]} == {"look": 0, "buy": 2}


def test_a_new_model_is_compared_with_the_default_one(client: Client) -> None:
    put(client, "shop", document=SHOP)
    other = SHOP | {"key": "other"}
    seen = client.post("/api/w/shop/models/other/preview", json={"document": other}).json()
    assert (seen["against"], {row["gained"] for row in seen["answer"]["table"]}) == ("shop", {0})
    assert put(client, "other", document=other, default=True).json()["default"] is True
    assert client.get("/api/w/shop/models/shop").json()["default"] is False


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "model_body"), ({"document": SHOP, "yaml": "key: shop"}, "model_body"), ({"document": {}}, None),
        ({"document": SHOP | {"key": "x"}}, "model_key_differs"), ({"yaml": "key: [shop"}, "not_yaml"),
        ({"yaml": "/etc/passwd"}, None), ({"yaml": "- a"}, None), ({"document": SHOP | {"stgaes": []}}, None),
    ],
)  # fmt: skip
def test_what_is_no_model_is_refused(client: Client, body: dict[str, Any], code: str | None) -> None:
    for answer in (put(client, "shop", **body), client.post("/api/w/shop/models/shop/preview", json=body)):
        assert answer.status_code == 400, answer.text
        assert code is None or answer.json()["code"] == code
        assert "root:" not in answer.text


def test_presets_and_channels(client: Client) -> None:
    presets = client.get("/api/w/shop/model-presets").json()
    assert {"five-stage", "aida"} <= {one["key"] for one in presets}
    assert all(one["stages"] and one["title"]["zh"] for one in presets)
    one = client.get("/api/w/shop/models/five-stage").json()
    assert (one["preset"], one["version"], one["versions"]) == (True, None, [])
    channels = {one["key"]: one for one in client.get("/api/w/shop/channels").json()}
    assert (channels["store"]["online"], channels["store"]["name"]["zh"]) == (False, "门店")
    kiosk = {"key": "tram", "name": {"zh": "电车", "en": "Tram"}, "online": False}
    put(client, "shop", document=SHOP | {"channels": [kiosk]})
    assert "tram" in {one["key"] for one in client.get("/api/w/shop/channels").json()}
    assert client.get("/api/w/shop/models/nothing").status_code == 404


def test_a_segment_is_counted_before_it_is_saved(client: Client) -> None:
    at = "/api/w/shop/segments"
    seen = client.post(f"{at}/preview", json={"condition": "did Paid"}, params={"lang": "en"}).json()
    assert (seen["customers"], seen["of"], seen["condition"]) == (4, 5, "did Paid")
    assert "Paid" in seen["said"]
    listed = client.post(f"{at}/preview", json={"customers": ["c0", "c4", "nobody"]}).json()
    assert (listed["customers"], listed["unknown"], listed["shared"]) == (2, 1, 0)

    body = {"condition": "did Paid", "title": {"zh": "付过款", "en": "Payers"}}
    saved = client.put(f"{at}/payers", json=body).json()
    assert (saved["version"], saved["title"]["zh"], saved["size"]) == (1, "付过款", None)
    assert client.post("/api/w/shop/count", json={"segment": "payers"}).json()["customers"] == 4
    again = client.put(f"{at}/payers", json=body | {"condition": "did Viewed", "version": 1})
    assert again.json()["version"] == 2
    late = client.put(f"{at}/payers", json=body | {"version": 1})
    assert (late.status_code, late.json()["code"], late.json()["newest"]) == (409, "changed_by_another", 2)
    assert client.get(f"{at}/payers@1").json()["condition"] == "did Paid"
    few = client.put(f"{at}/few", json={"customers": ["c0", "nobody"]}, params={"lang": "zh"}).json()
    assert (few["size"], few["condition"], few["notes"][0]["code"]) == (1, None, "unknown_members")
    assert client.get(f"{at}/nothing").status_code == 404
    for wrong in ({}, {"condition": "did Paid", "customers": []}, {"condition": "did ("}):
        assert client.put(f"{at}/x", json=wrong).status_code == 400
        assert client.post(f"{at}/preview", json=wrong).status_code == 400


def test_who_only_looks_changes_nothing(app: InProcess) -> None:
    viewer, analyst = (app.person(f"{role.name}@example.com", shop=role) for role in (Role.viewer, Role.analyst))
    assert viewer.put("/api/w/shop/segments/x", json={"condition": "did Paid"}).status_code == 403
    assert analyst.put("/api/w/shop/models/shop", json={"document": SHOP}).status_code == 403
    assert analyst.put("/api/w/shop/segments/x", json={"condition": "did Paid"}).status_code == 200


def test_channels_are_named(app: InProcess, client: Client) -> None:
    def channels() -> dict[str, Any]:
        return {one["key"]: one for one in client.get("/api/w/shop/channels").json()}

    with lvtu.open(app.home.folder / "shop") as ws:
        ws.append([{"user_id": "c1", "event": "Called", "time": "2026-03-03", "channel": "popup"}])
    assert (channels()["web"]["events"], channels()["popup"]["events"], channels()["sms"]["events"]) == (5, 1, 0)
    assert (channels()["popup"]["known"], channels()["popup"]["online"]) == (False, None)
    naming = {"name": {"zh": "快闪店", "en": "Pop-up store"}, "online": False}
    refused = client.put("/api/w/shop/channels/popup", json=naming)
    assert (refused.status_code, refused.json()["code"]) == (409, "channels_need_model")

    put(client, "shop", document=SHOP)
    assert client.put("/api/w/shop/channels/popup", json=naming).status_code == 200
    assert client.put(
        "/api/w/shop/channels/web", json={"name": {"zh": "官网", "en": "Our site"}, "online": True}
    ).is_success
    assert (channels()["popup"]["known"], channels()["popup"]["name"]["zh"]) == (True, "快闪店")
    model = client.get("/api/w/shop/models/shop").json()
    assert (model["version"], {one["key"] for one in model["document"]["channels"]}) == (3, {"popup", "web"})
    assert model["stages"][0]["entry"][0]["zh"] == "接触点“商品页”，且渠道“官网”或“App”"
    lanes = client.get("/api/w/shop/customers/c1/timeline?lang=zh").json()["lanes"]
    assert {one["name"] for one in lanes} >= {"官网", "快闪店"}
    values = client.get("/api/w/shop/fields/channel/values?lang=en").json()
    assert {one["value"]: one["title"] for one in values if one["value"]} == {
        "web": "Our site",
        "popup": "Pop-up store",
    }
    odd = client.put("/api/w/shop/channels/two%20words", json=naming)
    assert odd.status_code == 200, "systems call their channels as they like"
