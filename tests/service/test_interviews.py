"""Interviews and documents over HTTP: kept, highlighted, coded; places hold through edits and masks."""

from __future__ import annotations

import csv
import io
import random
import re
import threading
import wave
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import lvtu
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import RecordingRow
from pdfs import pdf
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
    from lvtu.voice.interviews.models import NewHighlight

    served = app.home.named("shop")
    assert served is not None
    access = Access(served, Role.owner, app.catalog.people.local(), app.catalog)
    errors: list[Exception] = []

    def mark(word: str) -> None:
        start = kept["text"].index(word)
        try:
            service.highlight(access, kept["id"], NewHighlight(start=start, end=start + len(word), quote=word), "en")
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


VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v 访谈者>您当时怎么退的货？\n\n"
    "00:00:05.500 --> 00:00:09.000\n<v 王芳>我是王芳，找了半天入口，\n\n"
    "00:01:09.000 --> 00:01:12.000\n<v 王芳>太折腾了。\n\n"
    "00:02:00.000 --> 00:02:02.000\n<v 访谈者>后来呢？\n\n"
    "01:00:02.000 --> 01:00:03.000\n<v 王芳>=打了热线，态度很好。\n"
)


def read(client: Client, name: str, data: bytes) -> httpx.Response:
    return client.post(f"{AT}/read", files={"file": (name, data)})


def test_subtitles_are_read_and_quotes_know_who_and_when(client: Client) -> None:
    found = read(client, "退货.vtt", VTT.encode()).json()
    assert (found["title"], found["form"], found["file"]) == ("退货", "interview", "退货.vtt")
    assert [(one["name"], one["pseudonym"], one["turns"], one["asks"]) for one in found["who"]] == [
        ("访谈者", "访谈者", 2, True),
        ("王芳", "P1", 2, False),
    ]
    assert client.get(AT, params={"search": "退货.vtt"}).json() == [], "nothing is kept by looking"
    draft = {name: found[name] for name in ("title", "form", "text", "times", "pages", "file", "sha256", "citation")}
    kept = client.post(AT, json={**draft, "date": "2026-05-01"}).json()
    assert [(turn["speaker"], turn["time"]) for turn in kept["turns"]] == [
        ("访谈者", 1.0), ("P1", 5.5), ("访谈者", 120.0), ("P1", 3602.0),
    ]  # fmt: skip
    mark = marked(client, kept, "太折腾了", codes=["effort"], colour="pink")["highlights"][0]
    assert (mark["speaker"], mark["time"], mark["colour"], mark["date"]) == ("P1", 69.0, "pink", "2026-05-01")
    body = {name: kept[name] for name in ("title", "form", "date", "customer", "citation")}
    named = {**body, "text": "（开场）\n" + kept["text"], "speakers": [{"name": "王芳", "pseudonym": "王女士"}]}
    after = client.put(f"{AT}/{kept['id']}", json={**named, "version": kept["version"] + 1}).json()
    (moved,) = after["highlights"]
    assert (moved["id"], moved["speaker"], moved["time"]) == (mark["id"], "王女士", 69.0)
    assert after["text"][moved["start"] : moved["end"]] == "太折腾了"
    assert [turn["time"] for turn in after["turns"]] == [1.0, 5.5, 120.0, 3602.0]


def test_who_only_looks_sees_pseudonyms(client: Client, app: InProcess) -> None:
    kept = client.post(AT, json={"title": "王芳的访谈", "text": VTT}).json()
    marked(client, kept, "我是王芳，找了半天", note="王芳很生气")
    seen = app.person("mo@example.com", shop=Role.viewer).get(f"{AT}/{kept['id']}").json()
    assert "王芳" not in str(seen)
    (mark,) = seen["highlights"]
    assert mark["quote"] == seen["text"][mark["start"] : mark["end"]] == "我是P1，找了半天"
    assert [seen["text"][turn["start"] : turn["end"]][:2] for turn in seen["turns"]] == ["您当", "我是", "后来", "=打"]


def test_quotes_are_taken_along(client: Client, app: InProcess) -> None:
    kept = client.post(AT, json={"title": "带走", "text": VTT, "date": "2026-05-02"}).json()
    kept = marked(client, kept, "=打了热线", codes=["care", "phone"], note="好")
    paper = "退货流程是抱怨最多的环节。其次是等待的时间，客户说得很清楚。"
    cited = {"author": "李雷", "url": "https://example.org/a", "published": "2024", "accessed": "2026-05-03"}
    report = brought(client, paper, form="document", pages=[[0, 1], [13, 2]], citation=cited)
    report = marked(client, report, paper[15:20], codes=["care"])
    where = {"code": "care", "search": "", "lang": "zh"}
    told = {
        form: client.get(f"{QUOTES}/export", params={**where, "format": form}) for form in ("csv", "json", "markdown")
    }
    ours = [one for one in told["json"].json() if one["interview"] in (kept["id"], report["id"])]
    assert [(one["quote"], one["speaker"], one["time"], one["page"]) for one in ours] == [
        ("=打了热线", "P1", "1:00:02", None),
        (paper[15:20], None, None, 2),
    ]
    for one, text in zip(ours, (kept, report), strict=True):
        assert text["text"][one["start"] : one["end"]] == one["quote"]
        assert one["id"] == text["highlights"][0]["id"]
    assert ours[1]["source"] == "李雷. 退货访谈. 2024. 第 2 页. https://example.org/a（2026-05-03 查阅）"
    rows = list(csv.DictReader(io.StringIO(told["csv"].content.decode("utf-8-sig"))))
    first = next(row for row in rows if row["id"] == ours[0]["id"])
    assert (first["quote"], first["codes"], first["date"]) == ("'=打了热线", "care; phone", "2026-05-02"), "no formula"
    assert f"`[{ours[1]['id']}:15-20]`" in told["markdown"].text
    only = client.get(f"{QUOTES}/export", params={"format": "json", "interview": report["id"]}).json()
    assert [one["id"] for one in only] == [ours[1]["id"]]
    viewer = app.person("vi@example.com", shop=Role.viewer)
    assert "李雷" in viewer.get(f"{QUOTES}/export", params={"format": "markdown"}).text


def test_a_code_is_renamed_everywhere(client: Client) -> None:
    kept = marked(client, brought(client), "太折腾了", codes=["hassel", "queue"], colour="green")
    marked(client, brought(client), "客服态度很好", codes=["hassel"], colour="blue")
    told = client.post(f"{QUOTES}/codes", json={"code": "hassel", "becomes": "queue"}).json()
    (queue,) = [one for one in told["codes"] if one["code"] == "queue"]
    assert queue == {"code": "queue", "colour": "blue", "highlights": 2, "interviews": 2}
    assert client.get(f"{AT}/{kept['id']}").json()["highlights"][0]["codes"] == ["queue"], "once"
    gone = client.post(f"{QUOTES}/codes", json={"code": "hassel", "becomes": "x"})
    assert gone.status_code == 404 and gone.json()["code"] == "unknown_code"


def test_files_that_cannot_be_read_say_why(client: Client) -> None:
    for name, data, code in (
        ("a.xlsx", b"PK", "unread_file"), ("a.txt", b" \n", "file_without_text"),
        ("a.txt", b"a" * 400_001, "text_too_long"), ("a.pdf", b"%PDF-1.4 nothing", "pdf_broken"),
        ("a.docx", b"no zip", "docx_broken"), ("a.pdf", pdf([""]), "scanned_pdf"),
    ):  # fmt: skip
        answer = read(client, name, data)
        assert (answer.status_code, answer.json()["code"]) == (400, code), answer.text
    assert client.post(f"{AT}/read", content=b"x" * 16_000_000).status_code in (400, 413)
    late = client.post(AT, json={"title": "x", "text": "abc", "pages": [[9, 1]]})
    assert late.status_code == 422, "a page begins within the text"


def test_forgetting_somebody_leaves_the_marks_in_their_places(client: Client, app: InProcess) -> None:
    served = app.home.named("shop")
    assert served is not None
    served.workspace.ingest([{"user_id": "zoe@example.com", "event": "Visit", "time": "2026-01-01T00:00:00Z"}])
    kept = brought(client, "Zoe, zoe@example.com, waited two weeks. She waited two weeks.", customer="zoe@example.com")
    kept = marked(client, kept, "waited two weeks. She")
    served.workspace.forget("zoe@example.com")
    after = client.get(f"{AT}/{kept['id']}").json()
    assert "zoe@example.com" not in str(after)
    (mark,) = after["highlights"]
    assert after["text"][mark["start"] : mark["end"]] == mark["quote"] == "waited two weeks. She"


def spoken(seconds: int = 3) -> bytes:
    """A recording, as another library writes one."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(random.Random(1).randbytes(16_000 * seconds))
    return out.getvalue()


def test_d9_a_recording_is_kept_beside_the_text_and_heard_in_parts(client: Client, app: InProcess) -> None:
    kept, sound = brought(client), spoken(80)
    at = f"{AT}/{kept['id']}/recording"
    assert kept["recording"] is None and client.get(at).status_code == 404
    told = client.put(at, files={"file": ("王芳 5月.wav", sound)})
    assert told.status_code == 200, told.text
    assert told.json()["recording"] == {"name": "王芳 5月.wav", "type": "audio/wav", "bytes": len(sound)}
    whole = client.get(at)
    assert whole.content == sound and whole.headers["content-type"] == "audio/wav"
    heard = b""
    while len(heard) < len(sound):
        part = client.get(at, headers={"Range": f"bytes={len(heard)}-"})
        assert part.status_code == 206
        first, last, of = (int(one) for one in re.findall(r"\d+", part.headers["content-range"]))
        assert (first, last, of) == (len(heard), len(heard) + len(part.content) - 1, len(sound))
        heard += part.content
    assert heard == sound and client.get(at, headers={"Range": f"bytes={len(sound)}-"}).status_code == 416
    refused = client.put(at, files={"file": ("a.mp3", b"MZ not a sound")})
    assert refused.status_code == 400 and refused.json()["code"] == "no_recording"
    viewer = app.person("ears@example.com", shop=Role.viewer)
    assert viewer.get(at).status_code == 403 and viewer.get(f"{AT}/{kept['id']}").json()["recording"] is None
    assert client.delete(at).json()["recording"] is None and client.get(at).status_code == 404
    client.put(at, files={"file": ("b.wav", sound)})
    assert client.delete(f"{AT}/{kept['id']}").status_code == 204
    with app.catalog.database.reading() as session:
        assert session.get(RecordingRow, kept["id"]) is None


def test_d9_who_is_forgotten_is_heard_no_more(client: Client, app: InProcess) -> None:
    """Nobody can be taken out of what is heard, so it goes with them; what others said stays."""
    served = app.home.named("shop")
    assert served is not None
    served.workspace.ingest([{"user_id": "quiet-kim", "event": "Visit", "time": "2026-01-01T00:00:00Z"}])
    theirs, others = brought(client, customer="quiet-kim"), brought(client, customer="yan")
    for one in (theirs, others):
        client.put(f"{AT}/{one['id']}/recording", files={"file": ("talk.wav", spoken())})
    served.workspace.forget("quiet-kim")
    assert client.get(f"{AT}/{theirs['id']}").json()["recording"] is None
    assert client.get(f"{AT}/{others['id']}/recording").content == spoken()
