"""What a notebook shows: pages in the reader's language, pictures that follow the page's theme, and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import lvtu
from contract.cases import Case
from contract.questions import questions
from lvtu.analyses.charts.svg import drawn_twice
from lvtu.workspace import Workspace
from parts import require

OWN = re.compile(r"lvtu-[0-9a-f]{8}-")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "small.lvtu") as workspace:
        for who, event, day in (("ann", "浏览", 1), ("ann", "Pay", 2), ("bo", "浏览", 3), ("cy", "<Other>", 4)):
            workspace.append([{"user_id": who, "event": event, "time": f"2026-03-0{day}T09:00:00Z"}])
        yield workspace


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LVTU_LANG", request.param)
    return request.param


def parsed(page: str) -> ElementTree.Element:
    """A page, which is also XML: nothing is left open."""
    assert not re.search(r"<script|href=|src=|url\((?!#)|@import", page)
    return ElementTree.fromstring(page)


def cells(page: str) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in parsed(page).iter("tr")]


def paragraphs(page: str) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(page).iter("p")]


def as_on(page: str, dark: bool) -> str:
    """The picture of a page with its variables filled in, as a browser does it."""
    night = dict(re.findall(r"(--[\w-]+):([^;]+);", page))
    svg = re.search(r"<svg.*</svg>", page, re.DOTALL)
    assert svg
    return re.sub(r"var\((--[\w-]+),((?:[^()]|\([^()]*\))*)\)", lambda v: night[v[1]] if dark else v[2], svg[0])


def bare(svg: str) -> str:
    return OWN.sub("", svg).replace(' style="max-width:100%;height:auto"', "")


def test_pictures_are_what_they_are_on_either_page(states: list[Case]) -> None:
    require("mini-racer", find_spec("py_mini_racer"))
    for name, result in questions(states[0].ws).items():
        shown = result._repr_mimebundle_()
        assert shown["image/svg+xml"] == result.svg(), name
        page = shown["text/html"]
        assert bare(as_on(page, dark=False)) == bare(result.svg()), name
        assert bare(as_on(page, dark=True)) == bare(result.svg(dark=True)), name
        assert shown["text/plain"] == repr(result)
        assert len(cells(page)) == (min(result.table.num_rows, 40) + 1 if result.table.num_rows else 0), name


def test_what_differs_in_more_than_paint_is_the_light_one(ws: Workspace) -> None:
    require("mini-racer", find_spec("py_mini_racer"))
    one, other = ws.funnel(["浏览", "Pay"]).chart(), ws.funnel(["浏览"]).chart(dark=True)
    light, page = drawn_twice(one, other, 700, 400)
    assert "var(" not in page and bare(as_on(page, dark=True)) == bare(light)


def test_pictures_on_one_page_do_not_share_names(ws: Workspace) -> None:
    require("mini-racer", find_spec("py_mini_racer"))
    results = [ws.trend(period="day"), ws.trend("Pay", period="day"), ws.trend(period="day")]
    drawn = [(result.svg(), result._repr_html_()) for result in results]
    assert drawn[0] == drawn[2]
    for one, other in zip(drawn[0], drawn[1], strict=True):
        names = [set(re.findall(r'(?:id="|#|--|\.)(lvtu-[\w-]+)', text)) for text in (one, other)]
        assert names[0] and names[1] and not names[0] & names[1]


def test_tables_are_in_the_readers_language(ws: Workspace, lang: str) -> None:
    head = {
        "en": ["step", "name", "customers", "of previous", "of first", "median time"],
        "zh": ["步骤", "名称", "客户数", "较上一步", "较第一步", "用时中位数"],
    }[lang]
    day = {"en": "1d", "zh": "1天"}[lang]
    share = {"en": "50.0% (9.5–90.5%)", "zh": "50.0%（9.5–90.5%）"}[lang]
    page = ws.funnel(["浏览", "Pay"], within="30d")._repr_html_()
    assert cells(page) == [head, ["1", "浏览", "2", "—", "100.0%", "—"], ["2", "Pay", "1", "50.0%", share, day]]
    left = {"en": "1 customer had not finished", "zh": "1 位客户尚未走完"}[lang]
    assert any(left in one for one in paragraphs(page))


def test_no_heading_is_the_name_of_a_column(states: list[Case], lang: str) -> None:
    for name, result in questions(states[0].ws).items():
        heads = cells(result._repr_html_())[0]
        assert not [head for head in heads if "_" in head.split(" (")[0]], name
        if lang == "zh":
            assert {head for head in heads if head.isascii()} <= {"plan", "Shapley", "NPS"}, name


def test_long_tables_say_what_is_left_out(ws: Workspace, lang: str) -> None:
    ws.append([{"user_id": "dee", "event": f"E{i}", "time": "2026-03-05"} for i in range(60)])
    page = ws.timeline("dee")._repr_html_()
    assert len(cells(page)) == 41 and {"en": "… and 20 more rows", "zh": "… 另有 20 行"}[lang] in paragraphs(page)
    [details] = parsed(page).iter("details")
    assert details.get("open") is None and details.findtext("summary") == {
        "en": "Table: 60 rows", "zh": "表格：60 行"}[lang]  # fmt: skip


def test_why_somebody_is_counted(ws: Workspace, lang: str) -> None:
    why = ws.funnel(["浏览", "Pay"]).explain("bo")
    assert (
        paragraphs(why._repr_html_())
        == {
            "en": [
                "bo reached 1 of 2 steps",
                "1. 浏览: matched by 浏览 at 2026-03-03 09:00:00",
                "2. Pay: no such event",
            ],
            "zh": ["bo 走到第 1 步，共 2 步", "1. 浏览：完成于 2026-03-03 09:00:00（浏览）", "2. Pay：没有相应的事件"],
        }[lang]
    )
    assert repr(why) == str(why) == why.text("en")
    sessions = ws.sessions().explain("ann")
    assert paragraphs(sessions._repr_html_()) == [line.strip() for line in sessions.text(lang).splitlines()]
    assert repr(sessions) == sessions.text("en")


def test_workspaces_and_views_say_what_they_hold(ws: Workspace, lang: str) -> None:
    page = ws._repr_html_()
    assert paragraphs(page)[:2] == [
        "small.lvtu", {"en": "events: 4; customers: 3", "zh": "3 位客户的 4 个事件"}[lang]]  # fmt: skip
    assert [row[:3] for row in cells(page)[1:]] == [["浏览", "2", "2"], ["Pay", "1", "1"], ["<Other>", "1", "1"]]
    assert repr(ws) == "Workspace('small.lvtu')"
    view = ws.journeys(where="value > 10", until="2026-03-03")
    assert repr(view) == "View(where='value > 10', until='2026-03-03T00:00:00+00:00')"
    assert (
        paragraphs(view._repr_html_())[1:]
        == {
            "en": ["those where amount is greater than 10", "before 2026-03-03 00:00:00 UTC"],
            "zh": ["条件：金额大于 10", "到 2026-03-03 00:00:00 UTC 为止（不含）"],
        }[lang]
    )
    info = paragraphs(ws.info()._repr_html_())
    assert {"en": "repeats dropped: 0", "zh": "已剔除重复 0 条"}[lang] in info
    ws.close()
    assert ws._repr_html_() == "Workspace(&#x27;small.lvtu&#x27;)"


def test_an_empty_workspace_shows_itself(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        assert paragraphs(ws._repr_html_()) == ["w.lvtu", "no events yet: lvtu ingest w.lvtu FILE"]


def test_reports_and_who_is_who(ws: Workspace, lang: str) -> None:
    report = ws.ingest(
        [{"user_id": "eve", "event": "Pay", "time": "2026-03-05"}, {"event": "Pay", "time": "2026-03-05"}]
    )
    assert paragraphs(report._repr_html_())[-1] == {
        "en": "1 × neither user_id nor anonymous_id", "zh": "1 × 既无 user_id 也无 anonymous_id"}[lang]  # fmt: skip
    change = ws.join("ann", "bo")
    assert cells(change._repr_html_())[0][0] == {"en": "change", "zh": "变化"}[lang]
    assert [row[1] for row in cells(ws.identity("ann")._repr_html_())[1:]] == ["ann", "bo", "bo"]
    assert len(cells(ws.identity()._repr_html_())) == 4
