"""Linking on the command line, from a file of records to a join and back, for people in both languages."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.linking import chinese

from unit.cli.shop import lvtu


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with proposals; tests change copies of it."""
    folder = tmp_path_factory.mktemp("linking")
    rows = chinese(120, 30, seed=2)
    with (folder / "crm.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    events = "".join(f"{row['客户编号']},2026-03-01T09:00:00Z,Seen\n" for row in rows)
    (folder / "visits.csv").write_text(f"user_id,time,event\n{events}", encoding="utf-8")
    assert lvtu("ingest", folder / "ws", folder / "visits.csv").exit_code == 0
    return folder


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_from_records_to_joins_and_back(prepared: Path) -> None:
    ws, records = prepared / "ws", prepared / "crm.csv"
    fields = {"name": ["姓名"], "birth_date": ["出生日期"], "phone": ["手机号"], "city": ["城市"]}
    done = answer("link", ws, records, "--threshold", 0.9)
    assert done["spec"] == {"action": "link", "records": "crm.csv", "threshold": 0.9, "kind": "user_id",
                            "dry_run": False, "fields": fields}  # fmt: skip
    pairs = {(row["left"], row["right"]) for row in done["table"]}
    assert len(pairs) >= 10 and pairs <= {(f"c{number}", f"d{number}") for number in range(30)}
    assert [note["code"] for note in done["notes"]] == ["few_to_learn_from", "probabilities_learned"]
    first = done["table"][0]
    assert first["proposal"] == 1 and {each["field"] for each in first["evidence"]} == set(fields)

    said = lvtu("proposals", ws, "--rows", 1)
    assert squeezed(said.stdout)[:2] == [
        f"proposals waiting: {len(pairs)}",
        "proposal identifier and probability evidence",
    ]
    assert f"{first['left']} {first['right']}" in squeezed(said.stdout)[2]
    assert "name same +" in squeezed(said.stdout)[2] and "100" not in squeezed(said.stdout)[2]
    chinese_said = squeezed(lvtu("proposals", ws, "--rows", 1, LVTU_LANG="zh").stdout)
    assert chinese_said[:2] == [f"待审核的合并建议：{len(pairs)}", "建议号 标识 与 概率 依据"]
    assert "姓名相同 +" in chinese_said[2]
    assert f"proposals waiting (lvtu proposals): {len(pairs)}" in lvtu("identity", ws).stdout

    preview = answer("accept", ws, 1, 2, "--dry-run")
    assert preview["spec"] == {"action": "accept", "edges": [], "dry_run": True,
                               "totals": {"joined": 2, "split": 0, "renamed": 0, "handed_over": 0}}  # fmt: skip
    accepted = lvtu("accept", ws, 1, 2)
    edges = f"{len(pairs) + 1}-{len(pairs) + 2}"
    assert squeezed(accepted.stdout)[0] == f"accepted and joined: edge {edges}"
    assert f"lvtu unjoin {ws} {edges}" in accepted.stdout
    assert answer("unjoin", ws, edges)["spec"]["totals"]["split"] == 2

    rejected = lvtu("reject", ws, 3, LVTU_LANG="zh")
    assert squeezed(rejected.stdout)[0] == "已否决，不会再次提出：1"
    every = {row["proposal"]: row["decision"] for row in answer("proposals", ws, "--all")["table"]}
    assert [every[number] for number in (1, 2, 3, 4)] == ["accepted", "accepted", "rejected", "open"]
    assert squeezed(lvtu("proposals", ws, "--all").stdout)[0] == f"proposals waiting: {len(pairs) - 3}; decided: 3"

    again = answer("link", ws, records, "--dry-run", "--threshold", 0.9)
    assert again["table"] == [] and again["notes"][0]["code"] == "proposed_before"
    named = answer("link", ws, records, "--id", "客户编号", "--field", "name=姓名", "--dry-run")
    assert named["spec"]["threshold"] == 0.95


WRONG = [
    (("link", "WS", "CRM", "--id", "编号"), "unknown column '编号'"),
    (("link", "WS", "CRM", "--field", "姓名"), "'姓名' is not of the form KIND=COLUMN"),
    (("link", "WS", "CRM", "--field", "salary=城市"), "records are not compared by 'salary'"),
    (("link", "WS", "no.csv"), "no.csv"),
    (("link", "WS", "CRM", "--threshold", "95"), "up to 1, not 95"),
    (("accept", "WS"), "not said which proposals"),
    (("accept", "WS", "77"), "unknown proposal '77'"),
    (("reject", "WS", "77"), "unknown proposal '77'"),
    (("unjoin", "WS", "7-"), "'7-' is no number of an edge"),
]


@pytest.mark.parametrize(("words", "says"), WRONG)
def test_what_is_wrong_is_said(words: tuple[str, ...], says: str, prepared: Path) -> None:
    names = {"WS": prepared / "ws", "CRM": prepared / "crm.csv"}
    done = lvtu(*(names.get(word, word) for word in words))
    assert done.exit_code == 1 and says in done.stderr
