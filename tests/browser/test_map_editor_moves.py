"""What stands on a map is moved, split and linked in the editor: by the pointer, by keys and by a finger."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from browser.conftest import WORKSPACE, Seen, Served, call, heard, two_frames
from browser.editing import card, cell, document, drag, press, texts


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
    two_frames(page)
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
    two_frames(page)
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
    two_frames(page)
    page.mouse.up()
    page.wait_for_function("() => document.querySelectorAll('[data-step]')[3].dataset.step === 'pack'")
    assert [(one["key"], one["stage"]) for one in document(page, id)["steps"]][-1] == ("pack", "settle")
    page.get_by_role("rowheader", name="Thoughts").click()
    press(page, "Alt+ArrowUp", "Alt+ArrowUp")
    assert next(iter(document(page, id)["lanes"]))["key"] == "thoughts"
    expect(page.locator("[aria-live=polite]").first).to_have_text("Moved, Thoughts")


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


def test_e21_a_finger_chooses_holds_and_drags(editing: tuple[Seen, str], browser: Browser, served: Served) -> None:
    seen, id = editing
    call(seen.page, "POST", f"/{id}/edits", {"edit": "put", "part": "cards", "made": [
        {"key": "a", "lane": "customer", "step": "pack", "text": "Tape"},
    ]})  # fmt: skip
    context = browser.new_context(
        base_url=served.address, viewport={"width": 810, "height": 1080}, has_touch=True, locale="en"
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
        # With sticky notes a touch in an empty cell writes.
        page.get_by_role("button", name="Sticky notes").tap()
        lane = page.locator("[role=row][data-row='4']").bounding_box()
        assert lane is not None
        page.touchscreen.tap(goal["x"] - 60, lane["y"] + 20)
        page.wait_for_function("() => document.activeElement.matches('textarea, input, [contenteditable]')")
        page.keyboard.type("No lift")
        press(page, "Enter", "Escape", "Escape")
        expect(card(page, "No lift")).to_be_visible()
        # Steps that lie beside each other are selected by two touches, and merged.
        page.locator("[data-step=drive]").tap()
        page.get_by_role("button", name="Select several").tap()
        page.locator("[data-step=unpack]").tap()
        page.locator("[data-step=unpack] [data-menu]").tap()
        page.get_by_role("menuitem", name="Merge selected steps").tap()
        expect(page.locator("[data-step=unpack]")).to_have_count(0)
        # Dots are put with a finger, by buttons that are large enough for one.
        call(page, "POST", f"/{id}/voting", {"title": "What first?", "dots": 2, "lanes": ["pains"]})
        on = page.get_by_role("button", name="Put a dot on “No lift”")
        on.tap()
        expect(page.get_by_role("status").filter(has_text="What first?")).to_contain_text("1 person voted")
        for button in (on, page.get_by_role("button", name="Undo"), page.get_by_role("button", name="Notifications")):
            spot = button.bounding_box()
            assert spot is not None and min(spot["width"], spot["height"]) >= 40, button
        # What is shown to others goes on where a finger goes to the left.
        page.goto(f"/w/{WORKSPACE}/maps/{id}/present")
        expect(page.locator("[data-frame] svg")).to_be_visible()
        for begin, end, at in ((600, 300, "2 / "), (300, 600, "1 / ")):
            finger("touchStart", begin, 500)
            finger("touchMove", (begin + end) / 2, 505)
            finger("touchMove", end, 510)
            finger("touchEnd")
            expect(page.get_by_text(at)).to_be_visible()
    context.close()
