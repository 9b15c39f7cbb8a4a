"""Mistakes: what was wrong, what exists, what to try; never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from unit.cli.shop import lvtu

GOLDEN = [
    (
        ["funnel", "{ws}", "Product Viewd"],
        "lvtu: unknown event 'Product Viewd'; did you mean 'Product Viewed' (4 events)? "
        "Known: Product Viewed, Cart Filled, Order Paid\n",
    ),
    (
        ["funnel", "{ws}", "Cart Filled", "--within", "soon"],
        "lvtu: 'soon' is not a duration; write a number and a unit. Known: 30s, 15m, 12h, 7d, 2w, P7D, PT30M\n",
    ),
    (["funnel", "none.lvtu", "A"], "lvtu: there is no workspace at none.lvtu; run `lvtu init none.lvtu`\n"),
    (["graph", "{ws}", "--since", "yesterday"], "lvtu: 'yesterday' is not a time; write ISO-8601. Known: "),
    (
        ["trend", "{ws}", "--zone", "Mars"],
        "lvtu: unknown time zone 'Mars'. Known: UTC, Asia/Shanghai, America/New_York\n",
    ),
    (
        ["retention", "{ws}", "--mode", "bracket", "--brackets", "x"],
        "lvtu: brackets: 'x' is no range of periods. Known: 0, 1-7, 8-30\n",
    ),
    (["funnel", "{ws}", '{"event":'], "lvtu: steps: '{\"event\":' is not JSON: "),
    (["funnel", "{ws}", "Cart Filled", "--by", "colour"], "lvtu: unknown property 'colour'"),
    (["funnel", "{ws}", "Cart Filled", "--where", "value >"], "lvtu: "),
    (["funnel", "{ws}", "Cart Filled", "--at", "99"], "lvtu: there is no commit 99"),
    (["timeline", "{ws}", "nobody"], "lvtu: unknown customer 'nobody'"),
    (["forget", "{ws}", "nobody", "--yes"], "lvtu: unknown "),
    (["sql", "{ws}", "select nothing from nowhere"], "lvtu: "),
    (["run", "{ws}", "none.yaml"], "lvtu: no file 'none.yaml'; name a file of JSON or YAML, or - for standard input\n"),
    (["ingest", "new.lvtu", "none.csv"], "lvtu: no file 'none.csv'"),
    (["ingest", "new.lvtu", "none.csv", "--guess"], "lvtu: no file 'none.csv'"),
    (["ingest", "new.lvtu", "none.csv", "--mapping", "none.yaml"], "lvtu: no mapping 'none.yaml'"),
    (["init", "s3://bucket/shop"], "lvtu: 's3://bucket/shop': a workspace cannot lie on s3:// yet"),
    (["funnel", "s3://bucket/shop", "A"], "lvtu: 's3://bucket/shop': a workspace cannot lie on s3:// yet"),
    (["funnel", "{ws}", "Cart Filled", "--as-of", "99"], "lvtu: unknown edge '99'"),
    (["unjoin", "{ws}", "99"], "lvtu: unknown edge '99'"),
    (["unjoin", "{ws}", "ann"], "lvtu: 'ann' is no number of an edge; give two identifiers"),
    (["unjoin", "{ws}", "ann", "bo"], "lvtu: nothing joins user_id:ann and user_id:bo directly"),
    (["join", "{ws}", "ann", "ann"], "lvtu: user_id:ann cannot be joined with itself"),
    (["identity", "{ws}", "nobody"], "lvtu: unknown customer 'nobody'"),
    (["info", "none.lvtu"], "lvtu: there is no workspace at none.lvtu; run `lvtu init none.lvtu`\n"),
]


@pytest.mark.parametrize(("arguments", "said"), GOLDEN, ids=lambda one: " ".join(one)[:40])
def test_a_mistake_is_one_message(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [one.format(ws=shop) if one == "{ws}" else one for one in arguments]
    done = lvtu(*given)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert done.stderr == said if said.endswith("\n") else done.stderr.startswith(said)
    assert re.match("lvtu: .*[一-鿿]", chinese := lvtu(*given, LVTU_LANG="zh").stderr), chinese
    shown = lvtu(*given, "--json", LVTU_LANG="zh")
    assert (shown.exit_code, shown.stderr) == (1, "")
    problem = json.loads(shown.stdout)
    assert list(problem)[:5] == ["code", "kind", "what", "known", "try"]
    assert done.stderr.startswith(f"lvtu: {problem['what']}")


def test_what_asks_makes_no_workspace(tmp_path: Path) -> None:
    for command in (
        ["info"],
        ["graph"],
        ["funnel", "A"],
        ["sql", "select 1"],
        ["quarantine"],
        ["forget", "x", "--yes"],
    ):
        done = lvtu(command[0], tmp_path / "none", *command[1:])
        assert done.exit_code == 1
        assert "no workspace" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_makes_no_workspace(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who,when\nann,2026-03-01\n", encoding="utf-8")
    for arguments in ([file], [tmp_path / "none.csv"], [file, "--mapping", tmp_path / "none.yaml"]):
        assert lvtu("ingest", tmp_path / "new.lvtu", *arguments).exit_code == 1
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["funnel", "ws"], "Usage: lvtu funnel [OPTIONS] WORKSPACE STEP...\nlvtu: Missing argument 'STEP...'."),
        (["funnel", "ws", "A", "--entry", "some"], "lvtu: Invalid value for '--entry': 'some' is not one of 'any', "),
        (["funnel", "ws", "A", "--by-step", "x"], "lvtu: Invalid value for '--by-step'"),
        (["funel", "ws"], "lvtu: unknown command 'funel'; did you mean 'funnel'? Known: funnel, "),
        (["graph", "ws", "--bye", "x"], "lvtu: No such option '--bye'"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    done = lvtu(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "--help`" in done.stderr
    shown = lvtu(*arguments, "--json")
    assert shown.exit_code == 2
    assert list(json.loads(shown.stdout))[:5] == ["code", "kind", "what", "known", "try"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["funnel", "ws"], "用法：lvtu funnel [OPTIONS] WORKSPACE STEP...\nlvtu: 缺少参数 STEP...\n"),
        (["funnel", "ws", "A", "--entry", "some"], "lvtu: --entry 的值“some”不在可选值之内：'any'、"),
        (["funnel", "ws", "A", "--by-step", "x"], "lvtu: --by-step 的值“x”不是整数"),
        (["funnel", "ws", "A", "--rows", "-1"], "lvtu: --rows 的值 -1 小于 0"),
        (["funnel", "ws", "A", "--within"], "lvtu: 选项 --within 后面要跟一个值"),
        (["funnel", "ws", "A", "--json=1"], "lvtu: 选项 --json 后面不能跟值"),
        (["funnel", "ws", "A", "--lost"], "lvtu: --lost 要与 --customers 一起用"),
        (["funel", "ws"], "lvtu: 没有命令“funel”；是不是“funnel”？可选：funnel、"),
        (["graph", "ws", "--witin", "x"], "lvtu: 没有选项 --witin"),
        (["funnel", "ws", "A", "--witin", "x"], "lvtu: 没有选项 --witin\n      是不是“--within”？\n      用法见 lvtu "),
        (["init", "a", "b", "c"], "lvtu: 多出了参数：b c"),
    ],
)
def test_wrong_usage_in_chinese(arguments: list[str], said: str) -> None:
    done = lvtu(*arguments, LVTU_LANG="zh")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.endswith("--help\n")


def test_a_file_that_ends_too_soon_is_not_told_as_if_somebody_had_stopped_it(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Click takes any end of a file, that of cut bytecode say, for Ctrl+D; whoever presses that is told "stopped"."""
    monkeypatch.setattr("lvtu.workspace.Workspace", broken)
    done = lvtu("info", shop)
    assert isinstance(done.exception, EOFError) and str(done.exception) == "marshal data too short"
    assert "stopped" not in done.output
    monkeypatch.setattr("lvtu.workspace.Workspace", pressed)
    done = lvtu("info", shop)
    assert (done.exit_code, done.stderr.strip()) == (130, "lvtu: stopped")


def broken(*_: object) -> None:
    raise EOFError("marshal data too short")


def pressed(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_unknown_command_names_the_known_ones() -> None:
    problem = json.loads(lvtu("funel", "ws", "--json").stdout)
    assert (problem["code"], problem["try"]) == ("unknown_command", "did you mean 'funnel'?")
    assert {"init", "ingest", "quarantine"} < set(problem["known"])


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = lvtu("init", tmp_path / "file" / "ws")
    assert done.exit_code == 1
    assert done.stderr.startswith("lvtu: ")


@pytest.mark.parametrize("name", ["init", "ingest", "info", "funnel", "graph", "retention", "trend", "timeline",
                                  "forget", "sql", "demo", "run", "quarantine"])  # fmt: skip
def test_every_command_has_help_and_json(name: str) -> None:
    done = lvtu(name, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: lvtu {name} ")
    assert "--json" in done.stdout


def test_help_says_what_the_spec_says() -> None:
    text = " ".join(lvtu("funnel", "--help").stdout.split())
    assert "--entry [any|first|latest|each] Which attempt of a unit counts." in text
    assert "--within DURATION At most this long from the first step to the last" in text
    assert "--session-gap DURATION A longer pause starts a new session. [default: 30m]" in text
    assert "--since TIME Select entries" in text
    assert "漏斗" in lvtu("--help", LVTU_LANG="zh").stdout
    assert lvtu("--version").stdout.startswith("lvtu 0.")
