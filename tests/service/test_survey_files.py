"""Files as answers: looked at, kept with the response, read by those only who may, gone with whose they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lvtu.catalog.columns import now
from lvtu.catalog.erasing import erase
from lvtu.catalog.roles import Role
from lvtu.service.surveys.files import safe_name, type_of
from service.inprocess import Client, InProcess
from service.test_surveys import DELIVERY, events, ok, published, send

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels of a box"
PHOTO = {"key": "photo", "kind": "file", "title": {"zh": "照片", "en": "A photo"}, "megabytes": 1, "files": 2}


def asking(key: str, **more: Any) -> dict[str, Any]:
    return DELIVERY | {"key": key, "hidden": [], "pages": [{"questions": [PHOTO | more]}]}


def upload(anybody: Client, link: str, content: bytes, name: str, response: str = "response-1", **more: str) -> Any:
    asked = {"response": response, "question": "photo", "name": name} | more
    return anybody.post(f"/v1/surveys/{link}/files", params=asked, content=content)


def test_a_file_is_sent_answered_with_and_saved(app: InProcess, editor: Client, anybody: Client) -> None:
    made = published(editor, asking("photos"))
    link, address = made["link"], f"/api/w/shop/surveys/{made['id']}/files"
    kept = ok(upload(anybody, link, PNG, "../盒子.png"))
    assert kept == {"file": kept["file"], "name": "盒子.png", "type": "image/png", "bytes": len(PNG)}
    given_up = ok(upload(anybody, link, PNG, "other.png"))
    assert ok(editor.get(address, params={"question": "photo"})) == []
    assert editor.get(f"{address}/{kept['file']}").status_code == 404, "no response holds it yet"
    ok(send(anybody, link, "response-1", {"photo": [kept]}, anonymous_id="dev-1"))
    (told,) = ok(editor.get(address, params={"question": "photo"}))
    assert told.items() >= kept.items()
    saved = editor.get(f"{address}/{kept['file']}")
    assert (saved.content, saved.headers["content-type"]) == (PNG, "image/png")
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''%E7%9B%92%E5%AD%90.png"
    assert (
        saved.headers["x-content-type-options"] == "nosniff" and "sandbox" in saved.headers["content-security-policy"]
    )
    assert editor.get(f"{address}/{given_up['file']}").status_code == 404
    event = next(one for one in events(app, "photos") if one["event"] == "Files Given")
    assert (event["properties"]["answer"], event["properties"]["files"]) == (["盒子.png"], [kept["file"]])
    for client, status in ((app.person("v@example.com", shop=Role.viewer), 403), (anybody, 401)):
        assert client.get(f"{address}/{kept['file']}").status_code == status
    with app.catalog.database.reading() as session:
        rows = session.connection().exec_driver_sql("select id, whose from survey_files").all()
        assert rows == [(kept["file"], "dev-1")], "what was given up is gone"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03", "photo.png"), (b"\x7fELF\x02\x01", "photo.jpg"), (b"PK\x03\x04", "a.docx"),
        (b"#!/bin/sh\nrm -rf /", "note.txt"), (b"<html><script>1</script>", "note.txt"), (b"<svg onload=1>", "a.svg"),
        (b"", "empty.txt"), (b"GIF89a", "a.gif"), (b"hello", "a.txt"),
    ],
)  # fmt: skip
def test_what_is_not_asked_for_is_refused(editor: Client, anybody: Client, content: bytes, name: str) -> None:
    listed = {one["key"]: one["link"] for one in ok(editor.get("/api/w/shop/surveys"))}
    link = listed.get("refusing") or published(editor, asking("refusing"))["link"]
    refused = upload(anybody, link, content, name)
    assert (refused.status_code, refused.json()["code"]) == (400, "file_kind")


def test_what_a_file_is_follows_from_what_is_in_it() -> None:
    assert type_of(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.exe") == "image/webp"
    assert type_of("值,数\n".encode("utf-8-sig"), "A.CSV") == "text/csv"
    assert type_of(b"\xff\xfe\x00", "a.txt") is None and type_of(b"a\x00b", "a.txt") is None
    assert safe_name("photo\u202egnp.exe", "image/png") == "photognp.exe.png"
    assert safe_name("C:\\boxes\\a?.PNG", "image/png") == "a_.PNG"
    assert safe_name("...", "text/plain") == "file.txt" and len(safe_name("x" * 500, "application/pdf")) < 130


def test_only_what_was_sent_for_an_answer_is_one(editor: Client, anybody: Client) -> None:
    link = published(editor, asking("claims"))["link"]
    mine = ok(upload(anybody, link, PNG, "a.png"))
    for wrong in (mine | {"file": "0" * 32}, mine | {"name": "b.png"}, mine | {"bytes": 3}):
        refused = send(anybody, link, "response-1", {"photo": [wrong]})
        assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "photo.1.file")
    assert send(anybody, link, "response-2", {"photo": [mine]}).status_code == 422, "another one sent it"
    assert upload(anybody, link, b"x" * ((1 << 20) + 1), "a.txt").status_code == 413
    assert upload(anybody, link, PNG, "a.png", question="q1").json()["code"] == "no_such_file_question"
    codes = [upload(anybody, link, PNG, "a.png").status_code for _ in range(9)]
    assert codes.count(200) == 7 and codes[-1] == 400, "for two files, eight tries"
    repeated = [ok(send(anybody, link, "response-1", {"photo": [mine]}))["repeated"] for _ in range(2)]
    assert repeated == [False, True]


def test_files_go_with_whose_they_are_and_when_nobody_wants_them(
    app: InProcess, editor: Client, anybody: Client
) -> None:
    made = published(editor, asking("going"))
    token = ok(editor.post(f"/api/w/shop/surveys/{made['id']}/tokens", json={"customer": "ann"}), 201)["invitation"]
    kept = ok(upload(anybody, made["link"], PNG, "a.png"))
    ok(send(anybody, made["link"], "response-1", {"photo": [kept]}, invitation=token))
    left = ok(upload(anybody, made["link"], PNG, "b.png", response="response-2"))
    assert app.catalog.files.drop_unclaimed(now() - timedelta(hours=1)) == 0
    assert app.catalog.files.drop_unclaimed(now() + timedelta(hours=1)) >= 1
    assert send(anybody, made["link"], "response-2", {"photo": [left]}).status_code == 422
    served = app.home.named("shop")
    assert served is not None

    def without(value: Any) -> Any:
        return {name: "…" if one == "ann" else one for name, one in value.items()}

    assert app.catalog.files.content(made["id"], kept["file"])[1] == PNG
    erase(app.catalog.database, served.id, without)
    assert editor.get(f"/api/w/shop/surveys/{made['id']}/files/{kept['file']}").status_code == 404
