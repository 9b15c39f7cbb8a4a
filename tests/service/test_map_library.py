"""The library over HTTP: the gallery, maps begun from templates, maps within maps and their numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lvtu.catalog.roles import Role
from lvtu.maps.templates import KEYS
from service.inprocess import Client, InProcess
from service.shopping import shopping
from unit.maps.shop import events

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory)


def test_the_gallery_shows_itself_in_both_languages(ann: Client) -> None:
    rows = {lang: ann.get(f"{MAPS}/templates?lang={lang}").json()["templates"] for lang in ("zh", "en")}
    assert [one["key"] for one in rows["zh"]] == list(KEYS) and not any(one["own"] for one in rows["zh"])
    assert rows["zh"][0]["title"] == "超市购物" and rows["en"][0]["title"] == "A supermarket visit"
    for lang, dark in (("zh", 0), ("en", 1)):
        picture = ann.get(f"{MAPS}/templates/saas/preview?lang={lang}&dark={dark}")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert picture.text.count('data-kind="step"') == rows["en"][3]["steps"]
    assert ann.get(f"{MAPS}/templates/none/preview").status_code == 404


def test_a_map_begun_from_a_template_fills_where_the_data_have_its_events(ann: Client, app: InProcess) -> None:
    refused = app.person("vic@example.com", shop=Role.viewer).post(f"{MAPS}/templates/ecommerce", json={})
    assert refused.status_code == 403
    made = ann.post(f"{MAPS}/templates/ecommerce?lang=en", json={"title": "Our journey"})
    assert made.status_code == 201, made.text
    document = made.json()["document"]
    assert document["title"] == {"zh": "Our journey", "en": "Our journey"}
    assert document["steps"][0]["owner"] == "Marketing", "departments are named as whoever asks speaks"
    answers = ann.get(f"{MAPS}/{made.json()['id']}/answers?lang=en").json()
    viewed = {one["user_id"] for one in events() if one["event"] == "Product Viewed"}
    assert answers["volume"]["product"] <= len(viewed) and answers["volume"]["product"] > 0
    own = made.json()["document"]
    (happy,) = (one for one in own["paths"] if one["kind"] == "happy")
    fields = {"steps": ["product", "checkout"], "optional": ["checkout"]}
    edit = {"edit": "change", "part": "paths", "key": happy["key"], "fields": fields}
    assert ann.post(f"{MAPS}/{own['id']}/edits", json=edit).status_code == 200
    plan = ann.get(f"{MAPS}/{own['id']}/answers").json()["plan"]
    assert plan["product"]["completed"] == len(viewed) and plan["product"]["planned"]
    assert plan["checkout"]["optional"] and not plan["checkout"]["missing"] and plan["checkout"]["skipped"]
    assert ann.post(f"{MAPS}/templates/ecommerce?lang=zh", json={}).json()["document"]["steps"][0]["owner"] == "市场部"
    assert ann.post(f"{MAPS}/templates/none", json={}).status_code == 404


def test_maps_stand_within_each_other(ann: Client) -> None:
    top = ann.post(f"{MAPS}/draw", json={"title": "Top"}).json()
    low = ann.post(f"{MAPS}/draw", json={"title": "Low"}).json()
    step = top["document"]["steps"][0]["key"]
    nested = ann.put(f"{MAPS}/{top['id']}/steps/{step}/child?lang=en", json={"map": low["id"]}).json()
    (child,) = nested["children"]
    assert (child["step"], child["id"], child["title"]) == (step, low["id"], "Low")
    below = ann.get(f"{MAPS}/{low['id']}/answers").json()
    visits = next(one for one in child["numbers"] if one["title"] == "Customers at its steps, added up")
    assert visits["n"] == sum(below["volume"].values())
    told = ann.get(f"{MAPS}/{low['id']}/nesting?lang=en").json()
    assert told["level"] == 1 and [(one["title"], one["level"]) for one in told["crumbs"]] == [("Top", 0)]
    assert top["id"] not in {one["id"] for one in told["offers"]}, "it would contain itself"
    own = low["document"]["steps"][0]["key"]
    refused = ann.put(f"{MAPS}/{low['id']}/steps/{own}/child?lang=en", json={"map": top["id"]})
    assert refused.status_code == 422 or refused.status_code == 400, refused.text
    assert "Low → Top → Low" in refused.json()["what"]
    rows = {one["id"]: one for one in ann.get(f"{MAPS}/library?lang=en").json()["maps"]}
    assert (rows[low["id"]]["level"], rows[low["id"]]["above"]) == (1, top["id"])
    order = list(rows)
    assert order.index(low["id"]) == order.index(top["id"]) + 1
    assert ann.delete(f"{MAPS}/{low['id']}").status_code == 204
    assert ann.get(f"{MAPS}/{top['id']}/nesting").json()["children"] == []
    assert ann.put(f"{MAPS}/{top['id']}/steps/{step}/child", json={"map": "gone"}).status_code == 404
    assert ann.get(f"{MAPS}/gone/nesting").status_code == 404


def test_touchpoints_are_shared_by_maps(ann: Client, app: InProcess) -> None:
    found = ann.get(f"{MAPS}/touchpoints?lang=zh").json()
    checkout = next(one for one in found["touchpoints"] if one["id"] == "checkout")
    assert checkout["models"] == ["shop"] and checkout["uses"], "maps drawn above use it"
    assert {"wechat", "hotline", "store"} <= {one["key"] for one in found["channels"]}
    vic = app.person("eve@example.com", shop=Role.viewer)
    assert vic.patch(f"{MAPS}/touchpoints/checkout", json={"owner": "Me"}).status_code == 403
    changed = ann.patch(f"{MAPS}/touchpoints/checkout", json={"owner": "Payments", "systems": ["gateway"]})
    row = next(one for one in changed.json()["touchpoints"] if one["id"] == "checkout")
    assert (row["owner"], row["systems"], row["name"]) == ("Payments", ["gateway"], checkout["name"])
    assert ann.delete(f"{MAPS}/touchpoints/checkout").status_code in (400, 422)
    assert ann.post(f"{MAPS}/touchpoints", json={"id": "desk", "name": "Desk"}).status_code == 201
    assert ann.delete(f"{MAPS}/touchpoints/desk").status_code == 200
    assert ann.delete(f"{MAPS}/touchpoints/desk").status_code == 404
