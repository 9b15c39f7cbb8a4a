"""Quotas: as many responses of a kind as are wanted, and not one more, whoever sends at the same time."""

from __future__ import annotations

from typing import Any

from lvtu.voice.surveys import check
from service.inprocess import Client, InProcess
from service.test_surveys import DELIVERY, events, ok, published, send

ASKED = [
    {"key": "age", "kind": "number", "title": {"zh": "年龄", "en": "How old?"}, "required": True},
    {"key": "q1", "kind": "nps", "title": {"zh": "推荐吗", "en": "Recommend?"}},
]
CLOSING = {"zh": "这个年龄段已经够了", "en": "We have enough people of your age."}
QUOTAS = [{"key": "young", "when": "age < 30", "most": 3, "closing": CLOSING}, {"key": "all", "most": 5}]
TWO_PAGES = [{"questions": [one]} for one in ASKED]


def asking(key: str, **more: Any) -> dict[str, Any]:
    return DELIVERY | {"key": key, "hidden": [], "pages": TWO_PAGES, "quotas": QUOTAS, **more}


def test_not_one_more_is_taken_whoever_sends_at_once(app: InProcess, editor: Client, anybody: Client) -> None:
    made = published(editor, asking("crowded"))
    bodies = [{"response": f"crowd-{number:03}", "answers": {"age": 20}} for number in range(24)]
    codes = [one.status_code for one in anybody.posts(f"/v1/surveys/{made['link']}/responses", bodies)]
    assert sorted(codes) == [200] * 3 + [410] * 21
    done = [one["event"] for one in events(app, "crowded")]
    assert done.count("Survey Completed") == 3
    # Of another kind two more are taken; then there are enough in all.
    assert [send(anybody, made["link"], f"older-one-{number}", {"age": 40}).status_code for number in range(4)] == [
        200, 200, 410, 410,
    ]  # fmt: skip
    found = ok(editor.get(f"/api/w/shop/surveys/{made['id']}/results"))
    assert [(one["key"], one["complete"], one["most"]) for one in found["quotas"]] == [("young", 3, 3), ("all", 5, 5)]
    assert (found["responses"]["complete"], found["responses"]["screened"]) == (5, 0), "they were never begun"


def test_who_is_one_too_many_hears_it_as_soon_as_that_is_known(app: InProcess, editor: Client, anybody: Client) -> None:
    made = published(editor, asking("screened", quotas=[QUOTAS[0] | {"most": 1}]))
    link = made["link"]
    ok(send(anybody, link, "first-young", {"age": 20, "q1": 9}))
    ok(send(anybody, link, "second-young", {}, state="started"))
    told = send(anybody, link, "second-young", {"age": 25}, state="partial", language="zh")
    assert (told.status_code, told.json()["code"], told.json()["what"]) == (410, "survey_quota_full", CLOSING["zh"])
    again = send(anybody, link, "second-young", {"age": 45})
    assert (again.status_code, again.json()["code"]) == (410, "survey_quota_full"), "who says so later is not older"
    assert again.json()["what"] == "谢谢您！这一类答卷已经收齐。"
    repeated = ok(send(anybody, link, "first-young", {"age": 20, "q1": 9}))
    assert repeated["repeated"], "one that is there counts for what it was"
    ok(send(anybody, link, "an-older-one", {"age": 45}))
    tally = ok(editor.get(f"/api/w/shop/surveys/{made['id']}"))["responses"]
    assert (tally["complete"], tally["screened"], tally["open"]) == (2, 1, 0)
    with app.catalog.database.reading() as session:
        left = session.connection().exec_driver_sql("select given from survey_responses where state = 'screened'")
        assert left.all() == [(None,)], "nothing of it is kept"


def test_another_version_goes_on_counting(editor: Client, anybody: Client) -> None:
    made = published(editor, asking("versions", quotas=[QUOTAS[0] | {"most": 1}]))
    ok(send(anybody, made["link"], "first-young", {"age": 20}))
    body = {"definition": asking("versions", quotas=[QUOTAS[0] | {"most": 2}]), "version": made["version"]}
    ok(editor.put(f"/api/w/shop/surveys/{made['id']}", json=body))
    ok(editor.post(f"/api/w/shop/surveys/{made['id']}/publish"))
    codes = [send(anybody, made["link"], f"later-young-{number}", {"age": 20}).status_code for number in range(2)]
    assert codes == [200, 410]


def test_a_survey_ends_after_so_many_and_rests_after_so_many_a_day(editor: Client, anybody: Client) -> None:
    ends = published(editor, asking("ends", quotas=[]), most=2)["link"]
    bodies = [{"response": f"ending-one-{number}", "answers": {"age": 20}} for number in range(8)]
    codes = [one.status_code for one in anybody.posts(f"/v1/surveys/{ends}/responses", bodies)]
    assert sorted(codes) == [200, 200, *[410] * 6]
    assert anybody.get(f"/v1/surveys/{ends}").json()["code"] == "survey_closed"
    rests = published(editor, asking("rests", quotas=[]), daily=1)["link"]
    ok(send(anybody, rests, "begun-before", {}, state="started"))
    ok(send(anybody, rests, "first-of-all", {"age": 20}))
    refused = send(anybody, rests, "too-late-today", {}, state="started")
    assert (refused.status_code, refused.json()["code"]) == (410, "survey_rests")
    ok(send(anybody, rests, "begun-before", {"age": 20}))


def test_quotas_are_checked_with_the_rest() -> None:
    def flaws(*quotas: dict[str, Any]) -> list[tuple[str, str]]:
        return [(one.place, one.what.code) for one in check(asking("checked", quotas=[*quotas]))]

    assert flaws(*QUOTAS) == []
    assert flaws(QUOTAS[1], QUOTAS[1]) == [("quotas", "option_twice")]
    assert flaws({"key": "a", "most": 1, "when": "agee < 3"}) == [("quotas[0].when", "no_question")]
    assert flaws({"key": "a", "most": 1, "when": "q1 > 10"}) == [("quotas[0].when", "never_quota")]
    assert flaws({"key": "a", "most": 1, "closing": {"en": "Enough"}}) == [("quotas[0].closing", "language_missing")]
    assert flaws({"key": "a", "mots": 1}) == [("quotas[0].most", "lacks"), ("quotas[0].mots", "unknown_name")]
