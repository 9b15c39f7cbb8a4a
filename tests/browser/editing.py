"""How tests work in the editor of a map: by keys, by the pointer, and what is there then."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from browser.conftest import call, two_frames


def document(page: Page, id: str) -> dict[str, Any]:
    """The map as the service has it, once nothing is on its way to it."""
    expect(page.locator("section[aria-busy=true]")).to_have_count(0)
    found: dict[str, Any] = call(page, "GET", f"/{id}")["document"]
    return found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drag(page: Page, what: Locator, to: Locator, at: tuple[float, float] = (0.5, 0.5)) -> None:
    """Take something with the pointer, and let it go over something else, at a part of its width and height."""
    goal = to.bounding_box()
    assert goal is not None
    what.hover()
    page.mouse.down()
    page.mouse.move(goal["x"] + at[0] * goal["width"], goal["y"] + at[1] * goal["height"], steps=6)
    two_frames(page)  # in which the mark comes to where it goes
    page.mouse.up()


def cell(page: Page, row: int, col: int) -> Any:
    return page.locator(f"[role=row][data-row='{row}'] [data-cell='{col}']")


def card(page: Page, text: str) -> Any:
    return page.locator("article", has_text=text)


def texts(map_: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["lane"], one["step"], one["text"]["en"]) for one in map_.get("cards", ())]
