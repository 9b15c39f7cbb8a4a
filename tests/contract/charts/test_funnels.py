"""Charts of funnels against their tables."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cases import micros
from contract.charts.drawing import CHANNELS, drawn, values
from lvtu.analyses.charts.theme import LIGHT
from lvtu.analyses.wording import shaped
from lvtu.analyses.wording.cells import cells_of


def test_a_funnel_is_a_bar_per_step(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], within="2d")
    option, rows = drawn(result), result.table.to_pylist()
    assert values(option["series"][0]) == [row["customers"] for row in rows]
    assert option["yAxis"][0]["data"] == ["Visit", "Cart", "Pay"]
    assert option["xAxis"]["min"] == 0
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        assert f"|{row['customers']}}}" in label and f"{100 * row['from_start']:.1f}%" in label
    assert "—" in option["yAxis"][1]["data"][0], "nothing precedes the first step"
    whiskers = option["series"][0]["markLine"]["data"]
    all_, ends = (
        rows[0]["customers"],
        [[(row[end], place) for end in ("low", "high")] for place, row in enumerate(rows)],
    )
    ends = [[(all_ * end, place) for end, place in two] for two in ends[1:]]
    assert [[tuple(point["coord"]) for point in one] for one in whiskers] == ends
    for label, bar, row in list(zip(option["yAxis"][1]["data"], option["series"][0]["data"], rows, strict=True))[1:]:
        assert f"({100 * row['low']:.1f}–{100 * row['high']:.1f}%)" in label
        hover = bar["tooltip"]["formatter"]
        assert f"({100 * row['previous_low']:.1f}–{100 * row['previous_high']:.1f}%)" in hover


def test_people_read_a_share_and_its_interval_in_one_cell(shop: Any) -> None:
    data = shaped(result := shop.funnel(["Visit", "Cart", "Pay"], within="2d"))
    row = result.table.to_pylist()[2]
    assert data.column_names == ["step", "name", "customers", "from_previous", "from_start", "median_time"]
    told, number, _ = cells_of(data, "from_start")
    ends = f"{100 * row['low']:.1f}–{100 * row['high']:.1f}%"
    assert number and told[0] == "100.0%" and told[2] == f"{100 * row['from_start']:.1f}% ({ends})"
    assert told[2] in result._repr_html_()


def test_groups_stand_side_by_side(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], by="channel")
    option, rows = drawn(result), result.table.to_pylist()
    shown = {one["name"]: values(one) for one in option["series"]}
    expected: dict[str, list[int]] = {}
    for row in rows:
        expected.setdefault(CHANNELS[row["channel"]], []).append(row["customers"])
    assert shown == expected and set(option["legend"]["data"]) == set(expected)
    labels = {one["name"]: [cell["label"]["formatter"] for cell in one["data"]] for one in option["series"]}
    for row in rows:
        told = f"{row['customers']}" if row["step"] == 1 else f"{100 * row['from_start']:.1f}%"
        assert labels[CHANNELS[row["channel"]]][row["step"] - 1] == told
    for one in option["series"]:
        sizes = values(one)
        own = [row for row in rows if CHANNELS[row["channel"]] == one["name"] and row["step"] > 1]
        assert [two[0]["name"] for two in one["markLine"]["data"]] == [f"{100 * row['from_start']:.1f}%" for row in own]
        assert [cell["label"].get("show", True) for cell in one["data"]] == [True, False, False]
        assert [[tuple(point["coord"]) for point in two] for two in one["markLine"]["data"]] == [
            [(row["step"] - 1, sizes[0] * row[end]) for end in ("low", "high")] for row in own
        ]


def test_a_funnels_trend_has_gaps_where_nobody_entered(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], trend="week", zone="Asia/Shanghai")
    option, rows = drawn(result), result.table.to_pylist()
    assert [one["name"] for one in option["series"]] == ["Cart", "Pay"]
    rates = {(row["name"], micros(row["period"])): row["from_start"] for row in rows}
    periods = sorted({start for _, start in rates})
    for one in option["series"]:
        known = [value for _, value in values(one) if value is not None]
        assert known == pytest.approx([100 * rates[one["name"], start] for start in periods])
        gap = [time for time, value in values(one) if value is None]
        assert gap == ["2026-01-19T00:00:00"], "a week of the zone's calendar, as its clock says it"
        assert one["connectNulls"] is False


def test_the_time_it_takes_is_a_stair_with_its_interval(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], within="2d").time_to_convert()
    option, curve = drawn(result), result.curve.to_pylist()
    assert option["xAxis"]["name"] == "hours later"
    for row, three in zip(result.table.to_pylist(), (option["series"][:3], option["series"][3:]), strict=True):
        points = [point for point in curve if point["step"] == row["step"]]
        hours = [point["time"] / 3.6e9 for point in points]
        share, low, high = (values(one) for one in three)
        assert share[0] == [0, 0] and [x for x, _ in share[1:]] == pytest.approx(hours)
        for drawn_line, name in ((share[1:], "share"), (low, "low"), (high, "high")):
            assert [y for _, y in drawn_line] == pytest.approx([point[name] and 100 * point[name] for point in points])
        assert f"{row['name']}: {100 * row['kaplan_meier']:.1f}%" in option["title"]["subtext"]


def test_only_a_significant_difference_has_a_colour(shop: Any) -> None:
    funnel = shop.funnel(["Visit", "Cart", "Pay"])
    worse, same = (
        funnel.compare("channel = 'web'", "channel = 'app'"),
        funnel.compare("channel = 'web'", "channel = 'store'"),
    )
    option, rows = drawn(worse), worse.table.to_pylist()
    assert [values(one) for one in option["series"][:2]] == [
        pytest.approx([100 * row[f"from_start_{side}"] for row in rows]) for side in ("a", "b")
    ]
    lines, points = option["series"][2:]
    assert [one["value"] for one in points["data"]] == [[100 * r["difference"], i] for i, r in enumerate(rows) if i]
    ends = [[end[0] for end in one["coords"]] for one in lines["data"]]
    assert ends == [[100 * row["low"], 100 * row["high"]] for row in rows[1:]]
    assert points["data"][0]["itemStyle"]["color"] == LIGHT.worse
    assert all(one["itemStyle"]["color"] == LIGHT.soft for one in drawn(same)["series"][3]["data"])
