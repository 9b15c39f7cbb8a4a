"""Insights over HTTP: from the inbox and from interviews, by role, in both languages, forgotten to the last byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import lvtu
from contract.decoding import leaks
from lvtu.catalog.roles import Role
from lvtu.service.audit.trail import key_of
from service.inprocess import Client, InProcess, serving

AT, INBOX, TALKS = "/api/w/shop/insights", "/api/w/shop/inbox", "/api/w/shop/interviews"
SAID = "😀 退款等了两个星期，打电话 +86 138 0013 8000 也没人接"
TALK = "访谈者：您当时怎么退的货？\n客户：找了半天入口。\n访谈者：后来呢？\n客户：后来写信才办成，太折腾了。"


@pytest.fixture
def app(tmp_path: Any) -> Iterator[InProcess]:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([
            {"message_id": "t1", "user_id": "bo", "event": "Ticket Created", "time": "2026-03-02T08:00:00Z",
             "text": "refund?"},
            {"message_id": "r1", "user_id": "zelda-4711", "event": "Review Posted", "time": "2026-03-01T08:00:00Z",
             "text": SAID, "scale": "stars5", "score": 1},
            {"user_id": "zelda-4711", "event": "Signed In", "time": "2026-02-01T08:00:00Z"},
        ])  # fmt: skip
        ws.save_model(ws.model("five-stage"))
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def client(app: InProcess) -> Client:
    return app.local()


def ok(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def comment(client: Client, words: str) -> str:
    [one] = ok(client.get(INBOX, params={"search": words}))["said"]
    return str(one["id"])


def highlighted(client: Client, words: str, **more: Any) -> dict[str, Any]:
    kept = ok(client.post(TALKS, json={"title": "退货访谈", "text": TALK, "date": "2026-05-01", **more}))
    start = kept["text"].index(words)
    mark = {"start": start, "end": start + len(words), "quote": words}
    return dict(ok(client.post(f"{TALKS}/{kept['id']}/highlights", json=mark)))


def test_from_the_inbox_into_an_insight(client: Client) -> None:
    id = comment(client, "两个星期")
    start = SAID.index("等了两个星期")
    made = ok(client.post(f"{AT}?lang=zh", json={
        "title": "退款太慢", "place": {"step": "退款"}, "quotes": [
            {"source": "comment", "comment": id, "words": "等了两个星期", "start": start}],
    }))  # fmt: skip
    [quote] = made["quotes"]
    assert (quote["words"], quote["start"], quote["end"]) == ("等了两个星期", start, start + 6)
    assert (quote["kind"]["name"], quote["comment"], quote["time"]) == ("评价", id, "2026-03-01T08:00:00+00:00")
    assert quote["speaker_name"] == f"说话人 {quote['speaker']}" and "zelda" not in json.dumps(made)
    line = ok(client.get(f"/api/w/shop/customers/{quote['customer']}"))
    assert line["id"] == "zelda-4711", "who quotes somebody can open their time line"
    events = ok(client.get(f"/api/w/shop/customers/{quote['customer']}/timeline"))["events"]
    assert [one["text"] for one in events if one["place"] == quote["place"]] == [SAID], "and at that moment"
    assert made["reliability"]["text"] == "依据：1 句原话，1 位说话人，来自评价"
    assert (made["reliability"]["value"], made["reliability"]["level_name"]) == (10.0, "线索")
    again = ok(client.post(f"{AT}/{made['id']}/quotes", json={"source": "comment", "comment": id}))
    assert [one["words"] for one in again["quotes"]] == ["等了两个星期", SAID]
    assert again["reliability"]["text"] == "based on 2 quotes by 1 speaker, from review"
    listed = ok(client.get(AT, params={"comment": id}))
    assert [(one["title"], one["quoted"]) for one in listed["insights"]] == [("退款太慢", SAID)]
    assert ok(client.get(AT, params={"comment": "0"}))["insights"] == []
    for search, found in (("两个星期", 1), ("没有", 0)):
        assert len(ok(client.get(AT, params={"search": search}))["insights"]) == found
    assert {one["key"] for one in listed["choices"]["stages"]} and listed["choices"]["topics"]


def test_an_insight_is_kept_with_all_of_its_quotes_or_not_at_all(client: Client) -> None:
    quotes = [
        {"source": "comment", "comment": comment(client, "refund?")},
        {"source": "highlight", "highlight": "none"},
    ]
    answer = client.post(AT, json={"title": "A", "quotes": quotes})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_highlight")
    quotes[1] = {"source": "comment", "comment": quotes[0]["comment"], "words": "Refund"}
    answer = client.post(AT, json={"title": "A", "quotes": quotes})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_said")
    assert ok(client.get(AT))["total"] == 0
    made = ok(client.post(AT, json={"title": "A"}))
    answer = client.post(f"{AT}/{made['id']}/quotes", json={"source": "comment", "comment": "99"})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_message")
    answer = client.put(f"{AT}/{made['id']}", json={"title": "A", "version": 1, "place": {"stage": "x"}})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_stage")


def test_from_an_interview_whose_words_move(client: Client) -> None:
    kept = highlighted(client, "太折腾了", customer="zelda-4711")
    made = ok(client.post(AT, json={"title": "退货太折腾"}))
    of = {"source": "highlight", "highlight": kept["highlights"][0]["id"]}
    made = ok(client.post(f"{AT}/{made['id']}/quotes?lang=en", json=of))
    made = ok(client.post(f"{AT}/{made['id']}/quotes", json={"source": "comment", "comment": comment(client, "退款")}))
    talk, review = made["quotes"]
    assert (talk["kind"]["key"], talk["title"], talk["shown"], talk["time"]) == (
        "interview",
        "退货访谈",
        "2026-05-01",
        None,
    )
    assert talk["stands"] == {"start": talk["start"], "end": talk["end"]} and talk["comment"] is None
    assert talk["speaker"] == review["speaker"], "the customer of the interview is the one who wrote the review"
    assert made["reliability"]["speakers"] == 1 and len(made["reliability"]["sources"]) == 2

    def edited(text: str) -> dict[str, Any]:
        body = ok(client.get(f"{TALKS}/{kept['id']}"))
        sent = {name: body[name] for name in ("title", "form", "date", "customer", "citation", "version")}
        ok(client.put(f"{TALKS}/{kept['id']}", json=sent | {"text": text}))
        return dict(ok(client.get(f"{AT}/{made['id']}"))["quotes"][0])

    moved = edited("（记录者注）\n" + TALK)
    assert moved["start"] == talk["start"], "where it stood then is kept"
    assert ("（记录者注）\n" + TALK)[moved["stands"]["start"] : moved["stands"]["end"]] == "太折腾了"
    ok(client.delete(f"{TALKS}/{kept['id']}/highlights/{of['highlight']}"))
    assert ok(client.get(f"{AT}/{made['id']}"))["quotes"][0]["stands"] == moved["stands"]
    lost = edited(TALK.replace("太折腾了", "费劲"))
    assert (lost["stands"], lost["words"]) == (None, "太折腾了"), "what was said then stays what was said then"
    assert [one["id"] for one in ok(client.get(AT, params={"interview": kept["id"]}))["insights"]] == [made["id"]]
    ok(client.delete(f"{TALKS}/{kept['id']}"))
    gone = ok(client.get(f"{AT}/{made['id']}"))
    assert (gone["quotes"][0]["words"], gone["quotes"][0]["gone"]) == (None, "removed")
    assert gone["history"][0]["what"] == "removed" and gone["gone"] == 1 and gone["reliability"]["quotes"] == 1


@pytest.mark.parametrize(("form", "kind"), [("note", "observation"), ("document", "document")])
def test_what_kind_of_evidence_a_text_is(client: Client, form: str, kind: str) -> None:
    kept = highlighted(client, "找了半天入口", form=form)
    quotes = [{"source": "highlight", "highlight": kept["highlights"][0]["id"]}]
    made = ok(client.post(AT, json={"title": "A", "quotes": quotes}))
    assert made["quotes"][0]["kind"]["key"] == kind and made["quotes"][0]["customer"] is None


def test_readers_see_what_they_may_and_change_nothing(app: InProcess, client: Client) -> None:
    id = comment(client, "两个星期")
    made = ok(client.post(AT, json={
        "title": "Write to ann@example.com", "quotes": [{"source": "comment", "comment": id}]}))  # fmt: skip
    viewer, analyst = (app.person(f"{role.name}@example.com", shop=role) for role in (Role.viewer, Role.analyst))
    seen = ok(viewer.get(f"{AT}/{made['id']}"))
    assert "8000" in made["quotes"][0]["words"] and "0013" not in json.dumps(seen, ensure_ascii=False)
    assert "ann@example.com" not in json.dumps(seen) and "ann@example.com" in json.dumps(made)
    assert ok(viewer.get(AT, params={"search": "0013"}))["insights"] == [], "nor can it be spelt out by searching"
    for format in ("md", "csv", "json"):
        text = viewer.get(f"{AT}/export", params={"format": format}).text
        assert "两个星期" in text and "0013" not in text and "zelda" not in text
    for method, address in (("POST", AT), ("PUT", f"{AT}/{made['id']}"), ("DELETE", f"{AT}/{made['id']}")):
        assert viewer.request(method, address, json={"title": "B", "version": 1}).status_code == 403
    changed = ok(analyst.put(f"{AT}/{made['id']}?lang=en", json={"title": "B", "state": "confirmed", "version": 1}))
    assert [one["text"] for one in changed["history"]][:2] == [
        "changed the state from draft to confirmed", "changed the title from “Write to ann@example.com” to “B”",
    ]  # fmt: skip
    ok(client.put(f"{AT}/{made['id']}", json={"title": "B", "state": "confirmed", "version": 2, "owner": "Us"}))
    told = ok(client.get(f"{AT}/{made['id']}?lang=en"))["history"]
    assert told[0]["text"] == "set the owner to Us" and told[-1]["text"] == "wrote this insight down"
    late = client.put(f"{AT}/{made['id']}", json={"title": "C", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_by_another")
    ok(analyst.delete(f"{AT}/{made['id']}/quotes/{made['quotes'][0]['id']}"))
    assert client.delete(f"{AT}/{made['id']}/quotes/{made['quotes'][0]['id']}").status_code == 404
    ok(analyst.delete(f"{AT}/{made['id']}"))
    assert client.get(f"{AT}/{made['id']}").status_code == 404
    entries = ok(client.get("/api/w/shop/audit"))["entries"]
    done = {"post_insights", "put_insights", "delete_insights", "delete_insights_quotes"}
    assert {f"audit.{one}" for one in done} <= {key_of(one["action"]) for one in entries}


def test_the_forgotten_are_forgotten_here_too(app: InProcess, client: Client, tmp_path: Any) -> None:
    id, kept = comment(client, "两个星期"), highlighted(client, "太折腾了", customer="zelda-4711")
    quotes = [
        {"source": "comment", "comment": id},
        {"source": "highlight", "highlight": kept["highlights"][0]["id"]},
        {"source": "comment", "comment": comment(client, "refund?")},
    ]
    made = ok(client.post(AT, json={"title": "Ask zelda-4711", "quotes": quotes}))
    served = app.home.named("shop")
    assert served is not None
    served.workspace.forget("zelda-4711")
    seen = ok(client.get(f"{AT}/{made['id']}?lang=en"))
    assert [(one["words"], one["gone"]) for one in seen["quotes"]] == [
        (None, "forgotten"), (None, "forgotten"), ("refund?", None),
    ]  # fmt: skip
    assert seen["quotes"][0]["gone_text"] == "(the customer was forgotten; the words are gone)"
    assert seen["title"] == "Ask (erased)" and seen["quotes"][0]["customer"] is None
    assert seen["history"][0] == seen["history"][0] | {"what": "forgotten", "by_name": ""}
    assert ok(client.get(f"{TALKS}/{kept['id']}"))["customer"] == "(erased)"
    answer = client.post(f"{AT}/{made['id']}/quotes", json=quotes[0])
    assert answer.status_code == 404, "a page that was open before cannot bring the words back"
    assert leaks(tmp_path / "shop", ["zelda-4711", "两个星期"]) == []
