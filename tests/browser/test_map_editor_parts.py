"""What is said of lanes, cards, steps and touchpoints in the editor, and the data that show them."""

from __future__ import annotations

from playwright.sync_api import expect

import lvtu
from browser.conftest import SCORED, WORKSPACE, Look, Seen, Served, call
from browser.editing import card, cell, document, press
from lvtu.maps.library import blank


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
