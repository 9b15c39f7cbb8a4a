"""Charts with an axis of time against their tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.charts.drawing import CHANNELS, drawn, values


def test_retention_has_its_interval_and_cohorts(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", period="day", periods=40, clock="rolling")
    option, rows = drawn(result), result.table.to_pylist()
    low, height, rate = option["series"][:3]
    assert None in values(rate) and None not in values(rate)[:30], "the last periods are over for nobody"
    for row, down, up, middle in zip(rows, values(low), values(height), values(rate), strict=True):
        if row["rate"] is None:
            assert down is up is middle is None
        else:
            assert (down, down + up, middle) == pytest.approx(
                (100 * row["low"], 100 * row["high"], 100 * row["rate"])
            )  # fmt: skip
    assert option["series"][3]["type"] == "heatmap"


def test_cohorts_that_are_not_over_are_left_out(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", period="week", periods=3)
    option = drawn(result)
    heat = option["series"][3]
    cohorts = sorted({row["cohort"] for row in result.cohorts.to_pylist()})
    expected = {
        (row["period"], cohorts.index(row["cohort"])): 100 * row["rate"]
        for row in result.cohorts.to_pylist() if row["rate"] is not None
    }  # fmt: skip
    assert {(x, y): rate for x, y, rate in values(heat)} == pytest.approx(expected)
    assert len(expected) < 4 * len(cohorts) and heat["yAxisIndex"] == 1
    sizes = {row["cohort"]: row["customers"] for row in result.cohorts.to_pylist()}
    assert [name.split()[-1] for name in option["yAxis"][1]["data"]] == [f"{sizes[cohort]}" for cohort in cohorts]
    assert option["xAxis"][0]["data"][0] == f"0\nn {result.table['mature'][0].as_py()}"


def test_brackets_have_whiskers(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", mode="bracket", brackets=[(0, 0), (1, 7), (90, 99)])
    rows = result.table.to_pylist()
    whiskers, points = drawn(result)["series"][:2]
    assert values(points) == pytest.approx([100 * rows[0]["rate"], 100 * rows[1]["rate"], None])
    low, high = rows[1]["low"], rows[1]["high"]
    assert [values(whiskers)[1][0], values(whiskers)[1][-1]] == pytest.approx([100 * low, 100 * high])
    assert values(whiskers)[2] == [None] * 5


def test_a_trend_has_a_lane_per_measure(shop: Any) -> None:
    result = shop.trend(period="week")
    option, rows = drawn(result), result.table.to_pylist()
    lanes = {one["yAxisIndex"]: [value for _, value in values(one)] for one in option["series"]}
    assert lanes == {i: [row[name] for row in rows] for i, name in enumerate(("events", "customers", "value"))}
    assert 0 in lanes[0], "a week without events was counted: zero, not a gap"
    groups = shop.trend(period="week", by="channel", event="Pay")
    told = {
        (CHANNELS[row["channel"]], row["period"].isoformat()[:19]): row["events"] for row in groups.table.to_pylist()
    }
    for one in drawn(groups)["series"]:
        if one["yAxisIndex"] == 0:
            assert all(told.get((one["name"], time), 0) == value for time, value in values(one))
            assert sum(value for _, value in values(one)) == sum(
                n for (name, _), n in told.items() if name == one["name"]
            )


def test_money_without_a_sum_is_not_drawn(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        for currency in ("CNY", "EUR"):
            ws.append([{"event": "Pay", "user_id": "ann", "time": "2026-01-01", "value": 5, "currency": currency}])
        option = drawn(ws.trend(), "zh")
    assert len(option["series"]) == 2 and "币种" in option["title"]["subtext"]


def test_a_time_line_has_a_lane_per_channel(tmp_path: Path) -> None:
    rows = [
        {"event": "Visit", "time": "2026-01-01T10:00:00Z", "channel": "web"},
        {"event": "<b>Call</b>", "time": "2026-01-02T10:00:00Z", "channel": "hotline", "text": "slow & <i>rude</i>"},
        {"event": "Answered", "time": "2026-01-03T10:00:00Z", "score": 2, "scale": "csat5"},
    ]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append([{"user_id": "ann", **row} for row in rows])
        option = drawn(ws.timeline("ann"))
    assert option["yAxis"]["data"] == ["Website", "Hotline", "(none)"]
    data = option["series"][0]["data"]
    assert [(one["name"], *one["value"], one["symbol"]) for one in data] == [
        ("Visit", "2026-01-01T10:00:00", "Website", "circle"),
        ("<b>Call</b>", "2026-01-02T10:00:00", "Hotline", "diamond"),
        ("Answered", "2026-01-03T10:00:00", "(none)", "diamond"),
    ]  # fmt: skip
    hover = data[1]["tooltip"]["formatter"]
    assert "&lt;b&gt;Call&lt;/b&gt;" in hover and "slow &amp; &lt;i&gt;rude&lt;/i&gt;" in hover, "a hover is HTML"
