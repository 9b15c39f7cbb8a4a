"""Live cells over HTTP: what is behind them, who, whether they are stale, what they are bound to, what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.inprocess import Client, InProcess
from service.shopping import said, shopping
from unit.maps.shop import events

MAPS = "/api/w/shop/maps"
SAID = "写信给 ann@example.com，结算太慢了"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    yield from shopping(tmp_path_factory, said(SAID, "zelda", "Checkout Rated"))


@pytest.fixture
def map_(ann: Client) -> str:
    return f"{MAPS}/{ann.post(f'{MAPS}/draw', json={}).json()['id']}"


def edit(client: Client, map_: str, **made: Any) -> dict[str, Any]:
    done = client.post(f"{map_}/edits", json=made)
    assert done.status_code == 200, done.text
    found: dict[str, Any] = done.json()
    return found


def rated() -> list[dict[str, Any]]:
    return [one for one in events() if one["event"] == "Checkout Rated" and "score" in one]


def test_behind_a_cell_stands_everything_that_is_known(ann: Client, map_: str) -> None:
    found = ann.get(f"{map_}/behind?step=checkout&lane=csat5&lang=en").json()
    there = {one["user_id"] for one in events() if one["event"] in ("Checkout Started", "Checkout Rated")} | {"zelda"}
    assert (found["title"], found["stage"], found["customers"]) == ("Checkout", "Buy", len(there))
    cell = found["cells"][0]
    assert cell["lane"] == "csat5" and cell["n"] == len(rated()) and cell["shown"].startswith("−")
    scores = [one["score"] for one in rated()]
    tiles = {one["name"]: one for one in found["tiles"]}
    assert list(tiles) == ["perception", "emotion", "behaviour", "quality"]
    assert tiles["perception"]["shown"] == f"{sum((one - 1) / 4 * 100 for one in scores) / len(scores):.1f}"
    assert tiles["perception"]["n"] == len(scores)
    everybody = {one["user_id"] for one in events()} | {"zelda"}
    assert tiles["behaviour"]["shown"] == f"{100 * len(there) / len(everybody):.1f}%"
    assert sum(one["score"]["n"] for one in cell["trend"] if one["score"]) == len(scores)
    assert all(one["source"] for one in found["tiles"]) and found["gap"] is None
    assert {one["text"] for one in found["quotes"]} <= {one.get("text") for one in events()} | {SAID}
    assert ann.get(f"{map_}/behind?step=nowhere").json()["known"]


def test_the_customers_behind_a_cell_are_those_who_answered(ann: Client, vic: Client, map_: str) -> None:
    found = ann.get(f"{map_}/customers?step=checkout&lane=csat5&limit=1000").json()
    assert [one["id"] for one in found["customers"]] == sorted({one["user_id"] for one in rated()})
    page = ann.get(f"{map_}/customers?step=home&limit=10&after=5").json()
    home = sorted({one["user_id"] for one in events() if one["event"] == "Home Viewed"})
    assert [one["id"] for one in page["customers"]] == home[5:15] and page["total"] == len(home)
    assert vic.get(f"{map_}/customers?step=home").status_code == 403
    assert vic.get(f"{map_}/behind?step=checkout").json()["opens"] is False
    assert "ann@example.com" not in vic.get(f"{map_}/behind?step=checkout").text


def test_a_number_goes_stale_and_says_why(ann: Client, map_: str) -> None:
    fresh = ann.get(f"{map_}/freshness?lang=en").json()
    assert fresh["stale"] == [] and fresh["live"] > 3 and fresh["seen"] is None
    edit(ann, map_, edit="change", part="bindings", key="csat5", fields={"cadence": "7d"})
    edit(ann, map_, edit="change", part="steps", key="checkout", fields={"owner": "Payments"})
    fresh = ann.get(f"{map_}/freshness?lang=zh").json()
    mine = next(one for one in fresh["stale"] if one["step"] == "checkout")
    assert (mine["kind"], mine["owner"], mine["title"]) == ("old", "Payments", "结算 · 满意度")
    assert max(one["time"] for one in rated())[:10] in mine["why"]
    cells = ann.get(f"{map_}/answers?lang=zh").json()
    assert mine["why"] in {one["stale"] for one in cells["cells"]} and cells["stale"] == len(fresh["stale"])
    assert mine["why"] in ann.get(f"{map_}/picture?lang=zh").text
    seen = ann.post(f"{map_}/seen").json()
    assert seen["by"] == "ann@example.com" and seen["seen"]
    library = ann.get(f"{MAPS}/library").json()["maps"]
    stands = next(one["stands"] for one in library if map_.endswith(one["id"]))
    assert (stands["live"], stands["stale"]) == (seen["live"], len(seen["stale"]))


def test_a_place_is_bound_after_a_look_at_what_it_shows(ann: Client, vic: Client, map_: str) -> None:
    choices = ann.get(f"{map_}/choices?lang=en").json()["choices"]
    csat = next(one for one in choices if one["spec"] == {"metric": "csat", "scale": "csat5"})
    asked = {"analysis": csat["analysis"], "spec": csat["spec"], "lane": "new"}
    shows = ann.post(f"{map_}/preview?lang=en", json={"binding": asked}).json()
    satisfied = sum(one["score"] >= 4 for one in rated()) / len(rated())
    checkout = next(one for one in shows["cells"] if one["step"] == "checkout")
    assert (checkout["shown"], checkout["n"]) == (f"{100 * satisfied:.1f}%", len(rated()))
    spans = (("2026-02-01", "2026-03-01", "2026-02-28", False), ("2025-01-01", "2027-01-01", "2026-12-31", True))
    for since, until, last, whole in spans:
        edit(ann, map_, edit="describe", fields={"since": f"{since}T00:00:00Z", "until": f"{until}T00:00:00Z"})
        told = ann.post(f"{map_}/preview?lang=en", json={"binding": asked}).json()
        assert (told["period"], told["whole"]) == (f"{since} – {last}", whole), "the days that its n is of"
    lane = {"key": "top", "role": "metrics", "kind": "number", "label": {"zh": "满意率", "en": "Satisfied"}}
    target = {"value": 0.5, "better": "up"}
    before = ann.get(map_).json()["step"]
    edit(ann, map_, edit="bind", binding={**asked, "lane": "top", "target": target}, lane=lane)
    assert ann.get(map_).json()["step"] == before + 1, "one edit, one undo"
    cell = next(one for one in ann.get(f"{map_}/answers?lang=en").json()["cells"]
                if (one["lane"], one["step"]) == ("top", "checkout"))  # fmt: skip
    assert cell["shown"] == checkout["shown"]
    assert cell["target"] == f"target 50.0%, {100 * (0.5 - satisfied):.1f}% to go"
    several = {"analysis": "scores", "spec": {"metric": "nps", "scale": "nps", "period": "day"}}
    for wrong in (
        {**several, "lane": "top"},
        {"analysis": "retention", "spec": {"start": "Home Viewed"}, "lane": "top"},
    ):
        refused = ann.post(f"{map_}/preview?lang=en", json={"binding": wrong})
        assert refused.status_code in (400, 422) or refused.json()["cells"] == [], refused.text
    assert ann.post(f"{map_}/preview", json={}).status_code in (400, 422)
    assert vic.post(f"{map_}/preview", json={"binding": asked}).status_code == 403


def test_a_question_that_breaks_breaks_its_own_cell_alone(ann: Client, map_: str) -> None:
    wrong = {"analysis": "scores", "spec": {"metric": "csat", "scale": "csat5", "where": "no_such = 1"}}
    edit(ann, map_, edit="bind", binding={**wrong, "lane": "csat5", "step": "checkout"})
    found = ann.get(f"{map_}/behind?step=checkout&lane=csat5&lang=en").json()["cells"][0]
    assert found["shown"] == "—" and "no_such" in found["failed"] and found["own"]
    assert any(one["step"] == "delivery" for one in ann.get(f"{map_}/answers").json()["cells"])


def test_what_a_rule_would_move_is_told_before(ann: Client, map_: str) -> None:
    rule = {"edit": "change", "part": "steps", "key": "home", "fields": {"entry": ["Checkout Rated"]}}
    moves = {one["step"]: one for one in ann.post(f"{map_}/preview", json={"edit": rule}).json()["moves"]}
    who = {name: {one["user_id"] for one in events() if one["event"] == name} for name in
           ("Home Viewed", "Checkout Started", "Checkout Rated")}  # fmt: skip
    marked = who["Checkout Rated"] | {"zelda"}
    assert (moves["home"]["before"], moves["home"]["after"]) == (len(who["Home Viewed"]), len(marked))
    was, now = moves["checkout"]["before"], moves["checkout"]["after"]
    assert (was, now) == (len(who["Checkout Started"] | marked), len(who["Checkout Started"]))
    assert ann.get(map_).json()["document"]["steps"][0].get("entry") is None, "nothing was kept"


def test_evidence_is_read_where_it_is_and_goes_with_who_is_forgotten(app: InProcess, ann: Client, map_: str) -> None:
    kept = ann.post("/api/w/shop/insights", json={"title": "Checkout is slow"}).json()["id"]
    offered = ann.get(f"{map_}/sources?step=checkout&search=结算太慢").json()["found"]
    comment = next(one for one in offered if one["group"] == "comment")
    assert comment["quote"] == SAID
    learnt = ann.get(f"{map_}/sources?search=slow").json()["found"]
    assert [one["source"] for one in learnt if one["group"] == "insight"] == [kept]
    card = {"key": "c", "lane": "pains", "step": "checkout", "kind": "pain", "text": "Slow"}
    edit(ann, map_, edit="put", part="cards", made=[card, {**card, "key": "d", "text": "Guess"}])
    before = ann.get(f"{map_}/evidence?lang=en").json()
    assert [one["key"] for one in before["assumptions"]] == ["c", "d"]
    named = [{"kind": comment["kind"], "source": comment["source"]}]
    edit(ann, map_, edit="change", part="cards", key="c", fields={"evidence": named})
    after = ann.get(f"{map_}/evidence?lang=en").json()
    assert after["supported"] == before["supported"] + 1 and [one["key"] for one in after["assumptions"]] == ["d"]
    assert after["coverage"] == pytest.approx(after["supported"] / after["cards"])
    shown = next(one for one in ann.get(f"{map_}/behind?step=checkout").json()["cards"] if one["key"] == "c")
    assert shown["evidence"][0]["quote"] == SAID and shown["assumed"] is False
    assert SAID not in ann.get(map_).text, "words are not copied"
    served = app.home.named("shop")
    assert served is not None
    served.workspace.forget("zelda")
    shown = next(one for one in ann.get(f"{map_}/behind?step=checkout&lang=en").json()["cards"] if one["key"] == "c")
    assert shown["evidence"][0]["quote"] is None and shown["evidence"][0]["gone"] and shown["assumed"]
    assert "c" in {one["key"] for one in ann.get(f"{map_}/evidence").json()["assumptions"]}


def test_a_moment_of_truth_is_decided_on_with_a_reason(ann: Client, vic: Client, map_: str) -> None:
    lane = {"key": "moments", "role": "moments", "label": "Moments?"}
    card = {"key": "perhaps", "lane": "moments", "step": "delivery", "kind": "insight", "text": "Perhaps"}
    edit(ann, map_, edit="put", part="lanes", made=[lane])
    edit(ann, map_, edit="put", part="cards", made=[card])
    before = ann.get(f"{map_}/moments?lang=en").json()
    assert before["edits"] and not vic.get(f"{map_}/moments?lang=en").json()["edits"]
    (one,) = before["moments"]
    assert (one["step"], one["title"], one["state"], one["verdict"]) == ("delivery", "Delivery", "open", None)
    assert one["driver"] is None, "nobody said whether they would recommend"
    why = {"reason": "People leave here", "by": "Ann", "on": "2026-03-02"}
    edit(ann, map_, edit="accept_moment", step="delivery", moment="commercial", verdict=why)
    (one,) = ann.get(f"{map_}/moments?lang=en").json()["moments"]
    assert (one["state"], one["moment"]) == ("accepted", "commercial")
    assert one["verdict"] == {"moment": "commercial", **why}
    edit(ann, map_, edit="refuse_moment", step="delivery", verdict={**why, "reason": "They come back"})
    (one,) = ann.get(f"{map_}/moments?lang=en").json()["moments"]
    assert (one["state"], one["moment"], one["verdict"]["reason"]) == ("refused", None, "They come back")
    told = ann.get(f"{map_}/history?lang=en").json()
    assert "They come back" in str(told) and "People leave here" in str(told)
    assert vic.post(f"{map_}/edits", json={"edit": "refuse_moment", "step": "home"}).status_code == 403
    assert ann.post(f"{map_}/edits", json={"edit": "accept_moment"}).status_code == 400
