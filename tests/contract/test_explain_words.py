"""What explanations of rows say, by hand, in both languages; and whom they cannot explain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.errors import Erased, UnknownName
from lvtu.workspace import Workspace

MODEL = {
    "key": "shop", "title": "Shop",
    "touchpoints": [
        {"id": "page", "name": {"zh": "商品页", "en": "Page"}, "events": ["View", "Look"]},
        {"id": "till", "name": {"zh": "收银台", "en": "Till"}, "online": False, "events": "Pay"},
    ],
    "stages": [{"key": "buy", "name": "Buy", "entry": {"touchpoints": "till"}}],
    "behaviours": [
        {"key": "ordered", "name": {"zh": "下单", "en": "Ordered"}, "events": "Pay"},
        {"key": "churned", "name": {"zh": "流失", "en": "Churned"}, "silent": "2d"},
    ],
}  # fmt: skip


def event(who: str, day: int, hour: int, name: str, **more: Any) -> dict[str, Any]:
    return {"user_id": who, "event": name, "time": f"2026-03-{day:02}T{hour:02}:00:00Z", **more}


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("words") / "shop") as workspace:
        workspace.append([
            {"anonymous_id": "phone", "event": "Look", "time": "2026-03-01T08:00:00Z", "channel": "web"},
            event("ann", 1, 9, "View", channel="web", anonymous_id="phone", score=4, scale="csat5", weight=1.5),
            event("ann", 1, 10, "View", channel="app", score=2.5),
            event("ann", 1, 12, "Pay"),
            event("ann", 3, 12, "Call", channel="hotline"),
            event("bo", 1, 9, "View", channel="web"),
            event("bo", 1, 11, "Look", channel="web"),
            event("cy", 6, 9, "Call", channel="hotline"),
        ])  # fmt: skip
        workspace.save_model(MODEL)
        yield workspace


def said(result: Any, who: str, lang: Any = "en") -> list[str]:
    lines = result.explain(who).text(lang).splitlines()
    assert all(line.startswith("  ") for line in lines[1:])
    return [line.strip() for line in lines]


def test_a_graph(ws: Workspace) -> None:
    result = ws.graph(by="touchpoint", fold=True, within="1d", since="2026-03-01T09:00Z")
    assert said(result, "phone") == [
        "ann: 1 transition, beginning with Page, ending with (none)",
        "Page → Till, 3h after 2026-03-01 09:00:00",
        "not counted: Till → (none), 2d apart",
        "taken as one with the event before: 1 event",
        "left out, before or after the time asked about: 1 event",
    ]
    assert said(result, "phone", "zh") == [
        "ann：1 次转移，始于商品页，终于（无）",
        "商品页 → 收银台：自 2026-03-01 09:00:00 起，相隔 3小时",
        "未计入：收银台 → （无），相隔 2天",
        "与前一个事件合并：1 个事件",
        "不在所问时段之内，未计入：1 个事件",
    ]
    left_out = ws.graph(where="channel = 'web'")
    assert said(left_out, "cy") == [
        "cy is not counted: no event that counts", "left out by the condition: 1 event",
    ]  # fmt: skip
    assert said(left_out, "cy", "zh") == ["cy 未计入：没有计入的事件", "不符合条件，未计入：1 个事件"]


def test_channels(ws: Workspace) -> None:
    result = ws.channels("Pay", within="4h")
    assert said(result, "ann") == [
        "ann: 3 transitions",
        "Website → Website, 1h after 2026-03-01 08:00:00",
        "Website → App, 1h after 2026-03-01 09:00:00",
        "App → Hotline, 2d 2h after 2026-03-01 10:00:00",
        "began with Website (2026-03-01 08:00:00) and reached the goal: Till (2026-03-01 12:00:00)",
        "a score of 4 on csat5 (weight 1.5) in Website (2026-03-01 09:00:00)",
        "a score of 2.5 in App (2026-03-01 10:00:00)",
    ]
    assert said(result, "ann", "zh")[4:] == [
        "从网站开始（2026-03-01 08:00:00），达成目标：收银台（2026-03-01 12:00:00）",
        "网站：csat5 评分 4，权重 1.5（2026-03-01 09:00:00）",
        "App：评分 2.5（2026-03-01 10:00:00）",
    ]
    assert said(ws.channels("Pay", within="3h"), "ann")[-2:] == [
        "a score of 2.5 in App (2026-03-01 10:00:00)", "passed over, since without a value in channel: 1 event",
    ]  # fmt: skip
    assert "began with Website (2026-03-01 08:00:00) and did not reach the goal within 3h" in said(
        ws.channels("Pay", within="3h"), "ann"
    )
    assert said(ws.channels("Pay"), "bo")[-1] == "began with Website (2026-03-01 09:00:00) and did not reach the goal"
    assert said(ws.channels("Pay"), "bo", "zh")[-1] == "从网站开始（2026-03-01 09:00:00），没有达成目标"
    assert said(ws.channels(where="event = 'Pay'"), "ann", "zh") == [
        "ann 未计入：没有带渠道（或所选属性）的事件", "没有渠道，略过：1 个事件", "不符合条件，未计入：4 个事件",
    ]  # fmt: skip


def test_first_touch(ws: Workspace) -> None:
    assert said(ws.first_touch(since="2026-03-01T09:00Z"), "ann") == [
        "ann began with Page: Page (View) (2026-03-01 09:00:00)", "with a score of 4 on csat5 (weight 1.5)",
        "left out, before or after the time asked about: 1 event",
    ]  # fmt: skip
    assert said(ws.first_touch(since="2026-03-01T09:00Z"), "ann", "zh")[:2] == [
        "ann 从商品页开始：商品页（View）（2026-03-01 09:00:00）", "当时的评价：csat5 评分 4，权重 1.5",
    ]  # fmt: skip
    assert said(ws.first_touch(), "cy") == ["cy began with (none): Call (2026-03-06 09:00:00)"]
    assert said(ws.first_touch(until="2026-03-02"), "cy", "zh")[0] == "cy 未计入：没有计入的事件"


def test_behaviours(ws: Workspace) -> None:
    told = said(ws.behaviours(), "ann")
    assert told[0] == "ann shows 2 of 8 behaviours"
    assert told[2:5] == [
        "Ordered: 1 event, 2026-03-01 12:00:00",
        "Paid: no, no event that shows it",
        "Repurchased: no, Ordered: 1 event, at least 2 needed",
    ]
    assert told[-1] == "Churned: yes, silent for 2d 21h since 2026-03-03 12:00:00, longer than 2d"
    assert said(ws.behaviours(), "cy", "zh")[-2:] == [
        "退款：没有，没有相应的事件", "流失：否，自 2026-03-06 09:00:00 起沉默 0毫秒，未超过 2天",
    ]  # fmt: skip
    assert said(ws.behaviours(until="2026-03-02"), "cy")[0] == "cy is not counted: no event that counts"


def test_a_flow(ws: Workspace) -> None:
    result = ws.flow("View", by="touchpoint", entry="each", top=1, steps=2)
    assert said(result, "ann") == [
        "ann: paths that count: 2",
        "from Page (View) (2026-03-01 09:00:00)",
        "step 1: Page → Page, 1h apart",
        "step 2: Page → Till, 2h apart",
        "from Page (View) (2026-03-01 10:00:00)",
        "step 1: Page → Till (among the others), 2h apart",
        "step 2: Till (among the others) → (left)",
        "at no step of these paths: 1 event",
        "passed over, since without a value in touchpoint: 1 event",
    ]
    assert said(result, "ann", "zh")[4:] == [
        "从商品页（View）出发（2026-03-01 10:00:00）",
        "第 1 步：商品页 → 收银台（归入其他），相隔 2小时",
        "第 2 步：收银台（归入其他） → （离开）",
        "不在这些路径的任何一步：1 个事件",
        "没有接触点，略过：1 个事件",
    ]
    back = ws.flow("Pay", by="channel", direction="backward", unit="sessions", session_gap="3h", steps=5)
    assert said(back, "ann") == [
        "ann: paths that count: 1",
        "session 1: back from Till (2026-03-01 12:00:00)",
        "step 1: App → (none), 2h apart",
        "step 2: Website → App, 1h apart",
        "step 3: Website → Website, 1h apart",
        "step 4: (began here) → Website",
        "at no step of these paths: 1 event",
    ]
    assert said(back, "cy") == ["cy is not counted: no event that a path is followed from"]
    assert said(back, "ann", "zh")[1] == "第 1 次会话：由收银台回溯（2026-03-01 12:00:00）"


def test_a_step_matrix(ws: Workspace) -> None:
    result = ws.step_matrix("View", before=3, after=4, fold=True)
    assert said(result, "ann") == [
        "ann: paths that count: 1",
        "around Page (View) (2026-03-01 09:00:00)",
        "up to step -2: (not begun)",
        "step -1: Page (Look) (2026-03-01 08:00:00)",
        "step 0: Page (View) (2026-03-01 09:00:00)",
        "step +1: Till (2026-03-01 12:00:00)",
        "step +2: Call (2026-03-03 12:00:00)",
        "from step +3 on: (left)",
        "at no step of these paths: 1 event",
    ]
    assert said(result, "ann", "zh")[:4] == [
        "ann：计入 1 条路径", "以商品页（View）为中心（2026-03-01 09:00:00）", "到第 -2 步为止：（尚未开始）",
        "第 -1 步：商品页（Look）（2026-03-01 08:00:00）",
    ]  # fmt: skip
    assert said(result, "cy", "zh") == ["cy 未计入：没有可作为起点的事件"]


def test_a_time_line(ws: Workspace) -> None:
    edge = ws.join("ann", "bo")
    told = ws.timeline("bo", where="channel = 'web' or event = 'Pay'").explain()
    ws.unjoin(edge)
    assert str(told).splitlines() == [
        "ann: 5 events on the time line",
        "  under phone without a user id, on which ann signed in at 2026-03-01 09:00:00: 1 event",
        "  under ann, as the customer is called: 2 events",
        "  under bo, joined with ann (who is who says by what): 2 events",
        "  left out by the condition: 2 events",
    ]
    assert told.text("zh").splitlines()[1:] == [
        "  phone 名下、未登录：1 个事件，因 ann 于 2026-03-01 09:00:00 在此登录而归入",
        "  ann（客户本名）名下：2 个事件",
        "  bo 名下：2 个事件，该标识已并入 ann（依据见身份记录）",
        "  不符合条件，未计入：2 个事件",
    ]


def test_times_that_are_not_exact_tell_no_duration(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([
            event("ann", 1, 0, "View", channel="web", time_basis="day"), event("ann", 1, 9, "Look", channel="web"),
            event("ann", 1, 10, "Pay", channel="web"),
        ])  # fmt: skip
        assert said(ws.graph(within="1h"), "ann", "zh")[2] == "未计入：View → Look，相隔太久"
        for result in (ws.graph(), ws.channels(), ws.flow(steps=2)):
            assert result.explain("ann").table["time"].to_pylist() == [None, 3_600_000_000]
        assert said(ws.graph(), "ann")[1:] == [
            "View → Look, from 2026-03-01 00:00:00", "Look → Pay, 1h after 2026-03-01 09:00:00",
        ]  # fmt: skip
        assert said(ws.flow(), "ann", "zh")[2] == "第 1 步：View → Look"


def asked(ws: Workspace) -> list[Any]:
    return [
        ws.graph(),
        ws.channels(),
        ws.first_touch(),
        ws.behaviours(),
        ws.flow(),
        ws.step_matrix(),
        ws.timeline("bo"),
    ]


def test_whom_nobody_knows(ws: Workspace) -> None:
    for result in asked(ws):
        with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
            result.explain("nobody")


def test_nobody_is_explained_who_was_forgotten_since(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([event("ann", 1, 9, "View", channel="web"), event("bo", 1, 9, "Pay", channel="web")])
        ws.save_model(MODEL)
        before = [*asked(ws), ws.funnel(["View"]), ws.variants(), ws.sessions(), ws.stages(), ws.segment("did Pay")]
        ws.forget("ann")
        for result in before:
            with pytest.raises(Erased, match="before somebody was forgotten"):
                result.explain("bo")
        assert all(result.explain("bo").table.num_rows for result in asked(ws)[2:])
