"""Programmes over HTTP: gates say what is missing in the reader's language, and a project is worked on by who may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lvtu.catalog.roles import Role
from lvtu.service.maps import answering
from service.inprocess import Client, InProcess
from service.shopping import shopping

HERE = "/api/w/shop/programmes"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory)


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
    told = ann.post(f"{HERE}/{id}/questions?lang=en", json={"text": "shorten the queue?", "step": "checkout"}).json()
    question = told["questions"][0]
    assert (question["text"], question["step"], told["dots_left"]) == ("shorten the queue?", "checkout", 3)
    first = told["ideas"][0]["key"]
    bo = app.person("bo@example.com", shop=Role.viewer)
    assert bo.put(f"{HERE}/{id}/ideas/{first}/dots", json={"dots": 3}).json()["dots_left"] == 0
    assert ann.put(f"{HERE}/{id}/ideas/{first}/dots", json={"dots": 4}).status_code == 422
    told = ann.put(f"{HERE}/{id}/ideas/{first}/dots", json={"dots": 1}).json()
    idea = next(one for one in told["ideas"] if one["key"] == first)
    assert (idea["dots"], idea["mine"], idea["voters"], told["dots_left"]) == (4, 1, 2, 2)
    second = next(one["key"] for one in told["ideas"] if one["key"] != first)
    assert bo.put(f"{HERE}/{id}/ideas/{second}/dots", json={"dots": 1}).status_code in (400, 422)
    assert bo.post(f"{HERE}/{id}/ideas/{first}/become", json={"kind": "action"}).status_code == 403
    told = ann.post(f"{HERE}/{id}/ideas/{first}/become", json={"kind": "action", "owner": "Web"}).json()
    assert next(one["kind"] for one in told["ideas"] if one["key"] == first) == "action"
    assert ann.delete(f"{HERE}/{id}/questions/{question['key']}").json()["questions"] == []
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


def test_what_a_project_rests_on_is_linked_to_cards(ann: Client, app: InProcess) -> None:
    id = ann.post(f"{HERE}?lang=en", json={"programme": "mapping-5", "title": "Locker"}).json()["id"]
    given = {"title": "Talk with Mrs Li", "form": "interview", "text": "Ann: How was it?\nLi: The queue was long.\n"}
    interview = ann.post("/api/w/shop/interviews", json=given).json()["id"]
    assert ann.post(f"{HERE}/{id}/documents", json={"document": "gone"}).status_code == 404
    told = ann.post(f"{HERE}/{id}/documents?lang=en", json={"document": interview}).json()
    assert [(one["title"], one["form"], one["cards"]) for one in told["documents"]] == [
        ("Talk with Mrs Li", "interview", [])
    ]
    assert told["steps"][2]["gates"][0]["open"], "something is known"
    drawn = ann.post("/api/w/shop/maps/draw", json={}).json()["id"]
    ann.patch(f"{HERE}/{id}?lang=en", json={"map": drawn})
    told = ann.post(f"{HERE}/{id}/ideas?lang=en", json={"step": "checkout", "text": "Open a till"}).json()
    before, bare = told["with_evidence"], next(one for one in told["map_cards"] if not one["evidence"])
    place = f"{HERE}/{id}/documents/{interview}/cards"
    told = ann.post(place, json={"card": bare["key"]}).json()
    assert told["with_evidence"] == before + 1
    assert [one["key"] for one in told["documents"][0]["cards"]] == [bare["key"]]
    assert ann.post(place, json={"card": bare["key"]}).json()["with_evidence"] == before + 1, "once is enough"
    document = ann.get(f"/api/w/shop/maps/{drawn}").json()["document"]
    card = next(one for one in document["cards"] if one["key"] == bare["key"])
    assert [(one["kind"], one["source"]) for one in card["evidence"]] == [("interview", interview)]
    assert ann.post(place, json={"card": "gone"}).status_code in (400, 404, 422)
    wes = app.person("wes@example.com", shop=Role.viewer)
    assert wes.post(f"{HERE}/{id}/documents", json={"document": interview}).status_code == 403
    ann.delete(f"/api/w/shop/interviews/{interview}")
    told = ann.get(f"{HERE}/{id}").json()
    assert told["documents"][0]["title"] == "" and told["documents"][0]["form"] is None, "it has been removed"
    assert ann.delete(f"{HERE}/{id}/documents/{interview}").json()["documents"] == []


def test_steps_are_weighed_once_for_everybody_who_looks(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(ws: object, map_: object, filled: object, outcome: str) -> list[object]:
        asked.append(outcome)
        return []

    monkeypatch.setattr(answering, "weighed", counted)
    id = ann.post(f"{HERE}?lang=en", json={"programme": "project-5", "title": "Once"}).json()["id"]
    ann.patch(f"{HERE}/{id}", json={"map": ann.post("/api/w/shop/maps/draw", json={}).json()["id"]})
    for _ in range(2):
        assert ann.post(f"{HERE}/{id}/focus", json={"outcome": "csat5"}).json() == {"items": []}
        assert ann.get(f"{HERE}/{id}/report?lang=en").status_code == 200
    assert asked == ["csat5"]
    ann.delete(f"{HERE}/{id}")
