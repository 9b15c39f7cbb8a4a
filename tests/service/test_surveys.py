"""Surveys over HTTP: written, published, answered by anybody who has the link; what was acknowledged is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.service.surveys import public
from lvtu.voice.surveys.ready import PRESETS, preset
from service.inprocess import Client, InProcess
from service.running import running, stored

DELIVERY = {
    "key": "delivery",
    "title": {"zh": "配送", "en": "Delivery"},
    "touchpoint": "delivery",
    "channel": "sms",
    "hidden": ["order"],
    "pages": [{"questions": [
        {"key": "q1", "kind": "nps", "title": {"zh": "推荐吗", "en": "Recommend?"}, "required": True},
        {"key": "why", "kind": "text", "title": {"zh": "为什么", "en": "Why?"}, "show_if": "q1 <= 6"},
    ]}],
}  # fmt: skip


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def published(editor: Client, definition: dict[str, Any], **settings: Any) -> dict[str, Any]:
    made = ok(editor.post("/api/w/shop/surveys", json={"definition": definition, "settings": settings}), 201)
    found: dict[str, Any] = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    return found


def send(anybody: Client, link: str, response: str, answers: Any, **more: Any) -> Any:
    body = {"response": response, "answers": answers, **more}
    return anybody.post(f"/v1/surveys/{link}/responses", json=body)


def events(app: InProcess, key: str) -> list[dict[str, Any]]:
    served = app.home.named("shop")
    assert served is not None
    query = f"select * from events where source = 'survey:{key}' order by time, sequence"
    return [
        one | {"properties": json.loads(one["properties"])}
        for one in served.workspace.sql(query).to_pylist(maps_as_pydicts="strict")
    ]


def test_a_survey_from_its_draft_to_its_answers(app: InProcess, editor: Client, anybody: Client) -> None:
    made = ok(editor.post("/api/w/shop/surveys", json={"definition": DELIVERY}), 201)
    assert (made["state"], made["published"], made["findings"], made["questions"]) == ("draft", None, [], 2)
    assert anybody.get(f"/v1/surveys/{made['link']}").status_code == 404
    open_ = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    assert (open_["state"], open_["published"], open_["changed"]) == ("open", 1, False)
    asked = ok(anybody.get(f"/v1/surveys/{made['link']}?lang=zh"))
    assert (asked["language"], asked["version"], asked["survey"]["pages"]) == ("zh", 1, DELIVERY["pages"])
    assert "set-cookie" not in anybody.get(f"/v1/surveys/{made['link']}").headers
    link = made["link"]
    assert ok(send(anybody, link, "response-1", {}, state="started"))["state"] == "started"
    assert ok(send(anybody, link, "response-1", {"q1": 3}, state="partial", language="zh"))["answered"] == 1
    assert [one["event"] for one in events(app, "delivery")] == ["Survey Opened"], "what may still change is no event"
    whole = {"q1": 3, "why": "太慢了"}
    told = ok(send(anybody, link, "response-1", whole, language="zh", anonymous_id="dev-1", hidden={"order": "17"}))
    assert told == {"response": "response-1", "state": "complete", "answered": 2, "repeated": False, "follow": None}
    again = ok(send(anybody, link, "response-1", {"q1": 9}))
    assert (again["repeated"], again["state"]) == (True, "complete")
    opened, score, text, done = events(app, "delivery")
    assert opened["event"] == "Survey Opened"
    assert (score["event"], score["score"], score["scale"]) == ("Recommendation Given", 3.0, "nps")
    assert (text["event"], text["text"], text["language"]) == ("Comment Given", "太慢了", "zh")
    assert (done["event"], done["properties"]["answered"]) == ("Survey Completed", 2)
    for one in (score, text, done):
        assert (one["anonymous_id"], one["channel"], one["properties"]["order"]) == ("dev-1", "sms", "17")
        assert (one["properties"]["touchpoint"], one["properties"]["survey_version"]) == ("delivery", 1)
    counted = ok(editor.get(f"/api/w/shop/surveys/{made['id']}"))["responses"]
    assert (counted["started"], counted["complete"], counted["rate"]) == (1, 1, 1.0)
    changed = DELIVERY | {"title": {"zh": "送货", "en": "Parcels"}}
    body = {"definition": changed, "version": open_["version"]}
    put = ok(editor.put(f"/api/w/shop/surveys/{made['id']}", json=body))
    assert put["changed"] and ok(anybody.get(f"/v1/surveys/{link}"))["survey"]["title"]["en"] == "Delivery"
    assert editor.put(f"/api/w/shop/surveys/{made['id']}", json=body).status_code == 409
    assert ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))["published"] == 2
    assert ok(send(anybody, link, "response-2", {"q1": 9}, version=1))["state"] == "complete"
    assert events(app, "delivery")[-1]["properties"]["survey_version"] == 1, "whoever began with one ends with it"
    numbers = [one["number"] for one in ok(editor.get(f"/api/w/shop/surveys/{made['id']}/versions"))]
    assert numbers == [2, 1]
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/close"))
    refused = send(anybody, link, "response-3", {"q1": 9})
    assert (refused.status_code, refused.json()["code"]) == (410, "survey_closed")


def test_what_the_definition_does_not_allow_is_refused(editor: Client, anybody: Client) -> None:
    link = published(editor, DELIVERY | {"key": "refusing"})["link"]
    for answers, fields in (
        ({"q1": 11}, ["q1"]), ({}, ["q1"]), ({"q1": 9, "why": "x"}, ["why"]), ({"q1": 3, "age": 4}, ["age"]), (7, [""]),
    ):  # fmt: skip
        refused = send(anybody, link, "refused-1", answers)
        assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
        assert [one["field"] for one in refused.json()["problems"]] == fields
    assert send(anybody, link, "refused-1", {"q1": 3}, hidden={"who": "x"}).status_code == 422
    for body in (b"{", b"[]", b'{"response": "short"}', b'{"response": "long-enough", "cookie": 1}'):
        answer = anybody.post(f"/v1/surveys/{link}/responses", content=body)
        assert answer.status_code in (400, 422), body
    large = b'{"response": "' + b"x" * (256 << 10) + b'"}'
    assert anybody.post(f"/v1/surveys/{link}/responses", content=large).status_code == 413
    assert anybody.get("/v1/surveys/nothing").status_code == 404


def test_an_anonymous_answer_leads_to_nobody(app: InProcess, editor: Client, anybody: Client) -> None:
    made = published(editor, DELIVERY | {"key": "quiet", "anonymous": True})
    link, person = made["link"], {"customer": "id-of-ann"}
    ok(send(anybody, link, "response-of-ann", {"q1": 9}, anonymous_id="dev-of-ann"))
    token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json=person), 201)["invitation"]
    for state in ("partial", "complete"):
        ok(send(anybody, link, "second-of-ann", {"q1": 9}, invitation=token, state=state))
        with app.catalog.database.reading() as session:
            assert "of-ann" not in str(session.connection().exec_driver_sql("select * from survey_responses").all())
    ok(send(anybody, link, "second-of-ann", {"q1": 9}, invitation=token))
    used = send(anybody, link, "third-of-ann", {"q1": 9}, invitation=token)
    assert (used.status_code, used.json()["code"]) == (409, "invitation_used")
    told = json.dumps(events(app, "quiet"), default=str)
    assert "of-ann" not in told and told.count("Survey Completed") == 2


def test_only_sites_that_may_embed_it_read_it(editor: Client, anybody: Client) -> None:
    link = published(editor, DELIVERY | {"key": "embedded"}, embed=["https://shop.example"])["link"]
    for origin, allowed in (("https://shop.example", "https://shop.example"), ("https://evil.example", None)):
        answer = anybody.get(f"/v1/surveys/{link}", headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        first = anybody.request("OPTIONS", f"/v1/surveys/{link}/responses", headers=asked)
        assert first.headers.get("access-control-allow-origin") == allowed


def test_the_page_may_be_put_into_the_frames_of_these_sites_only(
    editor: Client, anybody: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "survey.html").write_text("<title>Survey</title>", "utf-8")
    monkeypatch.setattr(public, "FOLDER", tmp_path)
    framed = published(editor, DELIVERY | {"key": "framed"}, embed=["https://shop.example"])["link"]
    alone = published(editor, DELIVERY | {"key": "alone"})["link"]
    for link, ancestors in ((framed, "'self' https://shop.example"), (alone, "'none'")):
        page = anybody.get(f"/s/{link}")
        assert (page.status_code, page.text) == (200, "<title>Survey</title>")
        assert f"frame-ancestors {ancestors};" in page.headers["content-security-policy"]
        assert "set-cookie" not in page.headers


@pytest.mark.parametrize("name", PRESETS)
def test_presets_can_be_asked_as_they_are(editor: Client, anybody: Client, name: str) -> None:
    found = {one["name"]: one for one in ok(editor.get("/api/w/shop/surveys/presets?lang=zh"))}[name]
    assert found["definition"] == preset(name) and found["title"] and found["what"]
    checked = ok(editor.post("/api/w/shop/surveys/check", json={"definition": found["definition"]}))
    assert checked == {"sound": True, "findings": []}
    link = published(editor, found["definition"])["link"]
    assert ok(anybody.get(f"/v1/surveys/{link}"))["survey"]["key"] == found["definition"]["key"]


def test_definitions_are_checked_tried_and_taken_over(editor: Client) -> None:
    bad = {**DELIVERY, "pages": [{"questions": [{"key": "q1", "kind": "nps", "title": {"en": "?"}}]}]}
    found = ok(editor.post("/api/w/shop/surveys/check", json={"definition": bad}))
    assert [(one["place"], one["level"]) for one in found["findings"]] == [("pages[0].questions[0].title", "error")]
    tried = {"definition": DELIVERY, "answers": {"q1": 3}, "language": "en"}
    seen = ok(editor.post("/api/w/shop/surveys/preview", json=tried))
    assert (seen["shown"], len(seen["sheet"][0]["questions"])) == (["q1", "why"], 2)
    assert [one["event"] for one in seen["events"]] == ["Recommendation Given", "Survey Completed"]
    theirs = {"elements": [{"type": "rating", "name": "q1", "title": "?", "rateMin": 0, "rateMax": 10}]}
    taken = ok(editor.post("/api/w/shop/surveys/convert", json={"definition": theirs, "key": "visit"}))
    assert (taken["definition"]["key"], taken["definition"]["pages"][0]["questions"][0]["kind"]) == ("visit", "nps")
    draft = ok(editor.post("/api/w/shop/surveys", json={"definition": bad | {"key": "flawed"}}), 201)
    assert [one["level"] for one in draft["findings"]] == ["error"]
    assert editor.post(f"/api/w/shop/surveys/{draft['id']}/publish").json()["code"] == "survey_unsound"
    taken = editor.post("/api/w/shop/surveys", json={"definition": bad | {"key": "flawed"}})
    assert (taken.status_code, taken.json()["code"]) == (400, "survey_key_taken")


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with running(tmp_path) as server, server.signed_in() as browser:
        made = browser.post("/api/w/shop/surveys", json={"definition": DELIVERY}).json()
        browser.post(f"/api/w/shop/surveys/{made['id']}/publish")
        body = {"response": "response-1", "answers": {"q1": 9}}
        assert browser.post(f"/v1/surveys/{made['link']}/responses", json=body).status_code == 200
        server.kill()
    assert [one["event"] for one in stored(tmp_path / "shop")].count("Recommendation Given") == 1


def test_results_tell_each_answer_with_its_interval(app: InProcess, editor: Client, anybody: Client) -> None:
    asked = [
        {"key": "q1", "kind": "nps", "title": {"zh": "推荐", "en": "Recommend"}},
        {"key": "q2", "kind": "multi", "title": {"zh": "喜欢", "en": "Liked"}, "other": True,
         "options": [{"key": one, "text": {"zh": one, "en": one.upper()}} for one in ("a", "b")]},
        {"key": "q3", "kind": "matrix", "title": {"zh": "评", "en": "Rate"}, "points": 5,
         "rows": [{"key": one, "text": {"zh": one, "en": one.upper()}} for one in ("r", "s")]},
        {"key": "q4", "kind": "kano", "title": {"zh": "功能", "en": "Feature"},
         "functional": {"zh": "有", "en": "with"}, "dysfunctional": {"zh": "无", "en": "without"}},
        {"key": "q5", "kind": "number", "title": {"zh": "几", "en": "How many"}},
        {"key": "q6", "kind": "text", "title": {"zh": "说", "en": "Say"}},
        {"key": "q7", "kind": "consent", "category": "mail", "title": {"zh": "可以吗", "en": "May we"}},
        {"key": "q8", "kind": "maxdiff", "title": {"zh": "看重", "en": "Matters"}, "size": 3, "sets": 1,
         "options": [{"key": one, "text": {"zh": one, "en": one.upper()}} for one in ("a", "b", "c")]},
    ]  # fmt: skip
    made = published(editor, DELIVERY | {"key": "counted", "pages": [{"questions": asked}]})
    given: list[dict[str, Any]] = [
        {"q1": 10, "q2": ["a"], "q3": {"r": 5, "s": 1}, "q4": {"functional": "like", "dysfunctional": "neutral"},
         "q5": 2, "q6": "好", "q7": True, "q8": {"design": 3, "sets": {"1": {"best": "c", "worst": "a"}}}},
        {"q1": 10, "q2": ["a", {"other": "else"}], "q3": {"r": 3}, "q5": 4,
         "q8": {"design": 9, "sets": {"1": {"best": "c", "worst": "b"}}}},
        {"q1": 0, "q2": ["b"]},
        {"q1": 8},
    ]  # fmt: skip
    for number, answers in enumerate(given):
        ok(send(anybody, made["link"], f"counted-{number}", answers))
    found = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/results?lang=en"))
    assert found["responses"]["complete"] == 4
    nps, multi, matrix, kano, number, text, consent, traded = found["questions"]
    figure = nps["parts"][0]["figure"]
    assert (figure["measure"], figure["value"], figure["n"]) == ("nps", 25.0, 4)
    assert figure["low"] < 25 < figure["high"]
    assert {one["value"]: one["responses"] for one in nps["parts"][0]["answers"] if one["responses"]} == {
        "0": 1, "8": 1, "10": 2,
    }  # fmt: skip
    shares = {one["value"]: one for one in multi["parts"][0]["answers"]}
    assert {key: (one["title"], one["responses"]) for key, one in shares.items()} == {
        "a": ("A", 2), "b": ("B", 1), "other": ("other", 1),
    }  # fmt: skip
    share = shares["a"]  # Wilson of 2 of 3, worked out apart: (0.2077, 0.9385)
    assert [round(share[name], 4) for name in ("share", "low", "high")] == [0.6667, 0.2077, 0.9385]
    assert multi["texts"] == 1
    assert [(one["key"], one["answered"], one["figure"]["value"]) for one in matrix["parts"]] == [
        ("r", 2, 4.0), ("s", 1, 1.0),
    ]  # fmt: skip
    assert [one["value"] for one in kano["parts"][0]["answers"] if one["responses"]] == ["A"]
    assert number["parts"][0]["figure"]["value"] == 3.0
    assert (text["answered"], text["texts"], text["parts"]) == (1, 1, [])
    assert [(one["value"], one["responses"]) for one in consent["parts"][0]["answers"]] == [("true", 1), ("false", 0)]
    assert [(one["title"], one["figure"]["value"], one["answered"]) for one in traded["parts"]] == [
        ("C", 1.0, 2), ("A", -0.5, 2), ("B", -0.5, 2),
    ]  # fmt: skip
    assert [(one["value"], one["responses"], one["share"]) for one in traded["parts"][2]["answers"]] == [
        ("best", 0, 0.0), ("worst", 1, 0.5),
    ]  # fmt: skip
    later = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/results?since=2100-01-01T00:00:00Z"))
    assert [one["answered"] for one in later["questions"]] == [0] * 8
    assert later["questions"][0]["parts"][0]["answers"][0]["share"] is None, "nothing is not 0"
