"""A map is made in the editor: written, pasted, split, moved by hand and by keys, taken back, by two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import lvtu
from browser.conftest import WORKSPACE, Look, Seen, Served

_ASK = """async ([method, path, body]) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
}"""

_BOTH = {"zh": "慢", "en": "Slow"}


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    return page.evaluate(_ASK, [method, f"/api/w/{WORKSPACE}/maps{path}", body])


def document(page: Page, id: str) -> dict[str, Any]:
    """The map as the service has it, once nothing is on its way to it."""
    expect(page.locator("section[aria-busy=true]")).to_have_count(0)
    found: dict[str, Any] = call(page, "GET", f"/{id}")["document"]
    return found


@pytest.fixture
def editing(look: Look) -> Iterator[tuple[Seen, str]]:
    """The editor of a new map: two stages of two steps, the lanes of a new map."""
    with look("en") as seen:
        page = seen.page
        seen.go("overview")
        id = call(page, "POST", "/new", {"title": {"zh": "搬家", "en": "Moving house"}})["id"]
        stage = {"key": "settle", "name": {"zh": "安顿", "en": "Settle"}}
        steps = [("pack", "stage-1", "Pack"), ("drive", "settle", "Drive"), ("unpack", "settle", "Move in")]
        call(page, "POST", f"/{id}/edits", {"edit": "several", "edits": [
            {"edit": "put", "part": "stages", "made": [stage]},
            *({"edit": "add_step", "step": {"key": key, "stage": of, "name": name}} for key, of, name in steps),
        ]})  # fmt: skip
        seen.go(f"maps/{id}/edit")
        expect(page.get_by_role("columnheader", name="Pack")).to_be_visible()
        yield seen, id
        call(page, "DELETE", f"/{id}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def cell(page: Page, row: int, col: int) -> Any:
    return page.locator(f"[role=row][data-row='{row}'] [data-cell='{col}']")


def card(page: Page, text: str) -> Any:
    return page.locator("article", has_text=text)


def texts(map_: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["lane"], one["step"], one["text"]["en"]) for one in map_.get("cards", ())]


def test_e21_a_map_is_begun_with_nothing_and_filled_by_the_keys_alone(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("maps")
        page.get_by_role("button", name="New map").first.click()
        page.get_by_label("Title").fill("Opening an account")
        page.keyboard.press("Enter")
        expect(page.get_by_role("columnheader", name="First step")).to_be_visible()
        id = page.url.rsplit("/", 2)[1]
        page.keyboard.type("Look for a branch")
        press(page, "Enter")
        expect(card(page, "Look for a branch")).to_be_visible()
        page.keyboard.type("Queue")  # another card below it
        press(page, "Enter", "ArrowUp")
        press(page, "F2", "End")
        page.keyboard.type(" in the old town")
        press(page, "Enter", "ArrowUp")  # the step above
        page.keyboard.type("Go there")
        press(page, "Enter", "ArrowUp", "F2")
        page.keyboard.type(" of all")
        press(page, "Enter")
        expect(page.get_by_role("columnheader", name="First stage of all")).to_be_visible()
        made = document(page, id)
        assert texts(made) == [
            ("customer", "step-1", "Look for a branch in the old town"), ("customer", "step-1", "Queue"),
        ]  # fmt: skip
        assert made["steps"][0]["name"] == {"zh": "第一个步骤", "en": "Go there"}, "the other language is kept"
        press(page, "ArrowDown", "ArrowDown", "ArrowDown", "Delete")
        expect(card(page, "Queue")).to_have_count(0)
        call(page, "DELETE", f"/{id}")


def test_e21_a_table_from_a_spreadsheet_fills_cells(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = 'Sort\t"Tape\nand ""boxes"""\r\n\tVan\r\n'
    page.evaluate("text => navigator.clipboard.writeText(text)", table)
    cell(page, 0, 0).click()
    press(page, "Control+v")
    expect(card(page, "boxes")).to_be_visible()
    assert texts(document(page, id)) == [
        ("customer", "step-1", "Sort"), ("customer", "pack", 'Tape\nand "boxes"'), ("touchpoints", "pack", "Van"),
    ]  # fmt: skip
    press(page, "Control+a", "Control+c")
    copied = page.evaluate("() => navigator.clipboard.readText()").replace("\r", "")
    assert copied.split("\n\t")[0] == 'Sort\t"Tape\nand ""boxes"""\t\t'
    # One that has no room says so, and the map grows where that is wanted.
    page.evaluate("text => navigator.clipboard.writeText(text)", "a\tb\tc\td\te")
    press(page, "Control+Home", "Control+v")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 step")
    dialog.get_by_role("button", name="Add and paste all").click()
    expect(page.get_by_role("columnheader", name="New step 1")).to_be_attached()
    made = document(page, id)
    assert len(made["steps"]) == 5 and texts(made)[-1] == ("customer", made["steps"][4]["key"], "e")
    press(page, "Control+z")
    expect(page.get_by_role("columnheader", name="New step 1")).to_have_count(0)
    assert len(document(page, id)["steps"]) == 4


def test_e21_a_step_is_split_and_its_cards_stay(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    call(page, "POST", f"/{id}/edits", {"edit": "put", "part": "cards", "made": [
        {"key": "a", "lane": "pains", "step": "pack", "text": "No boxes"},
    ]})  # fmt: skip
    expect(card(page, "No boxes")).to_be_visible()  # made in another tab, it arrives
    page.get_by_role("columnheader", name="Pack").click()
    press(page, "Shift+F10")
    page.get_by_role("menuitem", name="Split step…").click()
    page.get_by_label("Part 2").fill("Label")
    page.get_by_role("dialog").get_by_role("button", name="Split").click()
    expect(page.get_by_role("columnheader", name="Label")).to_be_visible()
    made = document(page, id)
    assert [step["name"]["en"] for step in made["steps"]] == ["First step", "Pack", "Label", "Drive", "Move in"]
    assert texts(made) == [("pains", "pack", "No boxes")]
    assert made["lineage"][0]["former"] == ["pack"]
    # Two that are selected become one again.
    page.get_by_role("columnheader", name="Pack").click()
    page.get_by_role("columnheader", name="Label").click(modifiers=["Shift"], button="left")
    page.get_by_role("columnheader", name="Label").click(button="right")
    page.get_by_role("menuitem", name="Merge selected steps").click()
    expect(page.get_by_role("columnheader", name="Label")).to_have_count(0)
    assert [step["key"] for step in document(page, id)["steps"]] == ["step-1", "pack", "drive", "unpack"]


def test_e21_cards_steps_and_lanes_move_by_hand_and_by_keys(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    cell(page, 0, 0).click()
    page.keyboard.type("Plan")
    press(page, "Enter")
    note = card(page, "Plan")
    note.hover()
    page.mouse.down()
    goal = page.locator("[role=row][data-row='2']").bounding_box()
    assert goal is not None
    page.mouse.move(goal["x"] + 140 + 156 * 2.5, goal["y"] + 20, steps=8)
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(cell(page, 2, 2).locator("article")).to_contain_text("Plan")
    assert texts(document(page, id)) == [("thoughts", "drive", "Plan")]
    press(page, "Alt+ArrowRight", "Alt+ArrowUp")
    expect(cell(page, 1, 3).locator("article")).to_contain_text("Plan")
    press(page, "Alt+ArrowRight")  # it cannot go further
    assert texts(document(page, id)) == [("touchpoints", "unpack", "Plan")]
    press(page, "Alt+ArrowLeft", "Alt+Shift+ArrowRight")
    assert document(page, id)["cards"][0]["until"] == "unpack"
    # Its edge is drawn back to one step.
    box = card(page, "Plan").bounding_box()
    assert box is not None and box["width"] > 250
    page.mouse.move(box["x"] + box["width"], box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 10, steps=6)
    page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('article').offsetWidth < 160")
    assert "until" not in document(page, id)["cards"][0]
    # A step goes to the other stage, a lane up.
    step = page.get_by_role("columnheader", name="Pack")
    target = page.get_by_role("columnheader", name="Move in").bounding_box()
    assert target is not None
    step.hover()
    page.mouse.down()
    page.mouse.move(target["x"] + 130, target["y"] + 10, steps=8)
    page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_function("() => document.querySelectorAll('[data-step]')[3].dataset.step === 'pack'")
    assert [(one["key"], one["stage"]) for one in document(page, id)["steps"]][-1] == ("pack", "settle")
    page.get_by_role("rowheader", name="Thoughts").click()
    press(page, "Alt+ArrowUp", "Alt+ArrowUp")
    assert next(iter(document(page, id)["lanes"]))["key"] == "thoughts"
    expect(page.locator("[aria-live=polite]").first).to_have_text("Moved")


def test_e21_what_was_done_is_taken_back_and_done_again(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    cell(page, 0, 0).click()
    for text in ("one", "two", "three"):
        page.keyboard.type(text)
        press(page, "Enter")
    expect(card(page, "three")).to_be_visible()
    press(page, "Control+z", "Control+z")
    expect(page.locator("article")).to_have_count(1)
    press(page, "Control+Shift+z")
    expect(page.locator("article")).to_have_count(2)
    assert [text for _, _, text in texts(document(page, id))] == ["one", "two"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("article")).to_have_count(1)


def test_e21_two_people_do_not_write_over_each_other(editing: tuple[Seen, str], served: Served) -> None:
    seen, id = editing
    page = seen.page
    made = [{"key": "a", "lane": "customer", "step": "pack", "text": _BOTH}]
    call(page, "POST", f"/{id}/edits", {"edit": "put", "part": "cards", "made": made})
    expect(card(page, "Slow")).to_be_visible()
    card(page, "Slow").dblclick()
    page.keyboard.type("er")
    expect(page.get_by_role("toolbar", name="Format")).to_be_visible()
    with lvtu.open(served.folder) as ws:
        bo = ws.maps[id]
        bo.edit("change", part="cards", key="a", fields={"text": "Painful"}, by="Bo")
        bo.edit("put", part="cards", made=[{"lane": "customer", "step": "drive", "text": "From Bo"}], by="Bo")
    press(page, "Enter")
    expect(page.get_by_text("Bo has changed “Slow / 慢” meanwhile — your change")).to_be_visible()
    expect(card(page, "Painful")).to_be_visible()
    expect(card(page, "From Bo")).to_be_visible()
    assert ("customer", "pack", "Painful") in texts(document(page, id))
    assert all("409" in one for one in seen.complaints)
    seen.complaints.clear()


def test_e3_lanes_are_added_locked_folded_and_chosen(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("menuitem", name="Add lane").click()
    page.get_by_role("dialog").get_by_role("button", name="Backstage: people").click()
    lane = page.get_by_role("rowheader", name="Backstage: people")
    expect(lane).to_be_visible()
    assert document(page, id)["lanes"][1]["label"] == {"zh": "后台员工", "en": "Backstage: people"}
    lane.click()
    press(page, "Shift+F10")
    page.get_by_role("menuitem", name="Lock lane").click()
    cell_of_lane = page.locator("[role=row][data-row='1'] [role=gridcell]")
    press(page, "ArrowRight")
    page.keyboard.type("x")
    expect(page.get_by_text("“Backstage: people” is locked").first).to_be_visible()
    expect(cell_of_lane.locator("article")).to_have_count(0)
    page.get_by_role("button", name="Fold “Touchpoints”").click()
    expect(page.get_by_role("button", name="Unfold “Touchpoints”")).to_be_visible()
    page.get_by_label("Lanes shown").select_option("blueprint")
    expect(page.get_by_role("rowheader", name="Pains")).to_have_count(0)
    expect(lane).to_be_visible()
    assert "show=blueprint" in page.url
    assert seen.serious() == []


def test_f5_a_card_says_what_it_is_with_a_picture_and_evidence(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    cell(page, 0, 0).click()
    page.keyboard.type("**Queue** at the [till](https://a.example)")
    press(page, "Enter", "Control+Enter")
    panel = page.get_by_role("complementary", name="Details")
    panel.get_by_label("Kind").select_option("pain")
    panel.get_by_label("Department").fill("Tills")
    panel.get_by_label("May fail").check()
    panel.locator("summary", has_text="Picture").click()
    with page.expect_file_chooser() as choosing:
        panel.get_by_role("button", name="Choose a picture").click()
    png = page.screenshot(clip={"x": 0, "y": 0, "width": 60, "height": 40})
    choosing.value.set_files({"name": "queue.png", "mimeType": "image/png", "buffer": png})
    panel.get_by_label("What it shows").fill("A long queue")
    panel.get_by_text("Evidence (0)").click()
    panel.get_by_role("button", name="Add evidence").click()
    panel.get_by_label("Title").last.fill("Visit of 3 May")
    panel.get_by_label("Department").focus()
    expect(card(page, "Queue").locator("img[alt='A long queue']")).to_be_visible()
    expect(card(page, "Queue").locator("strong")).to_have_text("Queue")
    made = document(page, id)["cards"][0]
    assert (made["kind"], made["owner"], made["marks"], made["alt"]["en"]) == (
        "pain",
        "Tills",
        ["fail"],
        "A long queue",
    )
    assert made["evidence"] == [{"kind": "observation", "title": "Visit of 3 May"}]
    width = page.evaluate("document.querySelector('article img').naturalWidth")
    assert width == 60, "the picture comes back"
    assert seen.serious() == []
    svg = page.request.get(f"/api/w/{WORKSPACE}/maps/{id}/picture?lang=en").text()
    assert "**" not in svg and "https://a.example" not in svg and "Queue" in svg
