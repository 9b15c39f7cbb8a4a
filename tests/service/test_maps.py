"""Maps over HTTP: drawn, looked at, edited by several people, by those who may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess
from service.shopping import said, shopping

MAPS = "/api/w/shop/maps"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory, said("写信给 ann@example.com，太好了"))


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
    plain, tinted = (ann.get(f"{MAPS}/{id}/picture?type=cyclic&lang=en{more}").text for more in ("", "&overlay=volume"))
    assert 'data-kind="loop"' in plain and "customers at the step" in tinted and plain != tinted
    refused = ann.get(f"{MAPS}/{id}/picture?overlay=weather&lang=zh")
    assert refused.status_code == 400 and "drop_off" in refused.json()["known"] and "weather" in refused.json()["what"]
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


def test_e21_a_hundred_edits_are_undone_and_done_again(ann: Client) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": {"zh": "搬家", "en": "Moving house"}}).json()["id"])
    states = [ann.get(f"{MAPS}/{id}").json()["document"]]
    for number in range(110):
        said = {"key": f"c{number}", "lane": "thoughts", "step": "step-1", "text": str(number)}
        states.append(
            ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "cards", "made": [said]}).json()["document"]
        )
    for state in reversed(states[:-1]):
        assert ann.post(f"{MAPS}/{id}/undo").json()["document"] == state
    assert ann.post(f"{MAPS}/{id}/undo").json()["code"] == "nothing_to_undo"
    for state in states[1:]:
        assert ann.post(f"{MAPS}/{id}/redo").json()["document"] == state
    assert ann.post(f"{MAPS}/{id}/redo").json()["code"] == "nothing_to_redo"
    assert ann.post(f"{MAPS}/{id}/undo").json()["document"] == states[-2]
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "describe", "fields": {"goal": "Settled"}})
    assert ann.post(f"{MAPS}/{id}/redo").json()["code"] == "nothing_to_redo", "a new edit ends what could be done again"


def test_several_edits_are_one_that_is_undone_together(ann: Client) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": "Two cards"}).json()["id"])
    before = ann.get(f"{MAPS}/{id}").json()["document"]
    cards = [
        {"edit": "put", "part": "cards", "made": [{"key": key, "lane": "pains", "step": "step-1", "text": key}]}
        for key in ("a", "b")
    ]
    made = ann.post(f"{MAPS}/{id}/edits", json={"edit": "several", "edits": cards}).json()
    assert [card["key"] for card in made["document"]["cards"]] == ["a", "b"] and made["step"] == 2
    wrong = ann.post(f"{MAPS}/{id}/edits", json={"edit": "several", "edits": [*cards, {"edit": "fly"}]})
    assert wrong.json()["code"] == "twice" and ann.get(f"{MAPS}/{id}").json()["step"] == 2, "all of them, or none"
    assert ann.post(f"{MAPS}/{id}/undo").json()["document"] == before


def test_a_locked_lane_keeps_its_cards(ann: Client) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": "Locked"}).json()["id"])

    def edit(**more: object) -> dict[str, object]:
        told: dict[str, object] = ann.post(f"{MAPS}/{id}/edits", json=more).json()
        return told

    card = {"key": "a", "lane": "pains", "step": "step-1", "text": "Slow"}
    edit(edit="put", part="cards", made=[card, {**card, "key": "b", "lane": "thoughts"}])
    edit(edit="change", part="lanes", key="pains", fields={"locked": True})
    for refused in (
        edit(edit="put", part="cards", made=[{**card, "key": "c"}]),
        edit(edit="change", part="cards", key="a", fields={"text": "Fast"}),
        edit(edit="change", part="cards", key="b", fields={"lane": "pains"}),
        edit(edit="move", part="cards", key="a"), edit(edit="remove", part="cards", keys=["a"]),
        edit(edit="paste", lane="pains", step="step-1", table=[["x"]]),
    ):  # fmt: skip
        assert refused["code"] == "lane_locked"
    assert "step" in edit(edit="paste", lane="feelings", step="step-1", table=[["x"], [""]]), "nothing goes into it"
    assert "step" in edit(edit="change", part="lanes", key="pains", fields={"locked": None})
    assert "step" in edit(edit="remove", part="cards", keys=["a"])


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(ann: Client, bob: Client) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": "Ours"}).json()["id"])
    cards = [{"key": key, "lane": "pains", "step": "step-1", "text": {"zh": "慢", "en": "Slow"}} for key in "ab"]
    seen = ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "cards", "made": cards}).json()["step"]

    def change(who: Client, key: str, **fields: object) -> dict[str, object]:
        edit = {"edit": "change", "part": "cards", "key": key, "fields": fields, "seen": seen}
        told: dict[str, object] = who.post(f"{MAPS}/{id}/edits?lang=en", json=edit).json()
        return told

    assert change(bob, "a", text="Very slow")["step"] == seen + 1
    refused = change(ann, "a", text="Rather slow")
    assert refused["status"] == 409 and refused["what"] == "bob@example.com has changed “Slow / 慢” meanwhile"
    assert change(ann, "a", owner="Tills")["step"] == seen + 2, "another field of the card"
    assert change(ann, "b", text="Late")["step"] == seen + 3 and change(ann, "b", text="Later")["step"] == seen + 4
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "remove", "part": "cards", "keys": ["b"]})
    gone = change(bob, "b", text="Latest")
    assert gone["status"] == 409 and gone["code"] == "removed_meanwhile" and "Later" in str(gone["what"])


def test_who_gave_no_name_is_not_taken_for_somebody_else(app: InProcess) -> None:
    """Who sits at the machine types on before the answer to their last edit is there."""
    local = app.local()
    id = str(local.post(f"{MAPS}/new", json={"title": "Mine"}).json()["id"])
    card = {"key": "a", "lane": "pains", "step": "step-1", "text": "Slow"}
    seen = local.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "cards", "made": [card]}).json()["step"]
    for text in ("Slower", "Slowest"):
        edit = {"edit": "change", "part": "cards", "key": "a", "fields": {"text": text}, "seen": seen}
        told = local.post(f"{MAPS}/{id}/edits", json=edit)
        assert told.status_code == 200, told.text
    assert local.post(
        f"{MAPS}/{id}/edits", json={"edit": "remove", "part": "cards", "keys": ["a"], "seen": seen}
    ).is_success
    changes = local.get(f"{MAPS}/{id}/changes?after=0").json()["edits"]
    assert changes and all(one["yours"] for one in changes)


def test_f5_pictures_are_kept_with_the_map(ann: Client, app: InProcess) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": "Seen"}).json()["id"])
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    kept = ann.post(f"{MAPS}/{id}/images", content=png)
    assert kept.status_code == 201
    address = f"{MAPS}/{id}/images/{kept.json()['image']}"
    vic = app.person("vera@example.com", shop=Role.viewer)
    got = vic.get(address)
    assert (
        got.content == png
        and got.headers["content-type"] == "image/png"
        and "immutable" in got.headers["cache-control"]
    )
    assert vic.post(f"{MAPS}/{id}/images", content=png).status_code == 403
    assert ann.post(f"{MAPS}/{id}/images", content=b"<svg onload=alert(1)>").json()["code"] == "no_image"
    assert ann.post(f"{MAPS}/{id}/images", content=png + bytes(5 << 20)).status_code == 413
    other = str(ann.post(f"{MAPS}/new", json={"title": "Other"}).json()["id"])
    assert ann.get(address.replace(id, other)).status_code == 404
    assert ann.post(f"{MAPS}/none/images", content=png).status_code == 404
    ann.delete(f"{MAPS}/{id}")
    assert ann.get(address).status_code == 404, "they go with the map"


def test_e3_lanes_are_offered_in_both_languages(ann: Client) -> None:
    offered = ann.get(f"{MAPS}/lanes?lang=zh").json()["lanes"]
    assert len(offered) == 27 and [one["group"] for one in offered].count("blueprint") == 7
    pains = next(one for one in offered if one["role"] == "pains")
    assert pains["label"] == {"zh": "痛点", "en": "Pains"} and pains["about"].startswith("哪里")


def test_e2_a_map_goes_live_with_a_scenario(ann: Client) -> None:
    id = str(ann.post(f"{MAPS}/new", json={"title": "Live"}).json()["id"])
    live = {"edit": "describe", "fields": {"status": "live", "begins": "The idea", "ends": "Settled"}}
    assert ann.post(f"{MAPS}/{id}/edits", json=live).json()["code"] == "live_without_scenario"
    scenario = {"key": "s", "who": {"zh": "一家人", "en": "A family"}, "goal": "A new home"}
    ann.post(f"{MAPS}/{id}/edits", json={"edit": "put", "part": "scenarios", "made": [scenario]})
    assert ann.post(f"{MAPS}/{id}/edits", json=live).json()["document"]["status"] == "live"
