"""Every setting that exists is on the page of settings, and every setting on the page exists and works."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

import lvtu
from lvtu.errors import BadInput
from lvtu.store.config import Config
from parts import ROOT

PAGE = (ROOT / "docs" / "how-to" / "settings.md").read_text(encoding="utf-8")
FIXED = {"id", "created", "format", "example"}
VARIABLE = re.compile(r"LVTU_[A-Z_]*[A-Z]")


def variables() -> set[str]:
    """What the code reads of the environment: names it spells out, and one for each setting of `lvtu.json`."""
    found = {f"LVTU_{field.name.upper()}" for field in fields(Config) if field.name not in FIXED}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value):
                found.add(node.value)
    return found


def rows(title: str) -> set[str]:
    """The first column of the table under a title."""
    part = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE))


def test_every_variable_is_documented_and_exists() -> None:
    assert rows("Variables") == variables()


def test_every_key_of_the_file_is_documented_and_exists() -> None:
    assert rows("lvtu.json") == {field.name for field in fields(Config)}


def test_no_other_page_knows_more() -> None:
    others = [path for path in (ROOT / "docs").rglob("*.md") if path.name != "settings.md"]
    developing = {"LVTU_FAULT_ROUNDS", "LVTU_FAULT_SEED", "LVTU_LATE", "LVTU_SERVICE", "LVTU_SLOW"}
    known = variables() | developing
    assert {name for path in others for name in VARIABLE.findall(path.read_text(encoding="utf-8"))} <= known


def days(ws: lvtu.View) -> list[str]:
    table = ws.trend(period="day").table
    return [str(day.date()) for day in table["period"].to_pylist()]


def test_the_zone_is_that_of_calendar_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """23:00 UTC on the first is the second in Shanghai, and its day begins at 16:00 UTC on the first."""
    with lvtu.open(tmp_path / "w") as ws:
        ws.append([{"user_id": "ann", "event": "Seen", "time": "2026-03-01T23:00:00Z"}])
        assert days(ws) == ["2026-03-01"]
        assert ws.trend(period="day").spec.to_json() == {"analysis": "trend"}
    stored = json.loads((tmp_path / "w" / "lvtu.json").read_text())
    (tmp_path / "w" / "lvtu.json").write_text(json.dumps(stored | {"zone": "Asia/Shanghai"}))
    with lvtu.open(tmp_path / "w") as ws:
        for view in (ws, ws.journeys(where="event = 'Seen'"), ws.at(0), ws.as_of("2026-04-01")):
            answer = view.trend(period="day")
            assert answer.table["period"].to_pylist()[0].astimezone().timestamp() == 1772380800
            assert answer.spec.zone == "Asia/Shanghai"
        assert ws.trend(period="day", zone="UTC").table["period"].to_pylist()[0].timestamp() == 1772323200
    monkeypatch.setenv("LVTU_ZONE", "Mars")
    with lvtu.open(tmp_path / "w") as ws, pytest.raises(BadInput, match="unknown time zone 'Mars'"):
        ws.trend(period="day")


def test_the_threads_are_the_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_THREADS", "1")
    with lvtu.open(tmp_path / "w") as ws:
        assert ws.config.threads == 1
    monkeypatch.setenv("LVTU_THREADS", "many")
    with pytest.raises(BadInput, match="LVTU_THREADS='many' is not a whole number"):
        lvtu.open(tmp_path / "w")
