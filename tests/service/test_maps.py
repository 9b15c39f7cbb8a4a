"""Maps over HTTP: drawn, looked at, edited by several people, by those who may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving
from unit.maps.shop import MODEL, events

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        said = {"message_id": "x", "user_id": "c0", "event": "Delivery Rated", "text": "写信给 ann@example.com，太好了"}
        ws.ingest([*events(), {**said, "time": "2026-03-20T00:00:00Z"}])
        ws.save_model(MODEL)
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def ann(app: InProcess) -> Client:
    return app.person("ann@example.com", shop=Role.editor)


@pytest.fixture(scope="module")
def bob(app: InProcess) -> Client:
    return app.person("bob@example.com", shop=Role.editor)


def drawn(client: Client, **more: object) -> str:
    made = client.post(f"{MAPS}/draw", json=more)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_a_map_is_drawn_and_told_in_both_languages(ann: Client) -> None:
    id = drawn(ann)
    listed = ann.get(f"{MAPS}?lang=zh").json()
    assert listed["maps"][0] | {"edited": ""} == {
        "id": id, "title": "网购", "state": "as_is", "status": "draft", "owner": None, "stages": 3, "steps": 5,
        "cards": listed["maps"][0]["cards"], "edited": "", "by": "ann@example.com",
    }  # fmt: skip
    assert listed["models"] == [{"key": "shop", "title": "网购"}]
    answers = ann.get(f"{MAPS}/{id}/answers?lang=en").json()
    cell = next(one for one in answers["cells"] if one["step"] == "checkout" and one["lane"] == "csat5")
    assert cell["title"] == "Checkout · Satisfaction" and cell["shown"].startswith("−") and cell["n"] > 20
    assert cell["spec"] == {"analysis": "scores", "metric": "emotion", "scale": "csat5"}
    for type, style, dark in (("linear", "timeline", False), ("stage", "chart", True)):
        picture = ann.get(f"{MAPS}/{id}/picture?type={type}&style={style}&dark={dark}&lang=zh")
        assert picture.headers["content-type"] == "image/svg+xml" and "结算" in picture.text
        assert cell["shown"] in picture.text
    wrong = ann.get(f"{MAPS}/{id}/picture?type=round&lang=zh")
    assert wrong.status_code == 422 or wrong.status_code == 400, wrong.text
    assert "linear" in wrong.json()["known"]


def test_two_people_edit_one_map_and_each_undoes_their_own(ann: Client, bob: Client) -> None:
    id = drawn(ann, title={"zh": "两人", "en": "Two"})
    first = ann.post(f"{MAPS}/{id}/edits", json={"edit": "describe", "fields": {"owner": "Sales"}}).json()
    assert [(one["part"], one["field"], one["now"]) for one in first["changes"]] == [("map", "owner", "Sales")]
    bob.post(
        f"{MAPS}/{id}/edits", json={"edit": "change", "part": "steps", "key": "checkout", "fields": {"name": "Pay"}}
    )
    undone = ann.post(f"{MAPS}/{id}/undo").json()
    assert "owner" not in undone["document"] and undone["step"] == 4
    steps = ann.get(f"{MAPS}/{id}/history").json()["steps"]
    assert [(one["what"], one["by"]) for one in steps] == [
        ("undone", "ann@example.com"), ("change", "bob@example.com"), ("describe", "ann@example.com"),
        ("drawn", "ann@example.com"),
    ]  # fmt: skip
    refused = ann.post(f"{MAPS}/{id}/edits", json={"edit": "split_step", "step": "pay", "parts": []})
    assert refused.status_code in (400, 422) and refused.json()["what"].startswith("splitting")


def test_versions_are_kept_and_come_back(ann: Client) -> None:
    id = drawn(ann)
    without = ann.post(f"{MAPS}/{id}/versions?lang=en", json={"name": "First"})
    assert (without.status_code, without.json()["code"]) == (409, "map_without_scenario")
    told = {"key": "s1", "who": "Somebody in a hurry", "goal": "To have it today"}
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "scenarios", "made": [told]})
    before = ann.get(f"{MAPS}/{id}").json()["document"]
    assert ann.post(f"{MAPS}/{id}/versions", json={"name": "First"}).json()["versions"][0]["name"] == "First"
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "remove", "part": "steps", "keys": ["home"]})
    assert ann.post(f"{MAPS}/{id}/restore", json={"number": 1}).json()["document"] == before
    assert ann.post(f"{MAPS}", json=before).json()["step"] == 4, "the same map again is no edit"
    assert ann.delete(f"{MAPS}/{id}").status_code == 204
    for gone in (ann.get(f"{MAPS}/{id}"), ann.get(f"{MAPS}/{id}/picture"), ann.post(f"{MAPS}/{id}/undo")):
        assert gone.status_code == 404


def test_viewers_look_and_do_not_touch(app: InProcess, ann: Client) -> None:
    id = drawn(ann)
    vic = app.person("vic@example.com", shop=Role.viewer)
    assert vic.get(f"{MAPS}/{id}").json()["edits"] is False
    assert "ann@example.com" not in vic.get(f"{MAPS}/{id}/answers").text
    assert vic.get(f"{MAPS}/{id}/picture").status_code == 200
    for refused in (
        vic.post(f"{MAPS}/draw", json={}), vic.post(f"{MAPS}/{id}/edits", json={"edit": "describe", "fields": {}}),
        vic.delete(f"{MAPS}/{id}"),
    ):  # fmt: skip
        assert refused.status_code == 403
