"""Interviews and documents in the app: brought in, marked by mouse and by keys alone, coded, found and quoted."""

from __future__ import annotations

import csv
import io
import wave
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import BARE, WORKSPACE, Look, Served

_VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Interviewer>How did the return go?\n\n"
    "00:00:05.000 --> 00:00:09.000\n<v Ann Lee>😀 Well. I looked for the way in for days,\n\n"
    "00:01:10.000 --> 00:01:12.000\n<v Ann Lee>and then I called. They were kind.\n\n"
    "00:02:00.000 --> 00:02:02.000\n<v Interviewer>And then?\n\n"
    "00:02:10.000 --> 00:02:12.000\n<v Ann Lee>It was done.\n"
)


@pytest.fixture(autouse=True)
def swept(browser: Browser, served: Served) -> Iterator[None]:
    """What is brought in here is removed again: other tests look at the same workspaces."""
    yield
    context = browser.new_context(base_url=served.address)
    context.add_cookies(served.cookies)
    csrf = {"X-CSRF-Token": context.request.get("/api/session").json()["csrf"]}
    for base in (f"/api/w/{name}/interviews" for name in (WORKSPACE, BARE)):
        for one in context.request.get(base).json():
            context.request.delete(f"{base}/{one['id']}", headers=csrf)
    insights = f"/api/w/{WORKSPACE}/insights"
    for one in context.request.get(insights).json()["insights"]:
        context.request.delete(f"{insights}/{one['id']}", headers=csrf)
    context.close()


def _text(page: Page) -> Locator:
    return page.locator("[role=document]")


def _choose(page: Page, words: str) -> None:
    """Select words with the mouse: from before their first letter to behind their last."""
    place: dict[str, float] = page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.querySelector('[role=document]'), NodeFilter.SHOW_TEXT)
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.textContent.indexOf(words)
                if (at < 0) continue
                const range = document.createRange()
                range.setStart(node, at)
                range.setEnd(node, at + words.length)
                const {left, right, top, bottom} = range.getBoundingClientRect()
                return {left, right, middle: (top + bottom) / 2}
            }
        }""",
        words,
    )
    page.mouse.move(place["left"] + 1, place["middle"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["middle"], steps=4)
    page.mouse.up()


def _kept(page: Page, workspace: str = WORKSPACE) -> dict[str, Any]:
    """The text that is open, as the service has it."""
    id = page.url.rpartition("/")[2].partition("?")[0]
    found: dict[str, Any] = page.request.get(f"/api/w/{workspace}/interviews/{id}").json()
    return found


def test_h5_an_interview_is_marked_coded_and_quoted(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("interviews")
        page.get_by_role("button", name="Add a text").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(
            {"name": "returns.vtt", "mimeType": "text/vtt", "buffer": _VTT.encode()}
        )
        expect(dialog.get_by_label("Title")).to_have_value("returns")
        dialog.get_by_label("Ann Lee").fill("Customer A")
        assert seen.serious() == []
        dialog.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("returns")
        text = _text(page)
        expect(text).to_contain_text("Customer A0:05")
        expect(text).not_to_contain_text("Ann Lee")

        _choose(page, "for days")
        bar = page.get_by_role("region", name="Highlight", exact=True)
        codes = bar.get_by_role("combobox", name="Codes")
        codes.fill("returns")
        codes.press("Enter")
        bar.get_by_role("textbox", name="Note").fill("Hidden in a menu")
        bar.get_by_role("radio", name="Pink").check()
        assert seen.serious() == []
        bar.get_by_role("button", name="Highlight", exact=True).click()
        expect(text.locator("mark")).to_have_text("for days")
        (mark,) = _kept(page)["highlights"]
        assert (mark["quote"], mark["codes"], mark["colour"]) == ("for days", ["returns"], "pink")
        assert _kept(page)["text"][mark["start"] : mark["end"]] == "for days", "behind an emoji too"
        assert (mark["speaker"], mark["time"]) == ("Customer A", 5.0)

        _choose(page, "They were kind")
        codes.fill("staff")
        codes.press("Enter")
        codes.press("Enter")
        expect(text.locator("mark")).to_have_count(2)
        page.reload()
        expect(text.locator("mark")).to_have_text(["for days", "They were kind"])
        margin = page.get_by_role("list", name="Highlights")
        expect(margin.get_by_role("listitem")).to_contain_text(["Hidden in a menu", "staff"])

        page.get_by_role("button", name="returns 1").click()
        expect(text.locator("mark[data-quiet=true]")).to_have_text("They were kind")
        page.get_by_role("button", name="returns 1").click()
        page.get_by_role("button", name="Export quotes").click()
        link = page.get_by_role("menuitem", name="CSV").get_attribute("href") or ""
        rows = list(csv.DictReader(io.StringIO(page.request.get(link).body().decode("utf-8-sig"))))
        assert [(row["id"], row["speaker"], row["time"], row["codes"]) for row in rows] == [
            (mark["id"], "Customer A", "0:05", "returns"),
            (_kept(page)["highlights"][1]["id"], "Customer A", "1:10", "staff"),
        ]
        page.keyboard.press("Escape")

        margin.get_by_role("button", name="for days").click()
        margin.get_by_role("button", name="Turn into evidence").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").last.fill("Nobody finds the way in")
        assert seen.serious() == []
        dialog.get_by_role("button", name="Quote it").click()
        expect(page.get_by_role("link", name="Nobody finds the way in")).to_be_visible()
        told = page.request.get(f"/api/w/{WORKSPACE}/insights").json()["insights"]
        assert told[0]["quoted"] == "for days"

        seen.go("interviews/highlights")
        page.get_by_role("button", name="staff").first.click()
        expect(page.locator("blockquote")).to_have_text(["They were kind"])
        page.get_by_role("link", name="returns").click()
        expect(text.locator("mark[data-open=true]")).to_have_text("They were kind")


def test_d9_a_recording_is_brought_in_with_what_is_said_in_it(look: Look) -> None:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(b"\x80" * 16_000)
    with look("zh") as seen:
        page = seen.page
        seen.go("interviews")
        page.get_by_role("button", name="添加文本").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(
            {"name": "退货 5月.wav", "mimeType": "audio/wav", "buffer": sound.getvalue()}
        )
        dialog.get_by_label("录音里说了什么").fill("客户：找了半天入口。")
        expect(dialog.get_by_label("标题")).to_have_value("退货 5月")
        assert seen.serious() == []
        dialog.get_by_role("button", name="添加", exact=True).click()
        expect(page.get_by_label("录音：退货 5月.wav")).to_have_js_property("duration", 2)
        assert _kept(page)["recording"]["bytes"] == len(sound.getvalue())


def test_an_interview_is_marked_without_a_mouse(look: Look) -> None:
    with look("en") as seen:
        page, keys = seen.page, seen.page.keyboard
        seen.go(f"/w/{BARE}/overview")
        keys.press("g")
        keys.press("r")
        page.wait_for_url("**/interviews/texts")
        page.get_by_role("button", name="Add a text").focus()
        keys.press("Enter")
        page.get_by_label("Or paste the text").focus()
        keys.insert_text("We waited for hours at the gate.\nNobody told us why.")
        page.get_by_label("Title").focus()
        keys.type("Gate notes")
        keys.press("Enter")
        text = _text(page)
        expect(text).to_contain_text("Nobody told us why.")
        text.focus()
        keys.press("Home")
        keys.press("Control+ArrowRight")
        keys.press("ArrowRight")
        for _ in range(3):
            keys.press("Shift+Control+ArrowRight")
        keys.press("Enter")
        expect(page.get_by_role("combobox", name="Codes")).to_be_focused()
        keys.type("waiting")
        keys.press("Enter")
        keys.press("Enter")
        expect(text.locator("mark")).to_have_text("waited for hours")
        expect(text).to_be_focused()
        keys.press("ArrowDown")
        keys.press("Home")
        keys.press("Shift+End")
        keys.press("h")
        expect(text.locator("mark")).to_have_text(["waited for hours", "Nobody told us why."])
        expect(text.locator("mark[data-open=true]")).to_have_text("Nobody told us why.")
        keys.press("k")
        expect(text.locator("mark[data-open=true]")).to_have_text("waited for hours")
        keys.press("j")
        expect(text.locator("mark[data-open=true]")).to_have_text("Nobody told us why.")
        keys.press("e")
        expect(page.get_by_role("combobox", name="Codes")).to_be_focused()
        keys.type("silence")
        keys.press("Control+Enter")
        expect(page.get_by_role("combobox", name="Codes")).to_have_count(0)
        expect(page.get_by_role("list", name="Highlights")).to_contain_text("silence")
        first, second = _kept(page, BARE)["highlights"]
        assert (first["codes"], second["codes"]) == (["waiting"], ["silence"])
        assert seen.serious() == []


def test_h7_a_pdf_is_read_with_its_pages_and_cited(look: Look) -> None:
    with look("zh") as seen:
        page = seen.page
        page.set_content(
            "<html lang=zh><title>排队研究</title><p>到店排队是客人印象最深的一段。</p>"
            "<p style='break-before: page'>告知预计等待时间，满意度高出 0.6 分。</p></html>"
        )
        printed = page.pdf()
        seen.go("interviews/texts")
        page.get_by_role("button", name="添加文本").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(
            {"name": "queues.pdf", "mimeType": "application/pdf", "buffer": printed}
        )
        expect(dialog.get_by_label("标题")).to_have_value("排队研究")
        dialog.get_by_label("作者").fill("李雷")
        dialog.get_by_label("网址").fill("https://example.org/a")
        dialog.get_by_role("button", name="添加", exact=True).click()
        text = _text(page)
        expect(text).to_contain_text("第 2 页")
        expect(page.get_by_role("main")).to_contain_text("李雷. ")
        expect(page.get_by_role("main")).to_contain_text("https://example.org/a")
        expect(text).to_contain_text("客人印象最深的一段")  # not the radicals that the font names its signs by
        _choose(page, "告知预计等待时间")
        page.get_by_role("button", name="标注", exact=True).click()
        expect(text.locator("mark")).to_have_text("告知预计等待时间")
        (mark,) = _kept(page)["highlights"]
        assert (mark["page"], mark["quote"]) == (2, "告知预计等待时间")
        assert seen.serious() == []
