"""Reviews of maps, and what was done to them in words; versions; a map as it is beside one as it is meant to be."""

from __future__ import annotations

import pytest

from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess
from service.test_comments import id_of
from service.test_presence import MAP

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def bob(app: InProcess) -> Client:
    return app.person("bob@example.com", shop=Role.viewer)


@pytest.fixture(scope="module")
def cyn(app: InProcess) -> Client:
    return app.person("cyn@example.com", shop=Role.analyst)


@pytest.fixture
def map_(ann: Client) -> str:
    return f"{MAPS}/{ann.post(MAPS, json=MAP).json()['id']}"


def edited(client: Client, map_: str, edit: str, **arguments: object) -> None:
    done = client.post(f"{map_}/edits", json={"edit": edit, **arguments})
    assert done.status_code == 200, done.text


def test_a_map_is_approved_by_all_who_are_asked(map_: str, ann: Client, bob: Client, cyn: Client) -> None:
    assert ann.get(f"{map_}/reviews").json() == {
        "state": "none", "changed": 0, "reviews": [], "asks": True, "yours": None,
    }  # fmt: skip
    asked = {"people": [id_of(bob), id_of(cyn)], "words": "Ready for the board?"}
    assert bob.post(f"{map_}/reviews", json=asked).json()["code"] == "role_too_small"
    assert ann.post(f"{map_}/reviews", json=asked | {"people": ["nobody"]}).json()["code"] == "unknown_person"
    first = ann.post(f"{map_}/reviews", json=asked).json()
    assert (first["state"], first["reviews"][0]["step"], first["yours"]) == ("waiting", 1, None)
    review = bob.get(f"{map_}/reviews").json()["yours"]
    assert review == first["reviews"][0]["id"]
    assert ann.put(f"{map_}/reviews/{review}/verdict", json={"verdict": "approved"}).json()["code"] == "unknown_review"
    one = bob.put(f"{map_}/reviews/{review}/verdict", json={"verdict": "approved", "words": "Good"}).json()
    assert (one["state"], one["yours"]) == ("waiting", None)
    cyn.put(f"{map_}/reviews/{review}/verdict", json={"verdict": "changes", "words": "The queue is missing"})
    assert ann.get(f"{map_}/reviews").json()["state"] == "changes"
    cyn.put(f"{map_}/reviews/{review}/verdict", json={"verdict": "approved"})
    ann.post(f"{map_}/versions", json={"name": "For the board"})
    done = ann.get(f"{map_}/reviews").json()
    assert (done["state"], done["changed"]) == ("approved", 0)
    told = done["reviews"][0]
    assert (told["version"], told["version_name"]) == (1, "For the board")
    assert [(one["person"]["name"], one["verdict"], one["words"]) for one in told["verdicts"]] == [
        ("bob@example.com", "approved", "Good"), ("cyn@example.com", "approved", ""),
    ]  # fmt: skip
    edited(ann, map_, "describe", fields={"owner": "Stores"})
    edited(ann, map_, "describe", fields={"owner": "Tills"})
    since = bob.get(f"{map_}/reviews").json()
    assert (since["state"], since["changed"], since["reviews"][0]["version"]) == ("approved", 2, 1)
    again = ann.post(f"{map_}/reviews", json={"people": [id_of(bob)]}).json()
    assert (again["state"], again["changed"], len(again["reviews"]), again["reviews"][0]["version"]) == (
        "waiting", 0, 2, None,
    )  # fmt: skip


def test_the_history_says_who_did_what(map_: str, ann: Client, bob: Client) -> None:
    scan, ok = (
        {"key": "scan", "name": {"zh": "扫码", "en": "Scan"}},
        {"key": "ok", "name": {"zh": "确认", "en": "Confirm"}},
    )
    parts = [scan, ok]
    edited(ann, map_, "split_step", step="pay", parts=parts)
    edited(ann, map_, "change", part="cards", key="c1", fields={"text": "Still a queue"})
    edited(ann, map_, "put", part="cards", made=[{"key": "c2", "lane": "said", "step": "look", "text": "So much"}])
    edited(ann, map_, "merge_steps", steps=["scan", "ok"])
    ann.post(f"{map_}/undo")
    edited(ann, map_, "remove", part="cards", keys=["c1"])
    edited(ann, map_, "move_steps", steps=["look"], behind="ok")
    told = {lang: ann.get(f"{map_}/history?lang={lang}").json()["steps"] for lang in ("en", "zh")}
    assert {one["by"] for one in told["en"]} == {"ann@example.com"}
    assert [one["text"] for one in told["en"]] == [
        "moved step “Look”",
        "removed card “Still a queue” from Thoughts · Scan",
        "undid an edit: merged the steps “Scan”, “Confirm” into “Scan”",
        "merged the steps “Scan”, “Confirm” into “Scan”",
        "added card “So much” at Thoughts · Look",
        "changed card “Another queue?” to “Still a queue”",
        "split the step “Pay” into “Scan”, “Confirm”",
        "brought it in",
    ]
    assert told["zh"][6]["text"] == "把步骤“Pay”拆分为“扫码”、“确认”"
    # A cell has the history of what its step was before.
    cell = ann.get(f"{map_}/history?lang=en&part=cells&key=said/scan").json()["steps"]
    assert [one["step"] for one in cell] == [7, 3, 2]
    assert [one["step"] for one in bob.get(f"{map_}/history?part=cards&key=c1").json()["steps"]] == [7, 3, 2]
    step = ann.get(f"{map_}/history?lang=en&part=steps&key=scan").json()["steps"]
    assert [one["step"] for one in step] == [7, 5, 3, 2]
    few = ann.get(f"{map_}/history?most=2").json()
    assert (len(few["steps"]), few["more"]) == (2, True)


def test_versions_are_compared_cell_by_cell(map_: str, ann: Client, bob: Client) -> None:
    ann.post(f"{map_}/versions", json={"name": "First"})
    edited(ann, map_, "change", part="cards", key="c1", fields={"text": "Call zoe@example.org"})
    edited(ann, map_, "put", part="cards", made=[{"key": "c2", "lane": "said", "step": "look", "text": "So much"}])
    edited(ann, map_, "describe", fields={"owner": "Stores"})
    found = ann.get(f"{map_}/diff?with=1&lang=en").json()
    assert (found["before"], found["after"]) == ("version 1 “First”", "now")
    assert found["counts"] == {"added": 1, "changed": 2}
    rows = [
        (group["step"], row["kind"], row["lane"], row["field"], row["was"], row["now"])
        for group in found["groups"] for row in group["rows"]
    ]  # fmt: skip
    assert rows == [
        (None, "changed", "", "owner", "", "Stores"),
        ("look", "added", "Thoughts", "", "", "So much"),
        ("pay", "changed", "Thoughts", "text", "Another queue?", "Call zoe@example.org"),
    ]
    assert "zoe@example.org" not in bob.get(f"{map_}/diff?with=1").text
    back = ann.get(f"{map_}/diff?with=now&of=1").json()
    assert back["counts"] == {"removed": 1, "changed": 2}
    assert ann.get(f"{map_}/diff?with=7").json()["code"] == "unknown_version"
    assert ann.get(f"{map_}/diff?with=none").status_code == 404


def test_a_to_be_has_the_same_keys_and_is_compared(map_: str, ann: Client, bob: Client) -> None:
    assert bob.post(f"{map_}/to-be", json={}).json()["code"] == "role_too_small"
    made = ann.post(f"{map_}/to-be?lang=zh", json={}).json()
    id, document = map_.rpartition("/")[2], made["document"]
    assert (made["title"], document["state"], document["pair"], made["step"]) == ("网购 · 未来", "to_be", id, 1)
    as_is = ann.get(map_).json()["document"]
    assert {part: document[part] for part in MAP if part != "title"} == {
        part: as_is[part] for part in MAP if part != "title"
    }  # fmt: skip
    other = f"{MAPS}/{made['id']}"
    edited(ann, other, "change", part="cards", key="c1", fields={"text": "No queue at all"})
    found = ann.get(f"{other}/diff?with={id}&lang=en").json()
    assert [(row["part"], row["field"]) for group in found["groups"] for row in group["rows"]] == [
        ("map", "title"), ("cards", "text"),
    ]  # fmt: skip
    assert found["paths"] == [], "nobody said what a step takes or costs"
    for step, cost in zip(as_is["steps"], ("2 CNY", "3.5 CNY", "1 CNY", "1 CNY", "1 CNY"), strict=False):
        edited(ann, map_, "change", part="steps", key=step["key"], fields={"cost": cost, "standard": "2m"})
        edited(ann, other, "change", part="steps", key=step["key"], fields={"cost": "1 CNY", "standard": "30s"})
    (path,) = ann.get(f"{other}/diff?with={id}&lang=en").json()["paths"]
    told = {(one["kind"], one["unit"]): (one["before"], one["after"], one["change"]) for one in path["figures"]}
    costs, steps = [2, 3.5, 1, 1, 1][: len(as_is["steps"])], len(as_is["steps"])
    cheaper = sum(costs) - steps
    assert told["cost", "CNY"] == (f"{sum(costs):.2f}", f"{steps:.2f}", f"−{cheaper:.2f}")
    assert told["time", ""][2].startswith("−") and path["measured"] == 0
    assert [one["id"] for one in bob.get(f"{other}/pairs").json()] == [id]
    assert [(one["id"], one["state"]) for one in bob.get(f"{map_}/pairs").json()] == [(made["id"], "to_be")]
    assert ann.get(f"{other}/history?lang=en").json()["steps"][-1]["text"] == "made it as the to-be of another map"
    ann.delete(map_)
    assert bob.get(f"{other}/pairs").json() == []
