"""A map begun from a template, maps within each other, one touchpoint for all, and an analysis in five steps."""

from __future__ import annotations

import csv
import io
import re

import pypdf
from playwright.sync_api import Page, expect

import lvtu
from browser.conftest import BARE, RATED, SCORED, Look, Seen, Served


def test_e26_a_map_is_begun_from_a_template(look: Look, served: Served) -> None:
    with look("zh") as seen:
        page = seen.page
        seen.go(f"/w/{BARE}/maps/templates")
        expect(page.locator("main article")).to_have_count(5)
        expect(page.locator("main article svg").first).to_be_visible()
        page.get_by_role("button", name="使用这个模板：超市购物").click()
        page.get_by_label("标题").fill("周末采购")
        page.get_by_role("dialog").get_by_role("button", name="使用这个模板", exact=True).click()
        expect(page.get_by_role("heading", name="周末采购")).to_be_visible()
        expect(page.locator("main svg [data-kind=step]").first).to_be_visible()
        assert seen.serious() == []
        page.get_by_role("link", name="编辑", exact=True).click()
        page.locator("[data-step]").first.click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("F2")
        page.keyboard.type("，今天要买的都在手机上")
        page.keyboard.press("Enter")
        expect(page.locator("article", has_text="今天要买的都在手机上")).to_be_visible()
        expect(page.locator("section[aria-busy=true]")).to_have_count(0)
        seen.go(f"/w/{BARE}/maps/library?search=采购")
        page.get_by_role("button", name="修改“周末采购”的状态").click()
        page.get_by_role("menuitem", name="使用中").click()
        expect(page.locator("main tbody")).to_contain_text("使用中")
        registers(seen, served)
    with lvtu.open(served.folder.parent / BARE) as ws:
        for one in [*ws.maps]:
            assert one.document.status == "live"
            one.remove()


def registers(seen: Seen, served: Served) -> None:
    """What stands on the map is listed, sorted, followed to its cell, and taken along."""
    page = seen.page
    with lvtu.open(served.folder.parent / BARE) as ws:
        wanted = {kind: getattr(ws.maps.registers, f"{kind}s")().num_rows for kind in ("need", "pain")}
    for kind, rows in wanted.items():
        seen.go(f"/w/{BARE}/maps/registers/{kind}")
        expect(page.locator("main tbody tr")).to_have_count(rows)
    for part, words in (("moments", "周末采购"), ("assessment", "差距 ="), ("swot", "优势")):
        seen.go(f"/w/{BARE}/maps/registers/{part}")
        expect(page.locator("main")).to_contain_text(words)
    assert seen.serious() == []
    seen.go(f"/w/{BARE}/maps/registers/pain")
    page.get_by_role("columnheader", name="痛点").get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="痛点")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="导出", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name="CSV").click()
    rows = list(csv.reader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
    assert len(rows) == wanted["pain"] + 1
    page.locator("main tbody tr a").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_l2_an_analysis_goes_through_its_five_steps(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps/programmes")
        page.get_by_role("button", name="Begin “Analysis in five steps”").click()
        done = page.get_by_role("button", name="Done, on to the next")
        expect(page.get_by_role("heading", name="Collect data")).to_be_visible()
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Map the journey")
        expect(done).to_be_disabled()
        page.get_by_role("button", name="Draw from the data").click()
        page.get_by_label("Who", exact=True).fill("Young parents")
        page.get_by_label("What they want").fill("Groceries before six")
        page.get_by_role("button", name="Keep the scenario in the map").click()
        expect(done).to_be_enabled()
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Analyse the pains")
        expect(done).to_be_disabled()
        page.get_by_role("combobox", name="What customers said at").click()
        page.get_by_role("option").first.click()
        page.get_by_role("radio").first.check()
        page.get_by_label("The pain in one sentence").fill("Paying fails and nobody says why")
        page.get_by_role("button", name="Put the pain into the map").click()
        expect(done).to_be_enabled()
        assert seen.serious() == []
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Suggest improvements")
        page.get_by_role("combobox", name="At which step").click()
        page.get_by_role("option").first.click()
        page.get_by_label("Suggestion").fill("Say why a payment failed")
        page.get_by_label("Who does it").fill("Payments")
        page.get_by_role("button", name="Put it into the map").click()
        expect(page.locator("main")).to_contain_text("Say why a payment failed")
        done.click()
        expect(page.locator("[data-state=now]")).to_contain_text("Evaluate the effect")
        page.get_by_role("button", name="Keep a version now").click()
        effect = page.get_by_label("What will count as an effect, and when it is looked at")
        effect.fill("Satisfaction at the checkout above 4 by June")
        effect.blur()
        expect(done).to_be_enabled()
        done.click()
        expect(page.locator("[data-state=passed]")).to_have_count(5)
        page.get_by_role("button", name="Report").click()
        with page.expect_download() as downloaded:
            page.get_by_role("menuitem", name="Text (Markdown)").click()
        told = downloaded.value.path().read_text(encoding="utf-8")
        assert "Satisfaction at the checkout above 4 by June" in told and len(re.findall("^## ", told, re.M)) == 5
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(page.get_by_role("heading", name="Journey maps")).to_be_visible()


def fill(page: Page, label: str, text: str) -> None:
    """Write into a field of a project, and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()


def test_l1_a_journey_is_managed_in_five_steps(look: Look, served: Served) -> None:
    with look("zh") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps/programmes")
        page.get_by_role("button", name="开始“旅程管理五步”").click()
        done, now = page.get_by_role("button", name="完成这一步"), page.locator("[data-state=now]")
        fill(page, "目标：客户最终想得到什么", "付款一次成功")
        fill(page, "成功指标", "结算满意度 80%")
        fill(page, "负责人", "结算组")
        done.click()
        expect(now).to_contain_text("收集与分析")
        done.click()
        page.get_by_role("button", name="从数据绘制").click()
        page.get_by_label("谁", exact=True).fill("年轻父母")
        page.get_by_label("想得到什么", exact=True).fill("六点前买好菜")
        page.get_by_role("button", name="把场景存进地图").click()
        done.click()
        expect(now).to_contain_text("说明这张图讲的是哪些人")
        project = page.url
        now.get_by_role("link", name="去补上").click()
        page.get_by_role("button", name="地图信息").click()
        page.get_by_text("角色", exact=True).click()
        page.get_by_role("button", name="添加角色").click()
        seen.settle()  # it is kept
        page.goto(project)
        done.click()
        expect(now).to_contain_text("持续优化")
        page.get_by_role("combobox", name="在哪个步骤").click()
        page.get_by_role("option").first.click()
        page.get_by_label("改进建议").fill("付款失败时说明原因")
        page.get_by_label("由谁来做").fill("结算组")
        page.get_by_role("button", name="写进地图").click()
        page.get_by_role("button", name="现在保存版本").click()
        expect(page.get_by_role("button", name="现在保存版本")).to_have_count(0)
        expect(done).to_be_disabled()
        now.get_by_role("link", name="去补上").click()
        page.locator("[data-kind=point][data-key='csat5/checkout']").first.click(timeout=30_000)
        page.get_by_role("dialog").get_by_role("button", name="用数据展示…").click()
        binding = page.get_by_role("dialog", name="用数据展示…")
        binding.get_by_label("问题").first.click()
        page.get_by_role("option", name="CSAT").first.click()
        binding.get_by_label("目标").first.fill("0.8")
        binding.get_by_role("button", name="保存").click()
        expect(binding).to_have_count(0)
        page.goto(project)
        done.click()
        expect(page.locator("[data-state=passed]")).to_have_count(5)
        assert seen.serious() == []
        tidy(served, SCORED)


def test_l3_a_map_is_made_in_five_steps_without_any_data(look: Look, served: Served) -> None:
    with look("en", width=390) as seen:
        page = seen.page
        seen.go(f"/w/{BARE}/maps/programmes")
        page.get_by_role("button", name="Begin “Mapping in five steps”").click()
        done, now = page.get_by_role("button", name="Done, on to the next"), page.locator("[data-state=now]")
        fill(page, "For whom", "Parents with small children")
        done.click()
        fill(page, "What they want to have in the end", "Dinner on the table")
        fill(page, "What they do for it", "Plan, buy, cook")
        done.click()
        expect(now).to_contain_text("Bring in something that is known")
        expect(done).to_be_disabled()
        page.get_by_role("button", name="Bring a document in").click()
        bringing = page.get_by_role("dialog")
        bringing.get_by_label("Or paste the text").fill("The queue took twenty minutes, and nobody told us why.")
        bringing.get_by_label("Title").fill("Notes of 3 May")
        bringing.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("Notes of 3 May")).to_be_visible()
        done.click()
        expect(now).to_contain_text("Give the map at least three steps")
        with lvtu.open(served.folder.parent / BARE) as ws:
            map_ = ws.maps.from_template("retail", "Dinner", language="en")
            id, cards = map_.id, len(map_.document.cards)
        page.reload()
        page.get_by_role("combobox", name="Journey map").click()
        page.get_by_role("option", name="Dinner").click()
        page.get_by_label("Who", exact=True).fill("Parents")
        page.get_by_label("What they want", exact=True).fill("Dinner by seven")
        page.get_by_role("button", name="Keep the scenario in the map").click()
        done.click()
        page.get_by_role("button", name="Keep a version now").click()
        expect(page.get_by_role("button", name="Keep a version now")).to_have_count(0)
        evidence = page.get_by_role("region", name="Evidence")
        expect(evidence).to_contain_text(f"0 of {cards} cards rest on evidence (0%)")
        page.get_by_role("combobox", name="Which card rests on “Notes of 3 May”").click()
        page.get_by_role("option").first.click()
        expect(evidence).to_contain_text(f"1 of {cards} cards rest on evidence")
        project = page.url
        now.get_by_role("link", name="Go there").click()
        page.get_by_role("button", name="change the state of “Dinner”").click()
        page.get_by_role("menuitem", name="Live").click()
        expect(page.get_by_role("button", name="Live: change the state of “Dinner”")).to_be_visible()
        page.goto(project)
        done.click()
        expect(page.locator("[data-state=passed]")).to_have_count(5)
        assert seen.serious() == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
        assert id in {one.id for one in tidy(served, BARE)}


def test_d8_an_experience_project_ends_in_a_report(look: Look, served: Served) -> None:
    with look("en", "dark") as seen:
        page = seen.page
        seen.go(f"/w/{RATED}/maps/programmes")
        page.get_by_role("button", name="Begin “An experience project in five steps”").click()
        done, now = page.get_by_role("button", name="Done, on to the next"), page.locator("[data-state=now]")
        fill(page, "For whom", "Young parents")
        fill(page, "What they want to have in the end", "Pay in a minute")
        fill(page, "How success is measured", "Ease at the checkout +1")
        done.click()
        page.get_by_role("button", name="Draw from the data").click()
        for label, text in (
            ("Who", "Young parents"), ("Where", "At home"), ("When", "In the evening"),
            ("What sets them out", "An empty fridge"), ("What they want", "Groceries by six"),
        ):  # fmt: skip
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Keep the scenario in the map").click()
        done.click()
        expect(now).to_contain_text("Choose at least one step to tackle")
        page.get_by_label("Important for what").fill("nps")
        page.get_by_role("button", name="Weigh the steps").click()
        expect(page.get_by_role("img", name="Importance and performance")).to_be_visible(timeout=30_000)
        page.locator("main tbody").get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Tackle the ticked steps").click()
        done.click()
        expect(now).to_contain_text("Write at least three ideas")
        page.get_by_label("How might we …?").fill("say why a payment failed?")
        page.get_by_role("button", name="Ask it").click()
        expect(page.get_by_role("heading", name="How might we say why a payment failed?")).to_be_visible()
        page.get_by_role("combobox", name="Answers which question").click()
        page.get_by_role("option", name="say why a payment failed?").click()
        for number in (1, 2, 3):
            page.get_by_label("Idea", exact=True).fill(f"Thought {number}")
            page.get_by_role("button", name="Put it into the map").click()
            expect(page.get_by_text(f"Thought {number}", exact=True)).to_be_visible()
        for left in (2, 1, 0):
            page.get_by_role("button", name="Vote for “Thought 3”").click()
            expect(now).to_contain_text(f"You have {left} of your 3 dots left.")
        expect(page.get_by_role("button", name="Vote for “Thought 1”")).to_be_disabled()
        assert seen.serious() == []
        page.get_by_role("button", name="Make it… “Thought 3”").click()
        page.get_by_role("menuitem", name="Action").click()
        expect(page.get_by_role("heading", name="To be done")).to_be_visible()
        done.click()
        for sense in ("Perception", "Emotion", "Behaviour", "Touchpoint"):
            fill(page, f"{sense} · What is done", f"Do for {sense}")
            fill(page, f"{sense} · By what one sees that it works", f"See {sense}")
        done.click()
        expect(page.locator("[data-state=passed]")).to_have_count(5)
        for name, ending, begins in (
            ("Slides (PowerPoint)", "pptx", b"PK"), ("Pages (PDF)", "pdf", b"%PDF"), ("Document (Word)", "docx", b"PK"),
        ):  # fmt: skip
            page.get_by_role("button", name="Report").click()
            with page.expect_download(timeout=60_000) as downloaded:
                page.get_by_role("menuitem", name=name).click()
            assert downloaded.value.suggested_filename.endswith(f".{ending}")
            assert downloaded.value.path().read_bytes().startswith(begins)
        told = "".join(part.extract_text() for part in pypdf.PdfReader(pdf(page)).pages)
        for text in (
            "Pay in a minute",
            "An empty fridge",
            "Thought 1",
            "Thought 3",
            "Do for Emotion",
            "See Touchpoint",
        ):
            assert text in told
        tidy(served, RATED)


def pdf(page: Page) -> io.BytesIO:
    """The report of the project that is looked at."""
    place = page.url.split("?")[0].replace("/w/", "/api/w/").replace("/maps/programmes", "/programmes")
    return io.BytesIO(page.request.get(f"{place}/report?format=pdf&lang=en").body())


def tidy(served: Served, workspace: str) -> list[lvtu.maps.Map]:
    """Take the projects and maps of a workspace away; returns the maps."""
    with lvtu.open(served.folder.parent / workspace) as ws:
        for project in [*ws.programmes]:
            project.remove()
        maps = [*ws.maps]
        for one in maps:
            one.remove()
    return maps
