"""Charts of scores: hollow where few answered, gaps where nobody did, a mark only on what differs."""

from __future__ import annotations

from typing import Any

import pytest

from contract.charts.drawing import CHANNELS, DAY, drawn
from contract.test_scores import given_by
from lvtu.analyses.charts.theme import LIGHT
from naive.journeys import Event


def moved(events: list[Event], days: int) -> list[Event]:
    return [
        Event(f"{e.message_id}{days}", e.time + days * DAY, f"{e.customer}{days}", e.event, channel=e.channel,
              score=e.score, scale=e.scale)
        for e in events
    ]  # fmt: skip


def test_a_point_for_each_group(made: Any) -> None:
    events = [
        *given_by("nps", (10.0, 60), (8.0, 20), channel="web"), *given_by("nps", (2.0, 60), (8.0, 20), channel="app"),
        *given_by("nps", (9.0, 4), channel="store"),
    ]  # fmt: skip
    result = made(events).ws.scores(by="channel")
    rows = {row["channel"]: row for row in result.table.to_pylist()}
    assert [rows[name]["changed"] for name in ("web", "app", "store")] == [True, True, None]
    option = drawn(result)
    whiskers, points = option["series"]
    names = [row["channel"] for row in result.table.to_pylist()]
    assert option["yAxis"][0]["data"] == [CHANNELS[name] for name in names]
    for name, point, whisker in zip(names, points["data"], whiskers["data"], strict=True):
        assert point["value"][0] == rows[name]["value"] and point["customers"] == rows[name]["customers"]
        assert [end[0] for end in whisker["coords"]] == [rows[name]["low"], rows[name]["high"]]
        assert (point["itemStyle"]["color"] == LIGHT.ground) == (name == "store"), "hollow: fewer than five"
    told = dict(zip(names, option["yAxis"][1]["data"], strict=True))
    assert told["web"].endswith("n 80 ▲") and told["app"].endswith("n 80 ▼") and told["store"].endswith("n 4")
    assert points["markLine"]["data"] == [{"xAxis": pytest.approx(100 * 4 / 164)}]
    edges = option["xAxis"]
    assert edges["min"] >= -100 and edges["max"] <= 100, "an axis ends where the measure does"
    colors = {name: point["itemStyle"]["borderColor"] for name, point in zip(names, points["data"], strict=True)}
    assert colors["web"] != colors["app"] and colors["store"] == LIGHT.better


def test_a_line_over_time_has_gaps(made: Any) -> None:
    events = given_by("csat5", (5.0, 3), (2.0, 2))
    result = made([*events, *moved(events, 2), *moved(events[:3], 3)]).ws.scores("csat", period="day")
    option = drawn(result, "zh")
    below, above, line = option["series"]
    assert [point["value"][1] for point in line["data"]] == [60.0, None, 60.0, 100.0]
    assert line["connectNulls"] is False and [low for _, low in below["data"]][1] is None
    rows = result.table.to_pylist()
    assert above["data"][0][1] == pytest.approx(100 * (rows[0]["high"] - rows[0]["low"]))
    labels = [point.get("label", {}).get("formatter") for point in line["data"]]
    assert labels == ["n 5", None, "n 5", "n 3"]
    assert [point["itemStyle"]["color"] == LIGHT.ground for point in line["data"] if "cell" in point] == [
        False,
        False,
        True,
    ]
    assert all(point["cell"]["period"].startswith("2026-01-0") for point in line["data"] if point["value"][1])


def test_lines_of_groups_are_named(made: Any) -> None:
    events = [*given_by("stars5", (5.0, 3), channel="web"), *given_by("stars5", (2.0, 6), channel="app")]
    option = drawn(made([*events, *moved(events, 1)]).ws.scores("stars", by="channel", period="day"), dark=True)
    assert [one["name"] for one in option["series"]] == [CHANNELS["app"], CHANNELS["web"]]
    assert all(one["endLabel"]["show"] for one in option["series"])
    assert "n " not in str([point.get("label") for one in option["series"] for point in one["data"]])
