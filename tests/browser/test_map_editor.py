"""A map is made in the editor: written, pasted, split, moved by hand and by keys, taken back, by two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import lvtu
from browser.conftest import SCORED, WORKSPACE, Look, Seen, Served, heard
from lvtu.maps.library import blank

_ASK = """async ([method, path, body]) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
}"""

_AS_EXCEL = """text => navigator.clipboard.write([new ClipboardItem({
    'text/plain': new Blob([text], {type: 'text/plain'}),
    'text/html': new Blob(
        ['<table><tr><td>Sort</td><td>Tape<br>and "boxes"</td></tr><tr><td></td><td>Van</td></tr></table>'],
        {type: 'text/html'}),
})])"""
"""Puts a table on the clipboard as Excel does: as a table of HTML, and as text with tabs, where a cell of several lines
stands in quotes."""

_BOTH = {"zh": "慢", "en": "Slow"}


def call(page: Page, method: str, path: str, body: Any = None, workspace: str = WORKSPACE) -> Any:
    return page.evaluate(_ASK, [method, f"/api/w/{workspace}/maps{path}", body])


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


def drag(page: Page, what: Locator, to: Locator, at: tuple[float, float] = (0.5, 0.5)) -> None:
    """Take something with the pointer, and let it go over something else, at a part of its width and height."""
    goal = to.bounding_box()
    assert goal is not None
    what.hover()
    page.mouse.down()
    page.mouse.move(goal["x"] + at[0] * goal["width"], goal["y"] + at[1] * goal["height"], steps=6)
    page.wait_for_timeout(60)  # a frame, in which the mark comes to where it goes
    page.mouse.up()


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
    parts = {step["name"]["en"]: step["key"] for step in made["steps"]}
    for name in ("Pack", "Label"):  # each part remembers what it was
        told = call(page, "GET", f"/{id}/history?part=steps&key={parts[name]}&lang=en")["steps"]
        assert [one["what"] for one in told] == ["split_step", "put", "several"], name
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


def test_e21_stages_steps_and_lanes_are_dragged(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    drag(page, page.locator("[data-step=unpack]"), page.locator("[data-step=drive]"), (0.2, 0.5))
    expect(page.locator("[data-step]").nth(2)).to_have_attribute("data-step", "unpack")
    drag(page, page.locator("[data-stage=settle]"), page.locator("[data-stage=stage-1]"), (0.1, 0.5))
    expect(page.locator("[data-stage]").first).to_have_attribute("data-stage", "settle")
    lanes = page.locator("[data-lane]")
    drag(page, page.locator("[data-lane=pains]"), page.locator("[data-lane=customer]"), (0.5, 0.2))
    expect(lanes.first).to_have_attribute("data-lane", "pains")
    made = document(page, id)
    assert [one["key"] for one in made["stages"]] == ["settle", "stage-1"]
    assert [one["key"] for one in made["steps"]] == ["unpack", "drive", "step-1", "pack"]
    assert [one["key"] for one in made["lanes"]][:2] == ["pains", "customer"]
    # What is let go with Escape stays where it was.
    page.locator("[data-step=drive]").hover()
    page.mouse.down()
    page.mouse.move(900, 400, steps=4)
    press(page, "Escape")
    page.mouse.up()
    assert document(page, id) == made


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


def test_e5_a_map_without_data_is_shown_with_them(look: Look, served: Served) -> None:
    with look("en") as seen, lvtu.open(served.folder.parent / SCORED) as ws:
        map_, page = ws.maps.load(blank("Empty").model_copy(update={"model": ws.default_model})), seen.page
        seen.go(f"/w/{SCORED}/maps/{map_.id}/edit")
        expect(page.get_by_role("heading", name="Begin here")).to_be_visible()
        step = page.locator("[data-step]").first
        step.click(button="right")
        page.get_by_role("menuitem", name="Show with…").click()
        dialog = page.get_by_role("dialog", name="Show with…")
        # Nothing shows a step yet: what there is to show it with is offered at once.
        dialog.get_by_text("A topic", exact=True).click()
        dialog.get_by_label("Topic that shows this step").first.click()
        page.get_by_role("listbox").get_by_role("option").first.click()
        expect(dialog.get_by_role("heading", name="What would move (customers)")).to_be_visible()
        dialog.get_by_text("An event", exact=True).click()
        dialog.get_by_label("Events that show this step").fill("Order Completed")
        page.get_by_role("option", name="Order Completed").first.click()
        dialog.get_by_role("button", name="Keep").click()
        expect(step).to_contain_text("customers")
        period = map_.answers().period
        assert period is not None
        told = ws.sql(
            "select count(distinct user_id) as n from events where event = 'Order Completed'"
            f" and epoch_us(time) >= {period[0]} and epoch_us(time) < {period[1]}"
        )
        expect(step).to_contain_text(f"{told.to_pylist()[0]['n']:,} customers")
        expect(page.get_by_role("heading", name="Begin here")).to_have_count(0)
        # A lane is filled from its menu too, and says so.
        page.locator("[data-lane=feelings]").click(button="right")
        page.get_by_role("menuitem", name="Show with…").click()
        dialog.get_by_label("Question").first.click()
        page.get_by_role("option", name="Satisfaction · CSAT").first.click()
        dialog.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("img", name="Filled by a question")).to_be_visible()
        seen.go("overview")
        map_.remove()


def test_e3_cards_are_linked_by_hand_and_by_keys(editing: tuple[Seen, str]) -> None:
    seen, id = editing
    page = seen.page
    call(page, "POST", f"/{id}/edits", {"edit": "put", "part": "cards", "made": [
        {"key": key, "lane": lane, "step": step, "text": text}
        for key, lane, step, text in (
            ("a", "customer", "pack", "Ask"), ("b", "thoughts", "drive", "Answer"), ("c", "pains", "pack", "Wait"),
        )
    ]})  # fmt: skip
    expect(card(page, "Wait")).to_be_visible()
    card(page, "Ask").click()
    drag(page, card(page, "Ask").locator("[data-link]"), card(page, "Answer"))
    arrows = page.locator("[data-arrow]")
    expect(arrows).to_have_count(1)
    press(page, "Shift+F10")
    page.get_by_role("menuitem", name="Link to another card…").click()
    expect(page.locator("#map-keys")).to_contain_text("Enter")
    press(page, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    expect(arrows).to_have_count(2)
    ends = [(one["source"], one["target"]) for one in document(page, id)["links"]]
    assert ends == [("a", "b"), ("a", "c")]
    expect(arrows.first).to_contain_text("Triggers")
    card(page, "Wait").click()
    expect(arrows).to_have_count(1)  # what leads to it
    drag(page, card(page, "Wait").locator("[data-link]"), page.locator("[data-corner]"))
    assert len(document(page, id)["links"]) == 2, "let go where no card is: nothing is linked"
    press(page, "Control+Enter")
    panel = page.get_by_role("complementary", name="Details")
    expect(panel).to_contain_text("Comes from (1)")
    panel.get_by_role("button", name="Remove “Ask · Pack”").click()
    expect(arrows).to_have_count(0)
    assert seen.serious() == []


def test_b7_touchpoints_are_shared_by_maps(look: Look, served: Served) -> None:
    """In a workspace of its own: its first touchpoint gives one a journey model."""
    with lvtu.open(served.folder.parent / "moving") as ws:
        first, other = (ws.maps.load(blank(title)).id for title in ("Moving house", "Renting"))
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/moving/maps/{first}/edit")
        page.locator("[data-step]").first.click()
        press(page, "Shift+F10")
        page.get_by_role("menuitem", name="Touchpoints…").click()
        dialog = page.get_by_role("dialog")
        find = dialog.get_by_role("combobox", name="Touchpoints")
        find.fill("Box shop")
        page.get_by_role("option", name="Add “Box shop” for all maps").click()
        expect(dialog.get_by_role("listitem")).to_contain_text("Box shop")
        dialog.get_by_role("button", name="Channels and more of “Box shop”").click()
        form = page.get_by_role("dialog", name="Box shop")
        form.get_by_text("In a place", exact=True).click()
        form.get_by_role("button", name="Save for all maps").click()
        expect(dialog.get_by_role("listitem")).to_contain_text("In a place")
        press(page, "Escape")
        lane = page.locator("[role=row]", has=page.locator("[data-lane=touchpoints]"))
        expect(lane).to_contain_text("Box shop")
        seen.go(f"/w/moving/maps/{other}/edit")
        page.locator("[data-step]").first.click()
        press(page, "Control+Enter")
        find = page.get_by_role("complementary", name="Details").get_by_role("combobox", name="Touchpoints")
        find.fill("box")
        option = page.get_by_role("option", name="Box shop").first
        expect(option).to_contain_text("In a place")
        expect(option).to_contain_text("in 1 map")
        option.click()
        expect(page.get_by_role("complementary", name="Details")).to_contain_text("in 2 maps")
        found = call(page, "GET", "/touchpoints?lang=en", workspace="moving")["touchpoints"]
        uses = next(one for one in found if one["id"] == "box-shop")
        assert sorted(one["map"] for one in uses["uses"]) == sorted([first, other])


def test_e21_a_finger_chooses_holds_and_drags(editing: tuple[Seen, str], browser: Browser, served: Served) -> None:
    seen, id = editing
    call(seen.page, "POST", f"/{id}/edits", {"edit": "put", "part": "cards", "made": [
        {"key": "a", "lane": "customer", "step": "pack", "text": "Tape"},
    ]})  # fmt: skip
    context = browser.new_context(
        base_url=served.address, viewport={"width": 700, "height": 900}, has_touch=True, locale="en"
    )
    context.add_cookies(served.cookies)
    context.add_init_script("localStorage.setItem('lvtu.lang', 'en')")
    page = context.new_page()
    touch = context.new_cdp_session(page)

    def finger(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    with heard(page):
        page.goto(f"/w/{WORKSPACE}/maps/{id}/edit")
        note = card(page, "Tape")
        note.tap()
        expect(page.locator("[aria-selected=true] article")).to_have_count(1)
        box = note.bounding_box()
        goal = page.locator("[data-step=drive]").bounding_box()
        row = page.locator("[role=row][data-row='2']").bounding_box()
        assert box is not None and goal is not None and row is not None
        x, y = box["x"] + 40, box["y"] + 12
        # Held and let go, its menu opens.
        finger("touchStart", x, y)
        page.wait_for_timeout(500)
        finger("touchEnd")
        expect(page.get_by_role("menuitem", name="Duplicate")).to_be_visible()
        press(page, "Escape")
        # Held and moved, it goes along.
        finger("touchStart", x, y)
        page.wait_for_timeout(500)
        for part in (0.3, 0.6, 1.0):
            finger("touchMove", x + part * (goal["x"] + 60 - x), y + part * (row["y"] + 20 - y))
            page.wait_for_timeout(30)
        finger("touchEnd")
        expect(cell(page, 2, 2).locator("article")).to_contain_text("Tape")
        assert texts(document(page, id)) == [("thoughts", "drive", "Tape")]
        # Moved at once, the grid scrolls and nothing else happens.
        before = document(page, id)
        finger("touchStart", 600, 500)
        for part in (1, 2, 3, 4):
            finger("touchMove", 600 - 60 * part, 500)
        finger("touchEnd")
        page.wait_for_function("() => document.querySelector('section[aria-busy]').scrollLeft > 0")
        assert document(page, id) == before
        # Touched again, what is chosen is written in.
        card(page, "Tape").tap()
        expect(page.get_by_role("toolbar", name="Format")).to_be_visible()
        page.keyboard.type(" and string")
        press(page, "Enter")
        expect(card(page, "Tape and string")).to_be_visible()
    context.close()
