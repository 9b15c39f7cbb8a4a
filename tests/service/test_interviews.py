"""Interviews and documents over HTTP: kept, highlighted, coded; places hold through edits and masks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, serving

AT, QUOTES = "/api/w/shop/interviews", "/api/w/shop/highlights"
TEXT = (
    "访谈者：您当时怎么退的货？\n客户：找了半天入口，最后写信给 ann@example.com 才办成，太折腾了。\n"
    "访谈者：后来呢？\n客户：😀 客服态度很好。"
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        lvtu.open(home / name).close()
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def client(app: InProcess) -> Client:
    return app.local()


def brought(client: Client, text: str = TEXT, **more: Any) -> dict[str, Any]:
    answer = client.post(AT, json={"title": "退货访谈", "text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def marked(client: Client, kept: dict[str, Any], quote: str, **more: Any) -> dict[str, Any]:
    start = kept["text"].index(quote)
    answer = client.post(
        f"{AT}/{kept['id']}/highlights", json={"start": start, "end": start + len(quote), "quote": quote, **more}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_transcript_is_read_and_marked(client: Client) -> None:
    kept = brought(client, date="2026-05-01", customer="ann")
    assert [turn["speaker"] for turn in kept["turns"]] == ["访谈者", "客户", "访谈者", "客户"]
    marked(client, kept, "客服态度很好", codes=["service"])
    kept = marked(client, kept, "太折腾了", codes=["returns", "effort"], note="入口太深")
    first, second = kept["highlights"]
    assert (first["quote"], first["speaker"], first["codes"]) == ("太折腾了", "客户", ["returns", "effort"])
    assert first["sentiment"] < 0 < second["sentiment"]
    for mark in kept["highlights"]:
        assert kept["text"][mark["start"] : mark["end"]] == mark["quote"], "places are code points, behind an emoji too"
    told = client.put(f"{AT}/{kept['id']}/highlights/{second['id']}", json={"codes": ["care"], "note": "好"}).json()
    assert told["highlights"][1]["codes"] == ["care"]
    quotes = client.get(QUOTES, params={"code": "effort"}).json()
    assert [one["quote"] for one in quotes["highlights"]] == ["太折腾了"]
    assert {one["code"] for one in quotes["codes"]} == {"returns", "effort", "care"}
    row = client.get(AT, params={"search": "入口"}).json()[0]
    assert (row["id"], row["highlights"], row["speakers"]) == (kept["id"], 2, ["访谈者", "客户"])
    assert client.get(AT, params={"form": "document"}).json() == []


def test_highlights_go_where_their_words_go(client: Client) -> None:
    kept = marked(client, brought(client), "太折腾了", codes=["effort"])
    kept = marked(client, kept, "客服态度很好")
    body = {name: kept[name] for name in ("title", "form", "date", "customer", "citation", "version")}
    text = "（记录者注）\n" + TEXT.replace("客服态度很好", "客服很好")
    after = client.put(f"{AT}/{kept['id']}", json={**body, "text": text}).json()
    first, lost = after["highlights"]
    assert after["text"][first["start"] : first["end"]] == "太折腾了" and first["codes"] == ["effort"]
    assert lost["start"] is None and lost["quote"] == "客服态度很好", "what was said is not thrown away"
    again = client.put(f"{AT}/{kept['id']}", json={**body, "text": TEXT, "version": after["version"]}).json()
    assert [again["text"][mark["start"] : mark["end"]] for mark in again["highlights"]] == [
        "太折腾了",
        "客服态度很好",
    ]
    late = client.put(f"{AT}/{kept['id']}", json={**body, "text": TEXT})
    assert late.status_code == 409 and late.json()["code"] == "changed_by_another"


def test_what_does_not_fit_is_told(client: Client) -> None:
    kept = brought(client)
    wrong = client.post(f"{AT}/{kept['id']}/highlights", json={"start": 0, "end": 2, "quote": "客户"})
    assert wrong.status_code == 400 and wrong.json()["code"] == "quote_elsewhere"
    assert client.post(AT, json={"title": "x", "text": ""}).status_code == 422
    assert (
        client.post(AT, json={"title": "x", "text": "y", "citation": {"url": "javascript:alert(1)"}}).status_code == 422
    )
    for answer in (client.get(f"{AT}/none"), client.delete(f"{AT}/{kept['id']}/highlights/none"),
                   client.get(f"/api/w/hotel/interviews/{kept['id']}")):  # fmt: skip
        assert answer.status_code == 404, answer.text


def test_several_mark_at_once(client: Client, app: InProcess) -> None:
    kept = brought(client, "one two three four five six seven eight")
    words = kept["text"].split()
    assert client.delete(
        f"{AT}/{kept['id']}/highlights/{marked(client, kept, 'one')['highlights'][0]['id']}"
    ).is_success
    from lvtu.service.access import Access
    from lvtu.service.interviews import service
    from lvtu.service.interviews.schemas import NewHighlight

    served = app.home.named("shop")
    assert served is not None
    access = Access(served, Role.owner, app.catalog.people.local(), app.catalog)
    errors: list[Exception] = []

    def mark(word: str) -> None:
        start = kept["text"].index(word)
        try:
            service.highlight(access, kept["id"], NewHighlight(start=start, end=start + len(word), quote=word))
        except Exception as error:  # told below
            errors.append(error)

    threads = [threading.Thread(target=mark, args=(word,)) for word in words[:4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = client.get(f"{AT}/{kept['id']}").json()["highlights"]
    assert not errors and sorted(one["quote"] for one in found) == sorted(words[:4])


def test_who_only_looks_sees_no_addresses(client: Client, app: InProcess) -> None:
    kept = marked(client, brought(client, customer="ann@example.com"), "客服态度很好")
    viewer = app.person("eve@example.com", shop=Role.viewer)
    seen = viewer.get(f"{AT}/{kept['id']}").json()
    assert "ann@example.com" not in str(seen)
    (mark,) = seen["highlights"]
    assert seen["text"][mark["start"] : mark["end"]] == "客服态度很好"
    assert [seen["text"][turn["start"] : turn["end"]][:4] for turn in seen["turns"]] == [
        "您当时怎",
        "找了半天",
        "后来呢？",
        "😀 客服",
    ]
    assert viewer.post(AT, json={"title": "x", "text": "y"}).status_code == 403
    assert viewer.delete(f"{AT}/{kept['id']}").status_code == 403


def test_removed_is_gone(client: Client) -> None:
    kept = brought(client, form="document", citation={"author": "Li", "url": "https://example.org/a"})
    assert client.get(f"{AT}/{kept['id']}").json()["citation"]["author"] == "Li"
    assert client.delete(f"{AT}/{kept['id']}").status_code == 204
    assert client.get(f"{AT}/{kept['id']}").status_code == 404
