"""A map is written in the editor: by keys, pasted, taken back, by two people at once."""

from __future__ import annotations

from playwright.sync_api import expect

import lvtu
from browser.conftest import Look, Seen, Served, call, discard
from browser.editing import card, cell, document, press, texts

_AS_EXCEL = """text => navigator.clipboard.write([new ClipboardItem({
    'text/plain': new Blob([text], {type: 'text/plain'}),
    'text/html': new Blob(
        ['<table><tr><td>Sort</td><td>Tape<br>and "boxes"</td></tr><tr><td></td><td>Van</td></tr></table>'],
        {type: 'text/html'}),
})])"""
"""Puts a table on the clipboard as Excel does: as a table of HTML, and as text with tabs, where a cell of several lines
stands in quotes."""

_BOTH = {"zh": "慢", "en": "Slow"}


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
        discard(page, id)


def test_e21_a_table_from_a_spreadsheet_fills_cells(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = 'Sort\t"Tape\nand ""boxes"""\r\n\tVan\r\n'
    page.evaluate(_AS_EXCEL, table)
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


def test_e21_undo_says_what_it_takes_back(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Do again"))
    expect(undo).to_have_attribute("aria-disabled", "false")  # the steps of the fixture
    expect(redo).to_have_attribute("aria-disabled", "true")
    page.keyboard.type("Wrap the plates")
    press(page, "Enter")
    undo.hover()
    told = call(page, "GET", f"/{id}/undoable?lang=en")
    assert "Wrap the plates" in told["undo"] and told["redo"] is None
    expect(page.get_by_role("tooltip")).to_contain_text(f"Undo: {told['undo']}")
    undo.click()
    expect(card(page, "Wrap the plates")).to_have_count(0)
    expect(redo).to_have_attribute("aria-disabled", "false")
    redo.hover()
    expect(page.get_by_role("tooltip").last).to_contain_text(f"Do again: {told['undo']}")
    undo.click()
    expect(undo).to_have_attribute("aria-disabled", "true")
    page.keyboard.type("Typed on")  # the keys stayed with the grid
    press(page, "Enter")
    expect(card(page, "Typed on")).to_be_visible()
    expect(redo).to_have_attribute("aria-disabled", "true")
