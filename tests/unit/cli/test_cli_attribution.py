"""Attribution and channels on the command line, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unit.cli.shop import lvtu

VISITS = """\
user_id,time,event,channel,value,currency,score,scale
ann,2026-03-01T09:00:00Z,Visit,social,,,,
ann,2026-03-04T09:00:00Z,Visit,email,,,,
ann,2026-03-04T10:00:00Z,Order Paid,web,120,CNY,,
bo,2026-03-01T10:00:00Z,Visit,email,,,,
bo,2026-03-02T10:00:00Z,Order Paid,web,80,USD,,
cy,2026-03-03T12:00:00Z,Visit,social,,,4,csat5
di,2026-03-07T12:00:00Z,Order Paid,,50,CNY,,
"""
GOAL = ("--goal", "Order Paid")


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("visits")
    (folder / "visits.csv").write_text(VISITS, encoding="utf-8")
    assert lvtu("ingest", folder / "w.lvtu", folder / "visits.csv").exit_code == 0
    return folder / "w.lvtu"


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def lines(*arguments: object, **environ: str) -> list[list[str]]:
    text = lvtu(*arguments, **environ).stdout
    return [[word for word in line.split() if word[0] not in "█▉▊▋▌▍▎▏"] for line in text.splitlines() if line]


def test_one_model(visits: Path) -> None:
    found = answer("attribution", visits, *GOAL, "--model", "linear", "--lookback", "7d")
    assert found["spec"] == {"analysis": "attribution", "goal": "Order Paid", "model": "linear", "lookback": "7d"}
    assert {row["channel"]: row["conversions"] for row in found["table"]} == {"email": 1.5, "social": 0.5, None: 1.0}
    rows = lines("attribution", visits, *GOAL, "--model", "linear")[1:4]
    rows = [[row[0], *row[2:]] if row[1] == "media" else row for row in rows]
    told = [["Email", "1.50", "75.0%"], ["Social", "0.50", "25.0%"], ["no", "touch", "1.00"]]
    assert [row[:3] for row in rows] == told
    assert rows[2][3:] == ["—"] * 3
    # Both customers may be in one group of the jackknife, by the workspace's key: then there is no interval.
    assert [row[3:] for row in rows[:2]] in ([["0.0%", "100.0%"]] * 2, [["—", "—"]] * 2)
    chinese = lines("attribution", visits, *GOAL, LVTU_LANG="zh")
    assert chinese[0] == ["渠道", "转化数", "占比", "95%下限", "95%上限"]
    assert chinese[3][0] == "没有接触"
    assert chinese[-1][1:] == ["3", "次转化中有", "1", "次此前没有任何接触：列在最后一行，没有渠道"]


def test_several_models(visits: Path) -> None:
    every = answer("attribution", visits, *GOAL, "--model", "all")["table"]
    assert list(every[0]) == ["channel", "first", "last", "linear", "position", "decay", "markov", "shapley"]
    two = lines("attribution", visits, *GOAL, "--model", "first", "--model", "last", LVTU_LANG="zh")
    assert two[:4] == [["渠道", "首次接触", "末次接触"], ["邮件", "1.00", "2.00"], ["社交媒体", "1.00", "0.00"],
                       ["没有接触", "1.00", "1.00"]]  # fmt: skip


def test_money(visits: Path) -> None:
    asked = (*GOAL, "--money", "--position", "1/0/1", "--model", "position")
    head, *rows = lines("attribution", visits, *asked, COLUMNS="120")[:6]
    assert " ".join(head).endswith("currency value share of value low 95% high 95%")
    told = {(row[0], row[-5]): row[-4:-2] for row in rows if row[0] != "no"}
    assert told["Email", "CNY"] == ["60.00", "50.0%"] and told["Email", "USD"] == ["80.00", "100.0%"]
    assert "currency" not in lines("attribution", visits, *GOAL)[0]


def test_who_and_why(visits: Path) -> None:
    def who(*more: str) -> list[str]:
        return [row["customer"] for row in answer("attribution", visits, *GOAL, *more)["table"]]

    assert who("--customers", "email") == ["ann", "bo"] and who("--customers", "") == ["di"]
    told = lvtu("attribution", visits, *GOAL, "--model", "linear", "--explain", "ann").stdout.splitlines()
    assert told[0] == "ann: journeys: 1, with a conversion: 1"
    assert told[-1] == "    2026-03-04 09:00:00  Email · Visit · linear 50.0%"
    journeys = answer("attribution", visits, *GOAL, "--model", "linear", "--explain", "cy")["journeys"]
    assert [(one["goal"], [touch["credit"] for touch in one["touches"]]) for one in journeys] == [(None, [{}])]


def test_what_is_missing_is_said(visits: Path) -> None:
    assert lvtu("attribution", visits).exit_code == 2
    assert "'--goal'" in lvtu("attribution", visits).stderr
    assert lvtu("attribution", visits, *GOAL, "--model", "best").exit_code == 2
    assert "40/20/40" in lvtu("attribution", visits, *GOAL, "--position", "40").stderr


def test_channels(visits: Path) -> None:
    assert [row["transitions"] for row in answer("channels", visits)["table"]] == [2, 1]
    told = lines("channels", visits, *GOAL, "--margin", "0.1")
    head = "How alike the channels are (margins: conversion ±10 percentage points, score ±0.5)"
    assert head.split() in told
    assert ["conversion", "social", "2", "50.0%", "9.5%", "90.5%", "-50.0%", "-87.9%", "+32.3%", "unclear"] in told
    assert ["conversion", "3", "2", "0", "0.0%", "unclear"] in told
    chinese = lvtu("channels", visits, *GOAL, LVTU_LANG="zh").stdout
    assert "各渠道的表现" in chinese and "尚不清楚" in chinese and "得分 csat5" in chinese
    assert answer("channels", visits, "--customers", "social", "email")["table"] == [{"customer": "ann"}]
    heads = lines("channels", visits, "--where", "event = 'Visit'")[0]
    assert heads == ["from", "to", "transitions", "customers", "share", "low", "95%", "high", "95%"]
