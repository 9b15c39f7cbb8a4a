"""A newcomer's whole way: from the link and a file to a funnel, its customers, a time line, and a board that stays."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import heard
from lvtu.core.words import LANGS, Lang, say
from service.running import COMMAND, running

_CUSTOMERS = 24
_DAYS = 20


@dataclass(frozen=True)
class Shop:
    """The file somebody has, in their own words."""

    file: str
    columns: tuple[str, str, str, str]
    steps: tuple[str, str, str]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Each customer looks, every second one fills a cart, every fourth pays; one row has no time."""
        found = []
        for number in range(_CUSTOMERS):
            day = f"2026-03-{1 + number % _DAYS:02d}"
            for place, step in enumerate(self.steps):
                if number % 2**place == 0:
                    paid = f"{100 + number}.5" if place == 2 else ""
                    found.append((f"M{number:02d}", f"{day} 09:{10 + place}", step, paid))
        return [*found, ("M00", "?", self.steps[0], "")]

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([self.columns, *self.rows()])
        return path


_SHOPS: dict[Lang, Shop] = {
    "zh": Shop("三月.csv", ("会员", "下单时间", "动作", "实付"), ("浏览商品", "加入购物车", "付款")),
    "en": Shop("march.csv", ("Member", "When", "Action", "Paid"), ("Viewed", "Added to Cart", "Paid For")),
}


def _through(numbers: range) -> list[int]:
    """How many of these customers came to each step."""
    return [sum(number % 2**place == 0 for number in numbers) for place in range(3)]


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """What is printed on a new machine: an empty workspace is served."""
    home = tmp_path / "home"
    home.mkdir()
    subprocess.run([*COMMAND, "init", str(home / "shop")], check=True, capture_output=True)
    with running(home) as server:
        yield server.link()


@dataclass
class Hands:
    """What somebody does with a page, naming things as the page does."""

    page: Page
    lang: Lang

    def say(self, word: str, **values: object) -> str:
        return say(f"web.{word}", self.lang, **values)

    def field(self, name: str, within: Locator | None = None) -> Locator:
        place = within or self.page
        return place.get_by_role("combobox", name=name).or_(place.get_by_role("textbox", name=name)).first

    def press(self, word: str, role: str = "button", **values: object) -> None:
        self.page.get_by_role(role, name=self.say(word, **values), exact=True).click()  # type: ignore[arg-type]

    def read_as(self, column: str, role: str) -> None:
        self.field(self.say("upload.read_column", name=column)).click()
        self.page.get_by_role("option", name=self.say(f"upload.field_{role}"), exact=True).click()

    def bar(self, count: int) -> Locator:
        """A number written in the picture."""
        return self.page.get_by_role("application").get_by_text(re.compile(rf"^{count}\b")).first


def _upload(hands: Hands, shop: Shop, folder: Path) -> None:
    page, say = hands.page, hands.say
    expect(page.get_by_role("heading", level=1)).to_have_text(say("start.ask"))
    hands.press("start.just_upload", "link")
    page.locator("input[type=file]").set_input_files(shop.write(folder))

    # It is guessed; what was not understood is said, and mended in one choice.
    good = len(shop.rows()) - 1
    expect(page.get_by_role("row", name=shop.columns[1])).to_be_visible()
    for column, role in zip(shop.columns, ("user_id", "time", "event", "value"), strict=True):
        shown = hands.field(say("upload.read_column", name=column))
        if shown.input_value() != say(f"upload.field_{role}"):
            hands.read_as(column, role)
    preview = page.locator("section", has=page.get_by_role("heading", name=say("upload.preview")))
    expect(preview).to_contain_text(re.compile(rf"{good}\b.*{_CUSTOMERS}\b"))
    for step, count in zip(shop.steps, _through(range(_CUSTOMERS)), strict=True):
        expect(preview.get_by_text(step).first).to_contain_text(str(count))
    hands.press("upload.import")
    report = page.get_by_role("status").filter(has_text=say("upload.accepted"))
    expect(report).to_contain_text(str(good))
    expect(report).to_contain_text(re.compile(rf"{say('upload.aside')}\s*1"))
    hands.press("upload.to_explore", "link")


def _ask(hands: Hands, shop: Shop) -> None:
    page, say = hands.page, hands.say
    counts = _through(range(_CUSTOMERS))
    _empty(hands)
    page.get_by_role("button", name=shop.steps[0], exact=True).click()
    expect(hands.bar(counts[0])).to_be_visible()
    for step, count in zip(shop.steps[1:], counts[1:], strict=True):
        picker = hands.field(say("explore.next_step"))
        picker.click()
        picker.press_sequentially(step[:3])
        option = page.get_by_role("option", name=re.compile(f"^{step}"))
        expect(option).to_contain_text(str(count))
        option.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(step)
        expect(hands.bar(count)).to_be_visible()


def _empty(hands: Hands) -> None:
    """Take away what the question begins with."""
    steps = hands.page.get_by_role("button", name=re.compile(hands.say("explore.step_more", n=0).replace("0", r"\d+")))
    expect(steps.first).to_be_visible(timeout=30_000)
    for number in range(steps.count(), 0, -1):
        hands.press("explore.step_more", n=number)
        hands.press("do.remove", "menuitem")


def _look_behind(hands: Hands, shop: Shop) -> None:
    page, say = hands.page, hands.say
    counts = _through(range(_CUSTOMERS))
    box = page.get_by_role("application").get_by_text(shop.steps[2], exact=True).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] + 20, box["y"] + box["height"] / 2)
    people = page.get_by_role("complementary", name=say("explore.people"))
    expect(people.get_by_role("listitem")).to_have_text([f"M{n:02d}" for n in range(0, _CUSTOMERS, 4)])

    people.get_by_role("button", name="M16", exact=True).click()
    expect(people.locator("li[data-place]")).to_have_count(3)
    expect(people.locator("li[data-place]").first).to_contain_text("116.50")
    expect(people.locator("li[data-place] time")).to_have_text(["09:12", "09:11", "09:10"])
    people.get_by_role("button", name=say("people.back")).click()
    expect(people.get_by_role("listitem")).to_have_count(counts[2])

    # M02 filled a cart and did not pay.
    people.get_by_role("button", name=say("do.close")).click()
    people.get_by_role("textbox", name=say("explore.customer_id")).fill("M02")
    people.get_by_role("button", name=say("explore.why_short"), exact=True).click()
    expect(people.get_by_text(shop.steps[2]).first).to_be_visible()
    expect(people.locator("li[data-place]")).to_have_count(2)


def _keep(hands: Hands) -> None:
    page, say = hands.page, hands.say
    hands.press("explore.save")
    hands.press("explore.new_board", "menuitem")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("explore.board_name")).fill("Spring")
    dialog.get_by_role("button", name=say("explore.save")).click()
    expect(page.get_by_text(say("explore.saved", name="Spring"))).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name=say("shell.boards")).click()
    page.get_by_role("link", name="Spring").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring")
    for count in _through(range(_CUSTOMERS)):
        expect(hands.bar(count)).to_be_visible()

    # The last week: the customers of the last seven days of the file.
    week = _through(range(_DAYS - 7, _DAYS))
    hands.press("pick.all_time")
    hands.press("pick.last_days", "menuitem", n=7)
    for count in week:
        expect(hands.bar(count)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=say("pick.last_days", n=7))).to_be_visible()
    for count in week:
        expect(hands.bar(count)).to_be_visible()


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_link_to_a_board(browser: Browser, link: str, tmp_path: Path, lang: Lang) -> None:
    shop = _SHOPS[lang]
    context = browser.new_context(locale={"zh": "zh-CN", "en": "en-US"}[lang], viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        with heard(page):
            page.goto(link)
            hands = Hands(page, lang)
            _upload(hands, shop, tmp_path)
            _ask(hands, shop)
            _look_behind(hands, shop)
            _keep(hands)
    finally:
        context.close()
