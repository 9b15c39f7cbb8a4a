"""Charts of how customers come and go against their tables."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.charts.drawing import CHANNELS, DAY, cells, drawn, values


def test_sessions_are_a_bar_per_entry_or_a_lane_per_measure(shop: Any) -> None:
    result = shop.sessions("channel")
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == [CHANNELS[row["channel"]] for row in rows]
    assert values(option["series"][0]) == [row["sessions"] for row in rows]
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        told = cells(label)
        assert told[:2] == [f"{row['sessions']}", f"{row['exits']}"] and told[2] == f"{row['events_per_session']:.2f}"
        assert told[-1].startswith(f"{100 * row['bounce_rate']:.1f}% (")
    result = shop.sessions(period="week")
    lanes = {one["yAxisIndex"]: [value for _, value in values(one)] for one in drawn(result)["series"]}
    rows = result.table.to_pylist()
    assert lanes[0] == [row["sessions"] for row in rows] and 0 in lanes[0]
    assert lanes[1] == [row["events_per_session"] for row in rows] and None in lanes[1], "of no sessions, no mean"
    assert lanes[2] == pytest.approx([row["bounce_rate"] and 100 * row["bounce_rate"] for row in rows])


@pytest.mark.parametrize("silent", [None, "2d"])
def test_how_long_it_takes_is_a_stair_on_a_band(shop: Any, silent: str | None) -> None:
    result = shop.timing("Visit", None if silent else "Pay", silent=silent, by="channel")
    option, rows, curve = drawn(result), result.table.to_pylist(), result.curve.to_pylist()
    assert option["legend"]["data"] == [CHANNELS[row["channel"]] for row in rows] == ["Website", "App", "Store"]
    bands, below = option["series"][:9], option["series"][9:]
    begin, sign = (100.0, -100) if silent else (0.0, 100)
    for row, three, watched in zip(rows, zip(*[iter(bands)] * 3, strict=True), below, strict=True):
        points = [point for point in curve if point["channel"] == row["channel"]]
        low, height, share = (values(one) for one in three)
        unit = points[-1]["time"] / share[-1][0]
        assert unit in (pytest.approx(3_600_000_000), pytest.approx(DAY))
        assert [y for _, y in share] == pytest.approx([begin, *(begin + sign * point["share"] for point in points)])
        ends = ("high", "low") if silent else ("low", "high")
        for place, point in enumerate(points, 1):
            if point["low"] is not None:
                bottom, top = (begin + sign * point[name] for name in ends)
                assert (low[place][1], low[place][1] + height[place][1]) == pytest.approx((bottom, top))
        counts = [int(one["label"]["formatter"].replace(",", "")) for one in watched["data"]]
        assert counts[0] == row["starts"] and counts == sorted(counts, reverse=True)
        ticks = [tick for tick, _ in values(watched)]
        assert counts[1] == result.at_risk(row["channel"], [round(ticks[1] * unit)])[0]
    word = "gone" if silent else "there"
    assert (
        f"Website: of 100 {'customers' if silent else 'starts'}" in option["title"]["subtext"]
        and word in option["title"]["subtext"]
    )


def test_a_life_cycle_is_stacked_with_the_dormant_below(shop: Any) -> None:
    result = shop.lifecycle(period="week", zone="Asia/Shanghai")
    option, rows = drawn(result), result.table.to_pylist()
    assert [one["name"] for one in option["series"]] == ["returning", "resurrected", "new", "dormant"]
    for one in option["series"]:
        sign = -1 if one["name"] == "dormant" else 1
        assert values(one) == [sign * row["customers"] for row in rows if row["status"] == one["name"]]
    assert option["xAxis"]["data"][0] == "2025-12-29", "a week of the zone's calendar"
    last = {row["status"]: row["customers"] for row in rows[-8:-4]}
    assert f"{last['new']} new); {last['dormant']} dormant" in option["title"]["subtext"], (
        "of the last week that is over"
    )


def test_stickiness_is_a_bar_per_number_of_days(shop: Any) -> None:
    result = shop.stickiness()
    option, rows = drawn(result), result.table.to_pylist()
    bars, line = option["series"]
    assert values(bars) == pytest.approx([100 * row["share"] for row in rows]) and len(rows) == 2
    assert values(line) == pytest.approx([100 * row["share_at_least"] for row in rows])
    days = result.periods
    assert option["title"]["text"] == f"25.0% of 300 customers were active on more than one of {days} days"


def test_a_segment_is_a_share_of_all(shop: Any) -> None:
    result = shop.segment("did Cart and not did Pay")
    option = drawn(result)
    assert (values(option["series"][0]), option["xAxis"]["max"]) == ([result.size], 300)
    assert f"{100 * result.size / 300:.1f}% of 300 customers" in option["title"]["text"]
    assert "did “Cart” and did not do “Pay”" in json.dumps(option, ensure_ascii=False)
