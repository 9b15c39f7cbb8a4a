"""The console of who is who on the command line, for people in both languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unit.cli.shop import lvtu

VISITS = """\
user_id,anonymous_id,time,event,mail
,phone-1,2026-03-01T09:00:00Z,Product Viewed,
ann,phone-1,2026-03-01T09:10:00Z,Signed In,a@x
bo,phone-1,2026-03-05T08:00:00Z,Signed In,
anna,,2026-03-05T09:00:00Z,Order Paid,a@x
,tab,2026-03-06T09:00:00Z,Product Viewed,
"""


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    (tmp_path / "v.csv").write_text(VISITS, encoding="utf-8")
    (tmp_path / "m.yaml").write_text("identifiers: {email: mail}\n", encoding="utf-8")
    assert lvtu("ingest", tmp_path / "ws", tmp_path / "v.csv", "--mapping", tmp_path / "m.yaml").exit_code == 0
    return tmp_path / "ws"


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def customers(ws: Path, *more: object) -> int:
    return int(answer("trend", ws, "--period", "month", *more)["table"][0]["customers"])


def test_a_join_shows_what_it_means_and_can_be_undone(ws: Path) -> None:
    assert customers(ws) == 4
    preview = answer("join", ws, "ann", "anna", "--dry-run")
    assert preview == {
        "spec": {"action": "join", "edge": None, "dry_run": True,
                 "totals": {"joined": 1, "split": 0, "renamed": 0, "handed_over": 0}},
        "table": [{"change": "joined", "kind": "user_id", "id": "ann", "before": ["ann", "anna"], "after": ["ann"]}],
        "notes": [],
    }  # fmt: skip
    assert customers(ws) == 4
    done = answer("join", ws, "ann", "anna")
    assert (done["spec"]["edge"], done["table"]) == (1, preview["table"])
    device = answer("join", ws, "bo", "tab", "--other-kind", "anonymous_id")
    assert device["table"] == [
        {"change": "handed_over", "kind": "anonymous_id", "id": "tab", "before": ["tab"], "after": ["bo"]}
    ]
    assert customers(ws) == 2 and customers(ws, "--as-of", "1") == 3
    assert customers(ws, "--as-of", "2026-03-04") == 4
    assert answer("unjoin", ws, 1)["table"][0]["change"] == "split"
    back = answer("unjoin", ws, "phone-1", "bo", "--kind", "anonymous_id")
    assert [row["after"] for row in back["table"]] == [["ann"]]
    assert lvtu("trend", ws, "--as-of", 1, "--at", 0).exit_code == 2


ENGLISH = ["joined: edge 1", "change id before after", "joined ann ann, anna ann"]
CHINESE = ["已合并：关联号 1", "变化 标识 之前 之后", "合并 ann ann, anna ann"]


@pytest.mark.parametrize(
    ("lang", "expected", "undo"), [("en", ENGLISH, "· to take it back: "), ("zh", CHINESE, "· 如需撤回：")]
)
def test_a_join_for_people(ws: Path, lang: str, expected: list[str], undo: str) -> None:
    said = lvtu("join", ws, "ann", "anna", LVTU_LANG=lang)
    assert squeezed(said.stdout) == [*expected, f"{undo}lvtu unjoin {ws} 1"]


def test_one_customer(ws: Path) -> None:
    found = answer("identity", ws, "ann")
    assert found["spec"] == {"analysis": "identity", "identifier": "ann"}
    assert [(row["kind"], row["id"], row["how"]) for row in found["table"]] == [
        ("anonymous_id", "phone-1", "seen"), ("user_id", "ann", "seen"), ("anonymous_id", "phone-1", "sign_in"),
        ("email", "a@x", "seen_with"),
    ]  # fmt: skip
    assert [row["time"][:16] for row in found["table"]][:2] == ["2026-03-01T09:00", "2026-03-01T09:10"]
    said = "phone-1 is shared by 2 customers: its events go to whoever is signed in"
    assert found["notes"] == [{"code": "identity_shared", "identifier": "phone-1", "customers": 2, "text": said}]
    said = lvtu("identity", ws, "phone-1", LVTU_LANG="zh").stdout
    assert said.startswith("phone-1 属于：ann, bo\n") and "· phone-1 由 2 位客户共用" in said
    assert answer("identity", ws, "phone-1", "--kind", "anonymous_id")["table"]
    assert lvtu("identity", ws, "phone-1", "--kind", "user_id").exit_code == 1


def test_h16_repeats_conflicts_strays_and_freshness_are_reported(ws: Path) -> None:
    file = ws.parent / "v.csv"
    assert answer("ingest", ws, file, "--mapping", ws.parent / "m.yaml")["duplicates"] == 5
    info, console = answer("info", ws), answer("identity", ws)
    assert (info["repeats"], info["last"][:10]) == (5, "2026-03-06")
    assert [(one["kind"], one["users"]) for one in console["shared_anonymous"] + console["shared_identifiers"]] == [
        ("anonymous_id", ["ann", "bo"]), ("email", ["ann", "anna"]),
    ]  # fmt: skip
    assert console["unmatched_anonymous"] == ["tab"]
    assert "user_id" in answer("ingest", ws, file, "--guess")["yaml"], "the wizard of mappings"


def test_the_whole_workspace(ws: Path) -> None:
    answer("join", ws, "ann", "anna")
    found = answer("identity", ws)
    assert found["counts"]["joined_customers"] == found["counts"]["shared_anonymous"] == 1
    assert found["joined"] == [["ann", "anna"]]
    assert [(edge["edge"], edge["left"], edge["right"], edge["how"]) for edge in found["edges"]] == [
        (1, ["user_id", "ann"], ["user_id", "anna"], "join")
    ]
    titles = {"en": "Customers with several user ids", "zh": "有多个用户 ID 的客户"}
    for lang, title in titles.items():
        lines = squeezed(lvtu("identity", ws, LVTU_LANG=lang).stdout)
        assert title in lines and "ann ann, anna" in lines
        assert not any("who." in line or "columns." in line for line in lines)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [50, 80])
def test_it_fits_the_terminal(ws: Path, lang: str, columns: int) -> None:
    from unit.cli.test_cli_answers import width

    for arguments in (["identity", ws, "phone-1"], ["join", ws, "ann", "anna", "--dry-run"]):
        said = lvtu(*arguments, LVTU_LANG=lang, COLUMNS=str(columns)).stdout
        rows = [line for line in said.splitlines() if not line.startswith(("·", "not shown", "宽度"))]
        assert max(map(width, rows)) <= columns
