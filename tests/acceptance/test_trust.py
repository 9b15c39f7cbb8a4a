"""What the data is worth, and how little it takes to begin: H16, O12."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from unit.cli.shop import lvtu

FILE = """\
客户编号,设备号,发生时间,事件,渠道
ann,kiosk,2026-03-01 09:00,浏览,网站
bo,kiosk,2026-03-01 10:00,浏览,网站
,stranger,2026-03-01 11:00,浏览,APP
ann,,2026-03-02 11:00,下单,门店
ann,,2026-03-02 11:00,下单,门店
cy,,昨天,下单,门店
,,2026-03-03 11:00,浏览,网站
"""


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_h16_a_console_for_repeats_conflicts_strangers_and_freshness(tmp_path: Path) -> None:
    ws, file, mapping = tmp_path / "w.lvtu", tmp_path / "记录.csv", tmp_path / "mapping.yaml"
    file.write_text(FILE, encoding="utf-8")
    proposed = answer("ingest", ws, file, "--guess")  # the wizard: nothing is written until a person says so
    assert not ws.exists()
    mapping.write_text(proposed["yaml"], encoding="utf-8")
    report = answer("ingest", ws, file, "--mapping", mapping, "--source", "till")
    counts = (report["accepted"], report["duplicates"], report["rejected"])
    assert counts == (5, 0, 2), "two equal rows without ids are two events, unless the file comes again"
    assert answer("ingest", ws, file, "--mapping", mapping, "--source", "till")["duplicates"] == 5
    info = answer("info", ws, "--full")
    assert (info["events"], info["customers"], info["repeats"]) == (5, 3, 5)
    assert [(one["code"], one["rows"]) for one in info["quarantine"]] == [("time", 1), ("nobody", 1)]
    assert info["last"] == "2026-03-02T11:00:00+00:00" and info["age"] > 0 and info["received"] > info["last"]
    identity = info["identity"]
    assert identity["counts"]["shared_anonymous"] == identity["counts"]["unmatched_anonymous"] == 1
    assert [(one["id"], sorted(one["users"])) for one in identity["shared_anonymous"]] == [("kiosk", ["ann", "bo"])]
    assert identity["unmatched_anonymous"] == ["stranger"] and identity["no_user"] == 1 / 5
    said = lvtu("info", ws, "--full", LVTU_LANG="zh").stdout
    for words in (
        "已剔除重复 5 条",
        "待处理数据 2 行",
        "“昨天”不是时间",
        "多人共用的设备 1 台",
        "未匹配到用户的匿名 ID 1 个",
    ):
        assert words in said


def test_o12_one_command_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the demonstration phones nobody")

    monkeypatch.setattr(socket.socket, "connect", refused)
    done = lvtu("demo", "--out", tmp_path / "demo")
    assert done.exit_code == 0, done.output
    for name in ("airport", "retail", "complaints", "paths"):
        info = answer("info", tmp_path / "demo" / name)
        assert (info["events"] > 1000, info["simulated"]) == (True, False)
    assert answer("info", tmp_path / "demo" / "simulated")["simulated"] is True, "and says so"
    pages = sorted(path.name for path in (tmp_path / "demo").rglob("*.html"))
    assert len([page for page in pages if "zh" in page]) == len([page for page in pages if "en" in page]) == 4
    table = answer("funnel", tmp_path / "demo" / "complaints", "Complaint Received", "Company Responded")["table"]
    assert [row["customers"] for row in table] == [2827, 2809]
