"""A board: a question is kept on it, it is arranged and narrowed, and a link shows it until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import lvtu
from browser.conftest import WORKSPACE, Look, Seen, Served

_STEPS = ["Complaint Received", "Relief Given"]
_FUNNEL = {"analysis": "funnel", "steps": _STEPS}
_TREND = {"analysis": "trend", "period": "month"}

Board = Callable[..., str]


def _call(seen: Seen, method: str, path: str, body: Any = None) -> Any:
    """Ask the service as the page would."""
    ask = """async ([method, path, body]) => {
        const { csrf } = await (await fetch('/api/session')).json();
        const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
        const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
        const text = await answer.text();
        return text ? JSON.parse(text) : null;
    }"""
    return seen.page.evaluate(ask, [method, f"/api/w/{WORKSPACE}/{path}", body])


def _tile(id: str, question: dict[str, Any], x: int, **more: Any) -> dict[str, Any]:
    return {"id": id, "question": question, "x": x, "y": 0, "w": 6, "h": 4, **more}


@pytest.fixture
def counts(served: Served) -> list[int]:
    with lvtu.Workspace(served.folder) as ws:
        found: list[int] = ws.funnel(_STEPS).table["customers"].to_pylist()
    return found


@pytest.fixture
def board(look: Look) -> Iterator[Board]:
    """Makes a board of tiles; it is gone after the test."""
    made: list[str] = []

    def make(seen: Seen, *tiles: dict[str, Any], title: str = "Weekly") -> str:
        seen.go("boards")
        made.append(_call(seen, "POST", "boards", {"title": title, "tiles": list(tiles)})["id"])
        return made[-1]

    yield make
    with look() as seen:
        seen.go("boards")
        for kept in _call(seen, "GET", "boards"):
            if kept["id"] in made:
                _call(seen, "DELETE", f"boards/{kept['id']}")


def _places(seen: Seen, id: str) -> dict[str, tuple[int, int, int, int]]:
    tiles = _call(seen, "GET", f"boards/{id}")["board"]["tiles"]
    return {one["id"]: (one["x"], one["y"], one["w"], one["h"]) for one in tiles}


def _kept(page: Page) -> Any:
    return page.expect_response(lambda answer: answer.request.method == "PUT" and "/boards/" in answer.url)


def test_from_a_question_to_a_link_that_ends(look: Look, browser: Browser, served: Served, counts: list[int]) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f'explore/funnel?steps=["{_STEPS[0]}","{_STEPS[1]}"]')
        page.get_by_role("button", name="Save to a board").click()
        page.get_by_role("menuitem", name="A new board").click()
        page.get_by_label("Name").fill("Relief")
        page.get_by_role("dialog").get_by_role("button", name="Save to a board").click()
        expect(page.get_by_text("It is on “Relief” now")).to_be_visible()

        seen.go("boards")
        page.get_by_role("link", name="Relief").click()
        expect(page.get_by_role("heading", level=1, name="Relief")).to_be_visible()
        picture = page.get_by_role("application")
        expect(picture.get_by_text(f"{counts[1]:,}", exact=True).first).to_be_visible()

        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name="Create link").click()
        link = page.get_by_role("dialog").locator("code").first.inner_text()
        assert re.fullmatch(rf"{served.address}/shared/\S+", link)

        stranger = browser.new_context(locale="en-US").new_page()
        stranger.goto(link)
        expect(stranger.get_by_role("heading", level=1, name="Relief")).to_be_visible()
        expect(stranger.get_by_role("application").get_by_text(f"{counts[1]:,}", exact=True).first).to_be_visible()
        assert Seen(stranger, []).serious() == []

        page.get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("Links that work now")).to_be_hidden()
        stranger.reload()
        expect(stranger.get_by_text("This link has ended")).to_be_visible()
        expect(stranger.get_by_role("application")).to_be_hidden()
        stranger.context.close()


def test_tiles_move_and_grow_with_keys_and_with_the_mouse(look: Look, board: Board) -> None:
    with look("en") as seen:
        page = seen.page
        id = board(seen, _tile("a", _FUNNEL, 0, title="First"), _tile("b", _TREND, 6, title="Second"))
        seen.go(f"boards/{id}")
        with _kept(page):
            page.get_by_role("button", name="Resize “First”").press("ArrowDown")
        assert _places(seen, id)["a"] == (0, 0, 6, 5)
        with _kept(page):
            page.get_by_role("button", name="Move “First”").press("ArrowRight")
        assert _places(seen, id) == {"a": (1, 0, 6, 5), "b": (6, 5, 6, 4)}

        grip = page.get_by_role("button", name="Move “Second”")
        page.get_by_role("region", name="Second").hover()
        box = grip.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 1200, y - 900, steps=4)
        with _kept(page):
            page.mouse.up()
        assert _places(seen, id) == {"a": (1, 4, 6, 5), "b": (0, 0, 6, 4)}
        assert seen.serious() == []


def test_one_segment_lies_over_all_tiles(look: Look, board: Board, served: Served) -> None:
    with lvtu.Workspace(served.folder) as ws:
        segment = ws.segments()[0].key
        where = ws.segments()[0].condition
        counts = ws.funnel(_STEPS, where=where).table["customers"].to_pylist()
    with look("en") as seen:
        page = seen.page
        id = board(seen, _tile("a", _FUNNEL, 0, view="table"))
        seen.go(f"boards/{id}?segment={segment}")
        for n in counts:
            expect(page.get_by_role("cell", name=f"{n:,}", exact=True).first).to_be_visible()


def test_what_somebody_else_changed_is_not_written_over(look: Look, board: Board) -> None:
    with look("en") as seen:
        page = seen.page
        id = board(seen, _tile("a", _FUNNEL, 0, title="First"))
        seen.go(f"boards/{id}")
        theirs = _call(seen, "GET", f"boards/{id}")
        theirs["board"]["title"] = "Theirs"
        _call(seen, "PUT", f"boards/{id}", {"board": theirs["board"], "version": theirs["version"]})
        page.get_by_role("button", name="Resize “First”").press("ArrowDown")
        expect(page.get_by_text("Somebody else has just changed this board")).to_be_visible()
        page.get_by_role("button", name="Take theirs").click()
        expect(page.get_by_role("heading", level=1, name="Theirs")).to_be_visible()
        assert _places(seen, id)["a"] == (0, 0, 6, 4)
        assert [one for one in seen.complaints if "409" not in one] == []
        seen.complaints.clear()


def test_boards_are_put_in_order_with_keys_and_with_the_mouse(look: Look, board: Board) -> None:
    with look("en") as seen:
        page = seen.page
        ids = [board(seen, title=title) for title in ("One", "Two", "Three")]

        def kept() -> list[str]:
            return [one["name"] for one in _call(seen, "GET", "boards") if one["id"] in ids]

        seen.go("boards")
        grip = page.get_by_role("button", name="Move “Three”")
        with _kept(page):
            grip.press("ArrowLeft")
        assert kept() == ["One", "Three", "Two"]
        expect(grip).to_be_focused()
        page.get_by_role("link", name="Two").hover()
        box, aim = page.get_by_role("button", name="Move “Two”").bounding_box(), page.get_by_role("link", name="One")
        goal = aim.bounding_box()
        assert box is not None
        assert goal is not None
        page.mouse.move(box["x"] + 8, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(goal["x"] + 20, goal["y"] + 20, steps=4)
        with _kept(page):
            page.mouse.up()
        assert kept() == ["Two", "One", "Three"]
        page.reload()
        names = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
        expect(names.last).to_have_text("Three")
        assert names.all_inner_texts()[-3:] == ["Two", "One", "Three"]
        assert seen.serious() == []


def test_a_deleted_board_comes_back(look: Look, board: Board) -> None:
    with look("en") as seen:
        page = seen.page
        board(seen, _tile("a", _FUNNEL, 0), title="Short-lived")
        seen.go("boards")
        page.get_by_role("button", name="More for “Short-lived”").click()
        page.get_by_role("menuitem", name="Delete").click()
        expect(page.get_by_role("link", name="Short-lived")).to_be_hidden()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("link", name="Short-lived")).to_be_visible()
        boards = _call(seen, "GET", "boards")
        (kept,) = [one for one in boards if one["name"] == "Short-lived"]
        assert kept["board"]["tiles"][0]["question"] == _FUNNEL
        _call(seen, "DELETE", f"boards/{kept['id']}")
