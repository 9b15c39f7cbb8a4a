"""``lvtu insights``: written down, quoted, read and taken along."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import lvtu as package
from unit.cli.shop import lvtu

REVIEW = {"message_id": "r1", "user_id": "ann", "event": "Review Posted", "time": "2026-03-01",
          "text": "Nice shoes. The refund took two weeks."}  # fmt: skip


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    with package.open(tmp_path / "shop") as ws:
        ws.ingest([REVIEW])
    return tmp_path / "shop"


def test_an_insight_from_the_first_word_to_the_last(reviews: Path, tmp_path: Path) -> None:
    assert "no insights yet" in lvtu("insights", "list", reviews).output
    made = lvtu("insights", "add", reviews, "Refunds take too long", "--owner", "Service", "--json")
    id = json.loads(made.output)[0]["id"]
    where = ("--where", "text contains 'refund'")
    said = lvtu("insights", "quote", reviews, id, *where, "--words", "took two weeks")
    assert "> took two weeks" in said.output and "reliability 10 (a lead)" in said.output
    assert "ann" not in said.output.replace("Service", "")
    changed = lvtu("insights", "change", reviews, id, "--state", "confirmed", LVTU_LANG="zh")
    assert "已确认" in changed.output and "可靠度 10（线索）" in changed.output
    told = json.loads(lvtu("insights", "list", reviews, "--state", "confirmed", "--json").output)
    assert [(row["title"], row["owner"], row["quotes"], row["level"]) for row in told["table"]] == [
        ("Refunds take too long", "Service", 1, "lead")
    ]
    assert json.loads(lvtu("insights", "list", reviews, "--state", "draft", "--json").output)["table"] == []
    listed = lvtu("insights", "list", reviews, COLUMNS="160").output
    assert "Refunds take too long" in listed and "a lead" in listed
    assert lvtu("insights", "show", reviews, id).output == lvtu("insights", "export", reviews).output + "\n"
    out = tmp_path / "out.csv"
    assert "out.csv" in lvtu("insights", "export", reviews, "--format", "csv", "--out", out).output
    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert (row["words"], row["start"], row["kind"]) == ("took two weeks", "23", "review")
    assert "removed: Refunds" in lvtu("insights", "remove", reviews, id).output
    wrong = lvtu("insights", "show", reviews, id)
    assert wrong.exit_code != 0 and "there is no insight" in wrong.output
