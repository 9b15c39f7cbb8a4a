"""Programmes over HTTP: gates say what is missing in the reader's language, and a project is worked on by who may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving
from unit.maps.shop import MODEL, events

HERE = "/api/w/shop/programmes"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def ann(app: InProcess) -> Client:
    return app.person("ann@example.com", shop=Role.editor)


def test_a_project_goes_through_its_gates(ann: Client, app: InProcess) -> None:
    listed = ann.get(f"{HERE}?lang=zh").json()
    assert listed["programmes"][0]["title"] == "旅程分析五步" and listed["projects"] == []
    made = ann.post(f"{HERE}?lang=en", json={"programme": "project-5", "title": "Checkout"})
    assert made.status_code == 201, made.text
    id = made.json()["id"]
    first = made.json()["steps"][0]
    assert [(gate["key"], gate["open"]) for gate in first["gates"]] == [
        ("persona", False), ("goal", False), ("metric", False),
    ]  # fmt: skip
    refused = ann.post(f"{HERE}/{id}/pass?lang=zh", json={"step": "position"})
    assert refused.status_code in (400, 422) and "写明目标用户; 写明目标" in refused.json()["what"]
    notes = {"persona": "Parents", "goal": "Pay in a minute", "metric": "CSAT 4.5"}
    assert ann.patch(f"{HERE}/{id}", json={"notes": notes}).status_code == 200
    assert ann.post(f"{HERE}/{id}/pass", json={"step": "position"}).json()["steps"][0]["state"] == "passed"
    drawn = ann.post("/api/w/shop/maps/draw", json={}).json()["id"]
    assert ann.patch(f"{HERE}/{id}", json={"map": "gone"}).status_code == 404
    told = ann.patch(f"{HERE}/{id}?lang=en", json={"map": drawn}).json()
    assert told["map_title"] == "Shopping" and told["with_evidence"] > 0
    scene = {"who": "Parents", "where": "At home", "when": "Evening", "trigger": "Empty fridge", "goal": "Food"}
    told = ann.patch(f"{HERE}/{id}", json={"scene": scene}).json()
    assert told["scene"] == scene and all(gate["open"] for gate in told["steps"][1]["gates"])
    ann.post(f"{HERE}/{id}/pass", json={"step": "scene"})
    assert ann.patch(f"{HERE}/{id}", json={"focus": ["checkout"]}).status_code in (400, 422), "nothing is weighed yet"
    for number in range(3):
        told = ann.post(f"{HERE}/{id}/ideas", json={"step": "checkout", "text": f"Idea {number}"}).json()
    assert len(told["ideas"]) == 3 and told["steps"][3]["gates"][0]["open"]
    strategy = {sense: {"action": "Do", "metric": "See"} for sense in ("perception", "emotion", "behaviour")}
    assert not ann.patch(f"{HERE}/{id}", json={"strategy": strategy}).json()["steps"][4]["gates"][0]["open"]
    last = ann.patch(f"{HERE}/{id}", json={"strategy": {"touchpoint": {"action": "Do", "metric": "See"}}}).json()
    assert last["steps"][4]["gates"][0]["open"]
    report = ann.get(f"{HERE}/{id}/report?lang=en")
    assert report.headers["content-type"].startswith("text/markdown") and "Pay in a minute" in report.text
    for format, begins in (("pdf", b"%PDF"), ("pptx", b"PK"), ("docx", b"PK")):
        file = ann.get(f"{HERE}/{id}/report?lang=zh&format={format}")
        assert file.status_code == 200 and file.content.startswith(begins), format
        assert f"Checkout.{format}" in file.headers["content-disposition"]
    assert ann.get(f"{HERE}/{id}/report?format=doc").status_code == 422
    row = ann.get(f"{HERE}?lang=en").json()["projects"][0]
    assert (row["title"], row["done"], row["of"], row["now"]) == ("Checkout", 2, 5, "Focus")
    vic = app.person("vic@example.com", shop=Role.viewer)
    assert vic.get(f"{HERE}/{id}").json()["edits"] is False
    assert vic.patch(f"{HERE}/{id}", json={"title": "Mine"}).status_code == 403
    assert ann.delete(f"{HERE}/{id}").status_code == 204
    assert ann.get(f"{HERE}/{id}").status_code == 404
    assert ann.post(HERE, json={"programme": "none"}).status_code in (400, 422)
