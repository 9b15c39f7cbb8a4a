"""Comments on maps: said about their parts, by everybody who may look; named people are told; threads are settled."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from itertools import pairwise

import pytest

import lvtu
from lvtu.catalog.roles import Role
from service.inprocess import Client, InProcess, eventually, serving
from service.mailbox import Mailbox, mailbox
from service.test_presence import MAP

__all__ = ["mailbox"]

BELL = "/api/w/shop/bell"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    home = tmp_path_factory.mktemp("home")
    for name in ("shop", "hotel"):
        lvtu.open(home / name).close()
    with serving(home) as app:
        yield app


@pytest.fixture(scope="module")
def people(app: InProcess) -> dict[str, Client]:
    """Somebody of each role, by the name of the role."""
    return {role.name: app.person(f"{role.name}@example.com", shop=role) for role in Role}


@pytest.fixture
def map_(people: dict[str, Client]) -> str:
    made = people["editor"].post("/api/w/shop/maps", json=MAP)
    return f"/api/w/shop/maps/{made.json()['id']}"


def id_of(client: Client) -> str:
    return str(client.get("/api/me").json()["id"])


def said(client: Client, map_: str, body: str, part: str = "cards", key: str = "c1", **more: object) -> str:
    made = client.post(f"{map_}/comments", json={"part": part, "key": key, "body": body, **more})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_threads_stand_at_their_parts_and_follow_them(map_: str, people: dict[str, Client]) -> None:
    viewer, editor = people["viewer"], people["editor"]
    of_card = said(viewer, map_, "  Is this so everywhere? ")
    answered = editor.post(f"{map_}/comments/{of_card}/replies?lang=en", json={"body": "In the south"}).json()
    assert [(one["body"], one["yours"]) for one in answered["comments"]] == [
        ("Is this so everywhere?", False), ("In the south", True),
    ]  # fmt: skip
    assert (answered["part"], answered["key"], answered["called"], answered["name"]) == (
        "cards", "c1", "card", "Another queue?",
    )  # fmt: skip
    for part, key in (("map", ""), ("stages", "buy"), ("steps", "pay"), ("lanes", "said"), ("cells", "said/pay")):
        said(viewer, map_, f"about {part}", part, key)
    told = viewer.get(f"{map_}/comments?lang=zh").json()
    assert [(one["part"], one["called"], one["name"]) for one in told["threads"]] == [
        ("cells", "单元格", "Thoughts · Pay"), ("lanes", "泳道", "Thoughts"), ("steps", "步骤", "Pay"),
        ("stages", "阶段", "Buy"), ("map", "旅程地图", "网购"), ("cards", "卡片", "Another queue?"),
    ]  # fmt: skip
    parts = [{"key": "scan", "name": "Scan"}, {"key": "ok", "name": "OK"}]
    editor.post(f"{map_}/edits", json={"edit": "split_step", "step": "pay", "parts": parts})
    editor.post(f"{map_}/edits", json={"edit": "remove", "part": "cards", "keys": ["c1"]})
    places = {one["part"]: one["key"] for one in viewer.get(f"{map_}/comments").json()["threads"]}
    assert places == {"cells": "said/scan", "lanes": "said", "steps": "scan", "stages": "buy", "map": "", "cards": None}
    for part, key in (("steps", "none"), ("cells", "said/none"), ("cells", "pay/said"), ("cards", "c1")):
        refused = viewer.post(f"{map_}/comments", json={"part": part, "key": key, "body": "?"})
        assert refused.status_code == 404, (part, key)


def test_who_may_do_what(map_: str, people: dict[str, Client], app: InProcess) -> None:
    viewer, analyst, editor, admin = (people[name] for name in ("viewer", "analyst", "editor", "admin"))
    one, other = said(viewer, map_, "Mine"), said(analyst, map_, "Theirs")
    words = {"body": "Otherwise"}
    assert analyst.put(f"{map_}/comments/{one}", json=words).json()["code"] == "not_your_comment"
    assert admin.put(f"{map_}/comments/{one}", json=words).json()["code"] == "not_your_comment"
    changed = viewer.put(f"{map_}/comments/{one}", json=words).json()["comments"][0]
    assert changed["body"] == "Otherwise" and changed["edited"] is not None
    # Settling: whoever began it, and editors.
    settled = {"resolved": True}
    assert viewer.put(f"{map_}/comments/{other}/settled", json=settled).json()["code"] == "not_your_thread"
    assert viewer.put(f"{map_}/comments/{one}/settled", json=settled).json()["resolver"]["name"] == "v•••@e•••.com"
    assert editor.put(f"{map_}/comments/{other}/settled", json=settled).json()["resolved"] is not None
    assert editor.put(f"{map_}/comments/{other}/settled", json={"resolved": False}).json()["resolved"] is None
    # Taking away: one's own, and admins.
    assert editor.delete(f"{map_}/comments/{one}").json()["code"] == "not_your_comment"
    assert admin.delete(f"{map_}/comments/{one}").status_code == 204
    assert [one["id"] for one in viewer.get(f"{map_}/comments").json()["threads"]] == [other]
    guest = app.person("guest@example.com", hotel=Role.owner)
    assert guest.get(f"{map_}/comments").status_code == 404


def test_what_was_answered_leaves_its_place(map_: str, people: dict[str, Client]) -> None:
    viewer, editor = people["viewer"], people["editor"]
    one = said(viewer, map_, "Wrong")
    reply = editor.post(f"{map_}/comments/{one}/replies", json={"body": "Why?"}).json()["comments"][1]["id"]
    viewer.delete(f"{map_}/comments/{one}")
    (thread,) = viewer.get(f"{map_}/comments").json()["threads"]
    assert [one["body"] for one in thread["comments"]] == ["", "Why?"]
    editor.delete(f"{map_}/comments/{reply}")
    viewer.delete(f"{map_}/comments/{one}")
    assert viewer.get(f"{map_}/comments").json()["threads"] == []


def test_whoever_is_named_finds_it(map_: str, people: dict[str, Client]) -> None:
    viewer, analyst = people["viewer"], people["analyst"]
    one = said(viewer, map_, "What do you say, @analyst?", mentions=[id_of(analyst)])
    told = analyst.get(f"{BELL}?lang=en").json()["items"][0]
    assert (told["id"], told["kind"], told["about"]) == (one, "mentioned", "cards/c1")
    assert (told["title"], told["body"], told["read"]) == ("Shopping", "What do you say, @analyst?", False)
    assert told["author"]["name"] == "viewer@example.com"
    assert one not in [said["id"] for said in viewer.get(BELL).json()["items"]]
    before = analyst.get(f"{BELL}/new").json()["new"]
    assert analyst.post(f"{BELL}/read", json={"ids": [one]}).json()["new"] == before - 1
    assert analyst.get(BELL).json()["items"][0]["read"] is True
    viewer.put(f"{map_}/comments/{one}", json={"body": "Never mind"})
    assert one not in [said["id"] for said in analyst.get(BELL).json()["items"]]
    stranger = viewer.post(f"{map_}/comments", json={"part": "map", "body": "?", "mentions": ["nobody"]})
    assert (stranger.status_code, stranger.json()["code"]) == (404, "unknown_person")


def test_others_learn_of_it_at_once(map_: str, people: dict[str, Client]) -> None:
    viewer, editor = people["viewer"], people["editor"]

    def stamp() -> str:
        return str(editor.post(f"{map_}/here", json={"tab": "stamps"}).json()["said"])

    seen = [stamp()]
    one = said(viewer, map_, "One")
    seen.append(stamp())
    viewer.put(f"{map_}/comments/{one}", json={"body": "Two"})
    seen.append(stamp())
    editor.put(f"{map_}/comments/{one}/settled", json={"resolved": True})
    seen.append(stamp())
    editor.put(f"{map_}/comments/{one}/settled", json={"resolved": False})
    seen.append(stamp())
    assert all(a != b for a, b in pairwise(seen)), seen
    assert stamp() == seen[-1]


def test_viewers_read_no_addresses_in_comments(map_: str, people: dict[str, Client]) -> None:
    said(people["editor"], map_, "Ask zoe@example.org, 138 0013 8000")
    assert "zoe@example.org" in people["analyst"].get(f"{map_}/comments").text
    assert "zoe@example.org" not in people["viewer"].get(f"{map_}/comments").text


def test_comments_go_with_their_map(map_: str, people: dict[str, Client], app: InProcess) -> None:
    editor, analyst = people["editor"], people["analyst"]
    said(editor, map_, "@analyst", mentions=[id_of(analyst)])
    before = analyst.get(f"{BELL}/new").json()["new"]
    assert editor.delete(map_).status_code == 204
    assert analyst.get(f"{BELL}/new").json()["new"] == before - 1
    shop = app.home.named("shop")
    assert shop is not None
    assert app.catalog.comments(shop.id).of_map(map_.rpartition("/")[2]) == []


def test_an_e_mail_goes_where_the_workspace_sends_any(
    map_: str, people: dict[str, Client], mailbox: tuple[Mailbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LVTU_WEBHOOK_PRIVATE", "1")
    viewer, analyst, owner = people["viewer"], people["analyst"], people["owner"]
    analyst.put("/api/me", json={"name": "Lin", "language": "zh", "zone": ""})
    said(viewer, map_, "Nobody is told by e-mail yet", mentions=[id_of(analyst)])
    box, port = mailbox
    smtp = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "Shop <shop@example.com>"}
    assert owner.put("/api/w/shop/asking", json={"smtp": smtp}).status_code == 200
    said(viewer, map_, "请看一下", mentions=[id_of(analyst), id_of(viewer)])
    (envelope,) = eventually(lambda: box.got)
    letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert letter["To"] == "analyst@example.com"
    assert "提到了您" in str(letter["Subject"])
    text = letter.get_content()
    assert "请看一下" in text and f"{map_.rpartition('/')[2]}?panel=comments" in text
