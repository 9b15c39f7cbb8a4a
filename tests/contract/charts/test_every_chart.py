"""Every answer has its chart, on a wide page and on a narrow one; and lines break where they may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case
from contract.charts.drawing import DAY, drawn
from contract.instruments import cases_in
from contract.questions import MODEL, questions
from contract.test_trend import scattered
from lvtu.analyses.charts import KINDS
from lvtu.analyses.charts.narrow import NARROW, wrapped
from lvtu.analyses.charts.theme import DARK, LIGHT, MOST_GROUPS
from lvtu.analyses.wording.notes import worded
from lvtu.errors import BadInput
from naive.journeys import Event
from property.strategies import START

LOOKS = [("en", False), ("zh", True)]


def test_every_answer_can_be_drawn(states: list[Case], tmp_path: Path) -> None:
    found, asked = questions(states[0].ws), cases_in(tmp_path)[0].ws
    found |= {"servqual": asked.servqual("channel"), "kano": asked.kano(), "maxdiff": asked.maxdiff()}
    assert {one.kind for one in found.values()} == set(KINDS)
    for lang, dark in LOOKS:
        for name, result in found.items():
            option = drawn(result, lang, dark)
            assert option["backgroundColor"] == (DARK if dark else LIGHT).ground, name
            for note in result.notes:
                assert worded(note, result, lang).text(lang) in option["title"]["subtext"], name
    assert drawn(found["funnel"], "zh")["title"] != drawn(found["funnel"], "en")["title"]


def test_nothing_can_be_drawn_too(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        walks = (ws.flow(), ws.step_matrix())
        segments = (ws.segment("not did ."), ws.drift("did ."), ws.overlap("did .", "not did ."))
        mine = (ws.sessions(), ws.sessions(period="day"), ws.timing(), ws.lifecycle())
        for result in (ws.graph(), ws.retention(periods=2), ws.trend(), *segments, *walks, *mine):
            drawn(result)
        ws.append([{"event": "A", "user_id": "ann", "time": "2026-01-01"}])
        for result in (
            ws.graph(),
            ws.retention("A", "A", periods=2),
            ws.trend(),
            ws.timeline("ann"),
            ws.flow(),
            ws.step_matrix("A"),
        ):
            drawn(result)
        drawn(ws.funnel(["A", "A"], since="2027-01-01"))
        ws.save_model(MODEL)
        drawn(ws.attribution("A", "all"))
        drawn(ws.channels("A"), "zh")
        drawn(ws.rfm("A", since="2027-01-01"), "zh")
        for question in (ws.stages, ws.behaviours, ws.first_touch, ws.variants, ws.clusters, ws.conformance):
            drawn(question(since="2027-01-01"), "zh")
            drawn(question())
        drawn(ws.stages(since="2027-01-01").now())
        drawn(ws.rollup(since="2027-01-01"))
        drawn(ws.model_change(MODEL, since="2027-01-01"))
        drawn(ws.handoffs([{"source": "A", "target": "A", "within": "1d"}], since="2027-01-01"))
        drawn(ws.funnel(["A", "A"], since="2027-01-01", trend="week", by="channel"))


def test_what_has_no_picture_says_so(states: list[Case]) -> None:
    result = states[0].ws.graph()

    class Other(type(result)):  # type: ignore[misc]
        kind = "other"

    result.__class__ = Other
    with pytest.raises(BadInput, match="no chart of other"):
        result.chart()


def test_only_the_largest_groups_are_drawn(made: Any) -> None:
    events = [
        Event(f"{i}-{n}", START + i * DAY, f"c{i}-{n}", "A", channel=f"shop {i}")
        for i in range(12)
        for n in range(i + 1)
    ]
    option = drawn(made(events).ws.trend(by="channel"))
    names = {one["name"] for one in option["series"]}
    assert names == {f"shop {i}" for i in range(12 - MOST_GROUPS, 12)}
    assert f"the {MOST_GROUPS} largest of 12 groups" in option["title"]["subtext"]


def test_a_year_of_ugly_times_can_be_drawn(made: Any) -> None:
    ws = made(scattered(7, 60, 700)).ws
    for period in ("day", "week", "month"):
        for zone in ("UTC", "America/New_York"):
            drawn(ws.trend(period=period, zone=zone, by="plan"))
            drawn(ws.retention("A", "B", period=period, zone=zone, periods=5), "zh")
            drawn(ws.funnel(["A", "B"], trend=period, zone=zone, by="channel"))


def test_a_narrow_page_gets_its_own_layout(shop: Any, rated: Any) -> None:
    funnel = shop.funnel(["Visit", "Cart", "Pay"], within="2d")
    answers = [
        funnel, funnel.time_to_convert(), funnel.compare("channel = 'web'", "channel = 'app'"),
        shop.trend(by="channel"), shop.sessions("channel"), shop.sessions("channel", period="week"),
        shop.timing("Visit", "Pay", by="channel"), shop.lifecycle(), rated.stages(),
        rated.behaviours(), rated.first_touch(by="channel"), shop.conformance(["Visit", "Cart"]),
        shop.handoffs([{"source": "Visit", "target": "Cart", "within": "1h"}]),
    ]  # fmt: skip
    for result in answers:
        option = drawn(result)
        narrow, wide = option["media"]
        assert narrow["query"] == {"maxWidth": NARROW - 1} and "query" not in wide
        for part, change in narrow["option"].items():
            assert_undone(change, wide["option"][part], option[part])
    rows = drawn(funnel)["media"][0]["option"]["yAxis"][1]["axisLabel"]["rich"]
    assert sum(column["width"] for column in rows.values()) <= 358, "all columns of numbers have room on a phone"


def assert_undone(change: Any, undone: Any, whole: Any) -> None:
    """What changes on a narrow page is put back on a wide one."""
    if isinstance(change, dict):
        assert change.keys() == undone.keys()
        for key in change:
            assert_undone(change[key], undone[key], whole[key])
    elif isinstance(change, list) and change and isinstance(change[0], dict):
        for one, other, original in zip(change, undone, whole, strict=False):
            assert_undone(one, other, original)
    else:
        assert undone == whole


@pytest.mark.parametrize(
    "text",
    [
        "30.7% of 4,339 customers get from “Order Placed” to “Order Placed”, and this sentence goes on for long",
        "从首单到常客：4,339 位客户中，34.6%从“第一次买”走到“成为常客”；完成者中一半用时不超过 28天19小时",
        "走到哪一步：country = 'France'（p_adjusted，Holm 法）为准，（差异显著时着色）",
    ],
)  # fmt: skip
def test_lines_break_where_they_may(text: str) -> None:
    for room in (120, 200, 336):
        lines = wrapped(text, 14, room)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "") and len(lines) > 1
        assert not any(line[0] in "，。：；、！？）》」”" or line[-1] in "“（《「" for line in lines)
        assert all(len(line) > 1 for line in lines)
    assert wrapped("短", 14, 336) == ["短"]
