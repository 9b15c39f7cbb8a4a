"""``lvtu scores``: what people and programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.shop import lvtu

ANSWERS = """\
message_id,user_id,time,event,channel,score,scale,weight
1,ann,2026-03-01T09:00:00Z,Rated,web,9,nps,1
2,bo,2026-03-01T10:00:00Z,Rated,web,3,nps,2
3,蔡,2026-03-03T12:00:00Z,Rated,app,10,nps,
4,蔡,2026-04-03T12:00:00Z,Rated,app,8,nps,
5,ann,2026-04-04T12:00:00Z,Seen,app,4,csat5,
6,dee,2026-04-04T12:00:00Z,Seen,web,,,
"""


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    assert lvtu("ingest", tmp_path / "asked.lvtu", tmp_path / "answers.csv").exit_code == 0
    return tmp_path / "asked.lvtu"


def test_scores_by_group(asked: Path) -> None:
    lines = lvtu("scores", asked, "--metric", "nps", "--by", "channel").stdout.splitlines()
    assert lines[0].split() == [
        "channel", "NPS", "low", "95%", "high", "95%", "responses", "difference", "p", "adjusted",
        "differs", "promoters", "passives",
    ]  # fmt: skip
    assert [line.split()[:2] for line in lines[1:3]] == [["Website", "-33.3"], ["App", "50.0"]]
    table = json.loads(lvtu("scores", asked, "--by", "channel", "--json").stdout)
    assert table["spec"] == {"analysis": "scores", "by": "channel"}
    row = next(row for row in table["table"] if row["channel"] == "web")
    assert (row["n"], row["effective_n"], row["customers"], row["present"]) == (2, pytest.approx(9 / 5), 2, 3)
    plain = json.loads(lvtu("scores", asked, "--by", "channel", "--no-weighted", "--json").stdout)["table"]
    assert next(row["value"] for row in plain if row["channel"] == "web") == 0


def test_who_answered_and_with_what(asked: Path) -> None:
    customers = ["scores", asked, "--by", "channel", "--period", "month", "--customers"]
    assert json.loads(lvtu(*customers, "--json").stdout)["table"] == [{"customer": n} for n in ("ann", "bo", "蔡")]
    one = lvtu(*customers, "--group", "app", "--in-period", "2026-04-01", "--json").stdout
    assert json.loads(one)["table"] == [{"customer": "蔡"}]
    explain = ["scores", asked, "--period", "month", "--explain", "蔡"]
    assert lvtu(*explain).stdout.splitlines() == [
        "蔡: 2 answers counted",
        "  2026-03-01: Rated at 2026-03-03 12:00:00, with a score of 10 on nps: a promoter",
        "  2026-04-01: Rated at 2026-04-03 12:00:00, with a score of 8 on nps: passive",
    ]
    assert lvtu(*explain, LVTU_LANG="zh").stdout.splitlines()[:2] == [
        "蔡：计入 2 个评分", "  2026-03-01：2026-03-03 12:00:00 的“Rated”，nps 评分 10：推荐者",
    ]  # fmt: skip
    assert lvtu("scores", asked, "--explain", "dee").stdout.splitlines() == [
        "dee: 0 answers counted", "  not counted: no such event",
    ]  # fmt: skip


def test_a_scale_that_does_not_fit_is_refused(asked: Path) -> None:
    told = lvtu("scores", asked, "--scale", "csat5")
    assert told.exit_code != 0 and "needs a scale from 0 to 10" in told.stderr
    told = lvtu("scores", asked, "--scale", "csat5", LVTU_LANG="zh")
    assert "“csat5”不能计算 nps：需要0 到 10 的量表" in told.stderr
