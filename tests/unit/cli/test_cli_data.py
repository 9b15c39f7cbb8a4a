"""Commands that bring data in, look after it, and take it away."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest

from lvtu.collect import Mapping
from unit.cli.shop import lvtu, write

SOON = "'soon' is not a time; write ISO-8601, or give the mapping a format"
SOON_JSON = {"code": "time", "value": "soon", "text": SOON}
SAID = """\
visits.csv: 9 accepted, 1 duplicates, 1 rejected
  1 × 'soon' is not a time; write ISO-8601, or give the mapping a format
  the rejected rows wait: lvtu quarantine {ws}
"""


def answer(*arguments: object) -> Any:
    done = lvtu(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_init_makes_a_workspace_once(tmp_path: Path) -> None:
    first, second = answer("init", tmp_path / "a"), answer("init", tmp_path / "a")
    assert first == {"workspace": str(tmp_path / "a"), "id": first["id"], "created": True}
    assert second == {**first, "created": False}
    assert (tmp_path / "a" / "lvtu.json").exists()


def test_ingest_reports_and_repeats_nothing(tmp_path: Path) -> None:
    file, ws = write(tmp_path), tmp_path / "shop.lvtu"
    assert lvtu("ingest", ws, file).stdout == SAID.format(ws=ws)
    again = answer("ingest", ws, file)
    counts = {"accepted": 0, "duplicates": 10, "rejected": 1, "suppressed": 0, "reasons": [{**SOON_JSON, "rows": 1}]}
    assert again == {**counts, "files": [{"source": "visits.csv", **counts, "notes": []}]}


def test_several_files_are_added_up(tmp_path: Path) -> None:
    file = write(tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("user_id,time,event\nzoe,2026-03-01,Visit\n,2026-03-01,Visit\n", encoding="utf-8")
    found = answer("ingest", tmp_path / "ws", file, other)
    assert (found["accepted"], found["rejected"], len(found["files"])) == (10, 2, 2)
    nobody = {"code": "nobody", "text": "neither user_id nor anonymous_id", "rows": 1}
    assert found["reasons"] == [{**SOON_JSON, "rows": 1}, nobody]


def test_a_guess_is_a_mapping_and_writes_nothing(tmp_path: Path) -> None:
    file, ws = write(tmp_path), tmp_path / "new.lvtu"
    said = lvtu("ingest", ws, file, "--guess")
    assert said.exit_code == 0, said.output
    assert not ws.exists()
    assert Mapping.load(said.stdout).fields["user_id"].column == "user_id"  # comments and all
    assert sum("Product Viewed" in line for line in said.stdout.splitlines() if line.startswith("#")) == 4
    found = answer("ingest", ws, file, "--guess")
    assert list(found) == ["mapping", "yaml", "sample", "notes"]
    assert Mapping.load(found["mapping"]) == Mapping.load(found["yaml"])
    assert len(found["sample"]) == 10
    assert not ws.exists()


def test_a_mapping_is_used(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("who,when,what\nann,01/03/2026,Visit\n", encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(
        'fields: {user_id: who, time: {column: when, format: "%d/%m/%Y"}, event: what}\n', encoding="utf-8"
    )
    assert answer("ingest", tmp_path / "ws", tmp_path / "odd.csv", "--mapping", tmp_path / "odd.yaml")["accepted"] == 1
    assert answer("timeline", tmp_path / "ws", "ann")["table"][0]["time"] == "2026-03-01T00:00:00+00:00"


def test_the_quarantine_is_listed_and_mended(tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    lvtu("ingest", ws, write(tmp_path))
    found = answer("quarantine", ws)
    assert list(found) == ["spec", "table", "notes"]
    assert [(row["field"], row["reason"]) for row in found["table"]] == [("time", SOON)]
    assert [(row["reason_code"], row["reason_values"]) for row in found["table"]] == [("time", {"value": "soon"})]
    assert "“soon”不是时间；请写成 ISO-8601" in lvtu("quarantine", ws, LVTU_LANG="zh").stdout
    mending = tmp_path / "mend.yaml"
    mending.write_text('fields: {time: {constant: "2026-03-09"}}\n', encoding="utf-8")
    assert answer("quarantine", ws, "--mapping", mending)["accepted"] == 1
    assert lvtu("quarantine", ws).stdout == "no row waits\n"


def test_one_kind_of_refusal_is_one_line(tmp_path: Path) -> None:
    rows = ["user_id,time,event,value", *(f"ann,2026-03-01,Visit,{word}" for word in ("much", "much", "more", "most"))]
    (tmp_path / "a.csv").write_text("\n".join([*rows, ",2026-03-01,Visit,1"]), encoding="utf-8")
    said = lvtu("ingest", tmp_path / "ws", tmp_path / "a.csv").stdout.splitlines()
    assert said[0].endswith("a.csv: 0 accepted, 0 duplicates, 5 rejected")
    assert said[1:3] == [
        "  4 × 'much' is not a number, and other values (3 in all)",
        "  1 × neither user_id nor anonymous_id",
    ]
    assert lvtu("info", tmp_path / "ws", LVTU_LANG="zh").stdout.splitlines()[-2:] == [
        "  4 × “much”不是数字（共 3 种不同的值）",
        "  1 × 既无 user_id 也无 anonymous_id",
    ]
    again = lvtu("quarantine", tmp_path / "ws", "--mapping", write_mapping(tmp_path), LVTU_LANG="zh").stdout
    assert again.splitlines()[0] == "待处理数据 5 行：接收 4，重复 0，拒收 1"


def test_a_copy_s_broken_rows_wait_once(tmp_path: Path) -> None:
    ws, file, copy = tmp_path / "ws", tmp_path / "a.csv", tmp_path / "copy.csv"
    twice = ["ann,2026-03-01,Order Paid,much"] * 2
    file.write_text("\n".join(["user_id,time,event,value", *twice, "bo,2026-03-01,Order Paid,5"]), encoding="utf-8")
    copy.write_text("\n".join(["user_id,time,event,value", "bo,2026-03-01,Order Paid,5", *twice]), encoding="utf-8")
    for path in (file, copy, file):
        assert answer("ingest", ws, path)["rejected"] == 2
    assert [row["place"] for row in answer("quarantine", ws)["table"]] == ["a.csv:2", "a.csv:3"]
    late = tmp_path / "late.csv"
    late.write_text("user_id,time,event,value\ncy,soon,Order Paid,1\ncy,later,Order Paid,much\n", encoding="utf-8")
    assert answer("ingest", ws, late)["rejected"] == 2
    assert answer("quarantine", ws, "--mapping", write_mapping(tmp_path))["accepted"] == 2
    assert [row["place"] for row in answer("quarantine", ws)["table"]] == ["late.csv:2", "late.csv:3"]
    assert answer("info", ws)["events"] == 3


def test_a_wrong_mending_leaves_the_rows_as_they_are(tmp_path: Path) -> None:
    messages = [{"type": "track", "messageId": id_, "event": "Visit", "timestamp": "2026-01-01"} for id_ in "ab"]
    (tmp_path / "b.json").write_text(json.dumps({"batch": messages}), encoding="utf-8")
    assert answer("ingest", tmp_path / "ws", tmp_path / "b.json", "--mapping", "segment")["rejected"] == 2
    before = answer("quarantine", tmp_path / "ws")["table"]
    assert answer("quarantine", tmp_path / "ws", "--mapping", "mixpanel")["accepted"] == 0
    after = answer("quarantine", tmp_path / "ws")["table"]
    assert [(row["place"], row["raw"]) for row in after] == [(row["place"], row["raw"]) for row in before]


def write_mapping(folder: Path) -> Path:
    """A mapping that feeds no value."""
    (folder / "mend.yaml").write_text("fields: {value: null}\n", encoding="utf-8")
    return folder / "mend.yaml"


def test_forgetting_asks_nobody_without_a_terminal(tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    lvtu("ingest", ws, write(tmp_path))
    receipt = answer("forget", ws, "ann")
    assert receipt["events"] == 3
    assert set(receipt) == {"id", "time", "hash", "events", "commit", "details", "cards_left"}
    assert receipt["cards_left"] == []
    assert lvtu("timeline", ws, "ann").exit_code == 1
    assert lvtu("forget", ws, "bo", "--yes", LVTU_LANG="zh").stdout == "已遗忘 bo：删除 2 个事件\n"


def test_forgetting_asks_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lvtu.cli import forget

    ws = tmp_path / "ws"
    lvtu("ingest", ws, write(tmp_path))
    asked: list[str] = []

    class Terminal:
        def isatty(self) -> bool:
            return True

    class System:
        stdin = Terminal()

    def no(text: str, **_: object) -> bool:
        asked.append(text)
        return False

    monkeypatch.setattr(forget, "sys", System)
    monkeypatch.setattr(forget.click, "confirm", no)
    assert lvtu("forget", ws, "ann").exit_code == 0
    assert asked == ["Erase ann and every event of theirs for good?"]
    assert lvtu("timeline", ws, "ann").exit_code == 0
    assert lvtu("forget", ws, "ann", "--yes").exit_code == 0
    assert len(asked) == 1


def test_the_demo_is_told_where_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lvtu.demo import build
    from lvtu.demo.model import Finding, Text

    def fake(out: Path, *, bpi: Path | None, say: Any = None) -> list[Finding]:
        assert bpi is None
        if say:
            say(f"built in {out.name}")
        return [Finding("retail", "rows", Text("行", "rows"))]

    monkeypatch.setattr(build, "build", fake)
    assert lvtu("demo", "--out", tmp_path / "d").stdout == "built in d\n"
    assert answer("demo", "--out", tmp_path / "d")["findings"][0]["text"] == {"zh": "行", "en": "rows"}


def test_a_bar_waits_for_a_slow_source_and_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from lvtu.cli.progress import Bar

    with Bar("x.csv") as bar:
        bar.move(10, 0.5)
        assert bar._bar is None
        bar._started -= 3
        bar.move(10, 0.5)
        assert bar._bar is None, "no terminal, no bar"
        bar._wanted = True
        bar.move(10, 0.5)
        assert bar._bar is not None


def test_a_slow_question_shows_on_a_terminal_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from lvtu.cli import progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for screen, patience, shown in ((Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)):
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr(progress, "PATIENCE", patience)
        with progress.waiting():
            until = time.monotonic() + 10
            while shown and "working" not in screen.getvalue() and time.monotonic() < until:
                time.sleep(0.01)
        assert ("working" in screen.getvalue()) == shown


def test_info_as_json_and_for_people(shop: Path) -> None:
    found = answer("info", shop)
    assert list(found) == [
        "path", "events", "customers", "first", "last", "received", "age", "repeats", "commits", "size",
        "by_event", "by_channel", "by_source", "quarantine", "identity", "simulated",
    ]  # fmt: skip
    assert (found["events"], found["customers"], found["repeats"], found["identity"]) == (9, 4, 1, None)
    assert found["by_source"] == [
        {
            "name": "till", "events": 9, "customers": 4, "first": "2026-03-01T09:00:00+00:00",
            "last": "2026-03-20T08:00:00+00:00",
        }
    ]  # fmt: skip
    assert answer("info", shop, "--full")["identity"]["counts"]["user_ids"] == 4
    said = lvtu("info", shop, LVTU_LANG="zh").stdout
    assert "4 位客户的 9 个事件" in said
    assert "待处理数据 1 行" in said
    assert "eve" not in said


def test_forgetting_by_kind(tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text(
        "user_id,anonymous_id,time,event\n7,,2026-03-01,Visit\n,7,2026-03-01,Visit\n", encoding="utf-8"
    )
    ws = tmp_path / "ws"
    assert lvtu("ingest", ws, tmp_path / "two.csv").exit_code == 0
    refused = lvtu("forget", ws, "7")
    assert refused.exit_code == 1
    assert "--kind user_id or --kind anonymous_id" in refused.stderr
    assert answer("forget", ws, "7", "--kind", "anonymous_id")["events"] == 1
    assert answer("forget", ws, "7")["events"] == 1
