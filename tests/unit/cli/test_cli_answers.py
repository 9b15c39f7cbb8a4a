"""What commands print: JSON to the letter, and text as people read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lvtu.workspace import Workspace
from unit.cli.shop import STEPS, lvtu


def width(text: str) -> int:
    """Terminal columns, by the blocks of Unicode that hold Chinese characters and full-width signs."""
    return sum(2 if 0x2E80 <= ord(one) <= 0x9FFF or 0xFF00 <= ord(one) <= 0xFF60 else 1 for one in text)


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_a_funnel_as_json(shop: Path) -> None:
    minutes, hours = 60 * 10**6, 3600 * 10**6
    found = answer("funnel", shop, *STEPS, "--within", "7d")
    assert list(found) == ["spec", "table", "notes"]
    assert found["spec"] == {"analysis": "funnel", "steps": [{"event": name} for name in STEPS], "within": "7d"}
    assert found["notes"] == []
    first, second, third = found["table"]
    assert first == {
        "step": 1, "name": "Product Viewed", "customers": 4, "from_previous": None, "from_start": 1.0,
        "low": None, "high": None, "previous_low": None, "previous_high": None, "median_time": None,
    }  # fmt: skip
    assert second["median_time"] == pytest.approx(5 * minutes, rel=0.01)
    assert third["median_time"] == pytest.approx(33 * hours + 25 * minutes, rel=0.01)
    assert [row["customers"] for row in found["table"]] == [4, 3, 1]
    assert third["from_previous"] == pytest.approx(1 / 3)


def test_options_reach_the_question(shop: Path) -> None:
    options = ["--entry", "first", "--order", "strict", "--ties", "strict", "--hold", "plan", "--unit", "sessions"]
    more = ["--session-gap", "1h", "--by", "plan", "--where", "channel = 'web'", "--since", "2026-03-01", "--fold"]
    found = answer("funnel", shop, *STEPS[:2], *options, *more[:-1], "--exclude", "Order Paid", "--until", "2026-04-01")
    assert found["spec"] == {
        "analysis": "funnel", "steps": [{"event": STEPS[0]}, {"event": STEPS[1]}], "entry": "first", "order": "strict",
        "ties": "strict", "hold": ["plan"], "unit": "sessions", "session_gap": "1h", "by": "plan",
        "where": "channel = 'web'", "since": "2026-03-01T00:00:00+00:00", "until": "2026-04-01T00:00:00+00:00",
        "exclude": [{"event": "Order Paid"}],
    }  # fmt: skip
    assert answer("graph", shop, "--fold", "--by", "channel")["spec"] == {
        "analysis": "graph", "by": "channel", "fold": True,
    }  # fmt: skip
    brackets = ["--mode", "bracket", "--brackets", "0", "--brackets", "1-3"]
    assert answer("retention", shop, *brackets)["spec"]["brackets"] == [[0, 0], [1, 3]]


def test_a_step_may_be_json_or_any(shop: Path) -> None:
    step = '{"event": ["Cart Filled", "Order Paid"], "where": "channel = \'app\'", "name": "on the phone"}'
    found = answer("funnel", shop, "*", step)
    assert [(row["name"], row["customers"]) for row in found["table"]] == [("*", 4), ("on the phone", 2)]


def test_a_breakdown_has_a_column_of_its_own(shop: Path) -> None:
    rows = answer("funnel", shop, *STEPS, "--by", "plan")["table"]
    counts = {(row["plan"], row["step"]): row["customers"] for row in rows}
    assert counts == {
        ("pro", 1): 1, ("pro", 2): 1, ("pro", 3): 1, ("free", 1): 2, ("free", 2): 2, ("free", 3): 1,
        (None, 1): 1, (None, 2): 0, (None, 3): 0,
    }  # fmt: skip


def test_the_other_analyses_as_json(shop: Path) -> None:
    pairs = [(row["source"], row["target"], row["transitions"]) for row in answer("graph", shop)["table"]]
    assert pairs == [("Product Viewed", "Cart Filled", 3), ("Cart Filled", "Order Paid", 2)]
    retention = answer("retention", shop, "--start", "Product Viewed", "--back", "Cart Filled", "--periods", 1)
    assert [row["returned"] for row in retention["table"]] == [2, 1]
    weeks = answer("trend", shop, "Order Paid", "--period", "week")["table"]
    assert [(row["period"][:10], row["events"]) for row in weeks if row["events"]] == [
        ("2026-03-02", 1), ("2026-03-16", 1),
    ]  # fmt: skip
    several = answer("trend", shop, "Order Paid", "Cart Filled", "--period", "month")["table"]
    assert [row["events"] for row in several] == [5]
    line = answer("timeline", shop, "蔡")["table"]
    assert [row["event"] for row in line] == list(STEPS)
    assert line[0]["time"] == "2026-03-03T12:00:00+00:00"
    sql = answer("sql", shop, "select count(*) as events, max(time) as last from events")
    assert sql["table"] == [{"events": 9, "last": "2026-03-20T08:00:00+00:00"}]
    assert sql["spec"] == {"analysis": "sql", "query": "select count(*) as events, max(time) as last from events"}


def test_what_json_says_can_be_run_again(shop: Path, tmp_path: Path) -> None:
    found = answer("funnel", shop, *STEPS, "--within", "7d", "--entry", "first")
    (tmp_path / "again.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "short.yaml").write_text("analysis: funnel\nsteps: [Product Viewed]\n", encoding="utf-8")
    assert answer("run", shop, tmp_path / "again.json") == found
    assert [row["customers"] for row in answer("run", shop, tmp_path / "short.yaml")["table"]] == [4]


def test_an_older_state_can_be_asked(tmp_path: Path) -> None:
    for name in ("ann", "bo"):
        (tmp_path / "one.csv").write_text(f"user_id,time,event\n{name},2026-03-01,Visit\n", encoding="utf-8")
        assert lvtu("ingest", tmp_path / "ws", tmp_path / "one.csv").exit_code == 0
    now, then = answer("funnel", tmp_path / "ws", "Visit"), answer("funnel", tmp_path / "ws", "Visit", "--at", "0")
    assert (now["table"][0]["customers"], then["table"][0]["customers"]) == (2, 1)


def test_why_a_customer_is_where_it_is(shop: Path) -> None:
    said = lvtu("funnel", shop, *STEPS, "--within", "7d", "--explain", "蔡")
    assert said.exit_code == 0, said.output
    assert "Order Paid" in said.stdout
    document = answer("funnel", shop, *STEPS, "--within", "7d", "--explain", "蔡")
    assert "Order Paid" in json.dumps(document)
    assert lvtu("funnel", shop, *STEPS, "--within", "7d", "--explain", "蔡", LVTU_LANG="zh").stdout.splitlines() == [
        "蔡 走到第 2 步，共 3 步",
        "  1. Product Viewed：完成于 2026-03-03 12:00:00（Product Viewed）",
        "  2. Cart Filled：完成于 2026-03-04 08:00:00（Cart Filled）",
        "  3. Order Paid：超时 9天20小时：2026-03-20 08:00:00（Order Paid）",
    ]
    told = lvtu("funnel", shop, *STEPS, "--within", "7d", "--explain", "dee", LVTU_LANG="zh").stdout.splitlines()
    assert told[2:] == ["  2. Cart Filled：没有相应的事件", "  3. Order Paid：前面的步骤未完成"]


def names(*arguments: object) -> list[str]:
    return [row["customer"] for row in answer(*arguments)["table"]]


def test_every_number_lists_its_customers(shop: Path) -> None:
    funnel = ["funnel", shop, *STEPS, "--within", "7d"]
    assert names(*funnel, "--customers", 2) == ["ann", "bo", "蔡"]
    assert names(*funnel, "--customers", 2, "--lost") == ["bo", "蔡"]
    assert names(*funnel, "--by", "plan", "--customers", 1, "--group", "free") == ["bo", "蔡"]
    assert names(*funnel, "--by", "plan", "--customers", 1, "--group", "") == ["dee"]
    assert names(*funnel, "--trend", "week", "--customers", 1, "--in-period", "2026-02-23") == ["ann", "bo"]
    assert names("graph", shop, "--customers", "Cart Filled", "Order Paid") == ["ann", "蔡"]
    back = ["retention", shop, "--start", "Product Viewed", "--back", "Cart Filled"]
    assert names(*back, "--customers", 1) == ["蔡"]
    assert names(*back, "--customers", 0, "--lost") == ["dee", "蔡"]
    assert names(*back, "--customers", 0, "--cohort", "2026-03-01") == ["ann", "bo"]
    assert names(*back, "--mode", "bracket", "--brackets", "0-1", "--customers", "0-1") == ["ann", "bo", "蔡"]
    assert names("trend", shop, "Order Paid", "--customers", "2026-03-20") == ["蔡"]
    assert names(
        "trend", shop, "--by", "channel", "--period", "month", "--group", "social", "--customers", "2026-03-01"
    ) == ["dee"]
    said = lvtu(*funnel, "--customers", 2, LVTU_LANG="zh").stdout
    assert said.splitlines() == ["3 位客户", "", "客户", "ann", "bo", "蔡"]
    assert lvtu(*funnel, "--customers", 2, "--rows", 1).stdout.splitlines()[-1] == "… and 2 more rows"


def test_what_says_more_about_a_list_needs_the_list(shop: Path) -> None:
    said = lvtu("funnel", shop, *STEPS, "--lost")
    assert said.exit_code == 2 and "--lost goes with --customers" in said.stderr


ENGLISH = """\
step  name            customers                         of previous            of first  median time
   1  Product Viewed          4  █████████████████████            —              100.0%            —
   2  Cart Filled             3  ███████████████▊             75.0%  75.0% (30.1–95.4%)           5m
   3  Order Paid              1  █████▎                       33.3%   25.0% (4.6–69.9%)        1d 9h
"""
CHINESE = """\
步骤  名称            客户数                            较上一步             较第一步  用时中位数
   1  Product Viewed       4  ████████████████████████         —               100.0%           —
   2  Cart Filled          3  ██████████████████           75.0%  75.0%（30.1–95.4%）         5分
   3  Order Paid           1  ██████                       33.3%   25.0%（4.6–69.9%）    1天9小时
"""


def squeezed(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


@pytest.mark.parametrize(("lang", "expected"), [("en", ENGLISH), ("zh_CN.UTF-8", CHINESE)])
def test_a_funnel_for_people(shop: Path, lang: str, expected: str) -> None:
    said = lvtu("funnel", shop, *STEPS, "--within", "7d", LVTU_LANG=lang)
    assert squeezed(said.stdout) == squeezed(expected)
    ends = {width(line) for line in said.stdout.splitlines()}
    assert len(ends) == 1, "numbers end at the same column, Chinese characters counted as two"


def test_notes_are_said_in_the_language(shop: Path) -> None:
    arguments = ["funnel", shop, *STEPS, "--within", "60d"]
    assert "· 2 customers had not finished when the data end, but still had time to" in lvtu(*arguments).stdout
    assert "· 截至最后一个事件，2 位客户尚未走完，但仍在时限之内" in lvtu(*arguments, LVTU_LANG="zh").stdout
    assert lvtu(*arguments, "--json", LVTU_LANG="zh").stdout == lvtu(*arguments, "--json").stdout


def test_the_share_in_the_end_stands_beside_the_ratio(shop: Path) -> None:
    """Kaplan–Meier by hand: ann paid (4 at risk), dee's view was watched for 14 days, then 蔡 paid (2 at risk)."""
    arguments = ["funnel", shop, *STEPS[::2]]
    said = lvtu(*arguments, "--within", "60d").stdout.splitlines()
    assert said[-1].startswith("· Order Paid: 62.5% in the end") and said[-1].endswith("; 50.0% so far")
    assert "62.5%" in lvtu(*arguments, "--within", "60d", LVTU_LANG="zh").stdout
    for more in (["--within", "7d"], ["--within", "60d", "--by", "channel"], ["--within", "60d", "--trend", "week"]):
        assert "in the end" not in lvtu(*arguments, *more).stdout, "nobody still has time, or there is no ratio of all"
    [told] = answer(*arguments, "--within", "60d", "--times")["table"]
    assert (told["name"], told["customers"], told["from_start"], told["kaplan_meier"]) == ("Order Paid", 2, 0.5, 0.625)
    head, row = lvtu(*arguments, "--within", "60d", "--times", COLUMNS="160").stdout.splitlines()
    assert "median since first" in head and row.split()[-4:-2] == ["50.0%", "62.5%"]
    assert "距第一步中位数" in lvtu(*arguments, "--times", LVTU_LANG="zh").stdout
    refused = lvtu(*arguments, "--times", "--customers", "1")
    assert refused.exit_code == 2 and "--times goes with neither" in refused.stderr


def test_retention_shows_its_cohorts(shop: Path) -> None:
    said = lvtu("retention", shop, "--start", "Product Viewed", "--periods", 1, LVTU_LANG="zh").stdout
    assert "按同期群" in said
    assert ["2026-03-03", "1", "0.0%", "100.0%"] in squeezed(said)


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["funnel", "graph", "retention", "trend", "timeline", "quarantine"])
def test_no_line_is_wider_than_the_terminal(shop: Path, columns: int, lang: str, command: str) -> None:
    more = {"funnel": [*STEPS, "--by", "channel"], "timeline": ["ann"]}.get(command, [])
    said = lvtu(command, shop, *more, LVTU_LANG=lang, COLUMNS=str(columns))
    assert said.exit_code == 0, said.output
    wide = [
        line
        for line in said.stdout.splitlines()
        if width(line) > columns and not line.startswith(("·", "按", "By", "not", "宽"))
    ]
    assert wide == []


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_times_are_never_cut(shop: Path, columns: int) -> None:
    head, *rows = lvtu("timeline", shop, "ann", COLUMNS=str(columns)).stdout.splitlines()
    assert head.startswith("time (UTC) ")
    assert [row[:16] for row in rows[:3]] == ["2026-03-01 09:00", "2026-03-01 09:05", "2026-03-02 18:30"]


def test_money_is_shown_where_there_is_some(shop: Path) -> None:
    def head(*arguments: object) -> list[str]:
        return lvtu("trend", shop, *arguments, "--period", "month").stdout.splitlines()[0].split()

    assert head() == ["period", "events", "customers", "value"]
    assert head("Cart Filled") == ["period", "events", "customers"]
    assert "value" in answer("trend", shop, "Cart Filled", "--period", "month")["table"][0]


def test_periods_begin_by_the_clock_of_their_zone(shop: Path) -> None:
    def first(*arguments: object, line: int = 1) -> str:
        return lvtu(*arguments, LVTU_ZONE="Asia/Shanghai").stdout.splitlines()[line].split("  ")[0]

    assert first("trend", shop, "--period", "month") == "2026-03-01"
    assert first("funnel", shop, STEPS[0], "--trend", "month") == "2026-03-01"
    assert first("retention", shop, "--period", "week", "--periods", 1, line=6) == "2026-02-23"


def test_python_prints_records_and_periods_likewise(shop: Path) -> None:
    with Workspace(shop) as ws:
        assert str(ws.timeline("ann")).splitlines()[0].split() == [
            "time", "event", "channel", "value", "source", "properties",
        ]  # fmt: skip
        assert "message_id" in ws.timeline("ann").table.column_names
        assert str(ws.trend(period="month", zone="Asia/Shanghai")).splitlines()[1].startswith("2026-03-01 ")
        assert ">2026-03-01</td>" in ws.trend(period="month", zone="Asia/Shanghai")._repr_html_()


def test_rows_are_limited_for_people_only(shop: Path) -> None:
    assert "… and 1 more row" in lvtu("graph", shop, "--rows", 1).stdout
    assert "more rows" not in lvtu("graph", shop, "--rows", 0).stdout
    assert len(answer("graph", shop, "--rows", 1)["table"]) == 2


def test_a_process_of_its_own(shop: Path) -> None:
    run = [sys.executable, "-c", "from lvtu.cli import main; main()", "funnel", str(shop), *STEPS, "--json"]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C"})
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["customers"] for row in json.loads(done.stdout)["table"]] == [4, 3, 2]


def test_help_imports_nothing_heavy() -> None:
    code = "import sys\nfrom lvtu.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
    code += "print([name for name in ('numpy', 'pyarrow', 'pydantic', 'duckdb', 'rich') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "funnel" in done.stdout


def test_a_question_imports_no_more_than_it_needs(shop: Path) -> None:
    code = "import sys\nfrom lvtu.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    heavy = ("duckdb", "pandas", "rich", "scipy", "numba", "pyarrow.dataset")
    code += f"print([name for name in {heavy} if name in sys.modules])"
    run = [sys.executable, "-c", code, "funnel", str(shop), *STEPS, "--json"]
    subprocess.run(run, capture_output=True, check=True)  # machine code is made once
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
