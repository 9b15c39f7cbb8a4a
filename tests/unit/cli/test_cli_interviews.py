"""``lvtu interviews`` and ``ws.interviews``: brought in, marked, and taken along as quotes."""

from __future__ import annotations

import csv
import json
import sqlite3
import wave
from pathlib import Path

import pytest

import lvtu as package
from lvtu.errors import BadInput, UnknownName
from lvtu.voice.interviews.sounds import MOST_SOUND
from unit.cli.shop import lvtu

TALK = "[00:02] Interviewer: How was it?\n[00:05] Ann Lee: I waited for weeks.\n[01:10] Ann Lee: Then they called."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    package.open(tmp_path / "home/shop").close()
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    return tmp_path / "home"


def test_files_come_in_and_quotes_go_out(home: Path, tmp_path: Path) -> None:
    assert "no interviews or documents yet" in lvtu("interviews", "list", home).output
    added = lvtu("interviews", "add", home, tmp_path / "talk.txt", "--date", "2026-05-12", "--json")
    id = json.loads(added.output)["added"][0]["id"]
    listed = json.loads(lvtu("interviews", "list", home, "--json").output)["interviews"]
    assert [(one["title"], one["form"], one["date"]) for one in listed] == [("talk", "interview", "2026-05-12")]
    with package.open(home / "shop") as ws:
        mark = ws.interviews.highlight(id, "waited for weeks", ["waiting"], note="Late")
        text = ws.interviews.text(id)
        (quote,) = ws.interviews.quotes(code="waiting", lang="en").to_pylist()
        with pytest.raises(BadInput, match="does not say 'was happy'"):
            ws.interviews.highlight(id, "was happy")
    assert (quote["id"], quote["speaker"], quote["time"], quote["date"]) == (mark, "P1", "0:05", "2026-05-12")
    assert text[quote["start"] : quote["end"]] == quote["quote"] == "waited for weeks"
    assert (quote["sentiment"] or 0) < 0 and quote["source"] == "talk. 2026-05-12"
    out = tmp_path / "out.csv"
    assert "1 quote written" in lvtu("interviews", "quotes", home, "--format", "csv", "--out", out).output
    (row,) = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert (row["id"], row["codes"], row["speaker"]) == (mark, "waiting", "P1")
    told = lvtu("interviews", "quotes", home, LVTU_LANG="zh").output
    assert "# 原话摘录" in told and "> waited for weeks" in told and mark in told and "Ann" not in told
    assert lvtu("interviews", "quotes", home, "--code", "none", "--format", "json").output.strip() == "[]"


def test_in_python_a_text_is_brought_marked_and_removed(home: Path) -> None:
    assert lvtu("interviews", "list", home).exit_code == 0, "now there is a database"
    with package.open(home / "shop") as ws:
        id = ws.interviews.add(
            "王芳：等了两周。\n客服：抱歉。\n王芳：算了。\n客服：好。", title="退货", pseudonyms={"王芳": "W"}
        )
        ws.interviews.highlight(id, "等了两周", colour="pink")
        assert ws.interviews.quotes()["speaker"].to_pylist() == ["W"]
        assert ws.interviews.list().select(["title", "highlights"]).to_pylist() == [{"title": "退货", "highlights": 1}]
        ws.interviews.remove(id)
        with pytest.raises(UnknownName):
            ws.interviews.text(id)


def test_d9_a_recording_is_kept_beside_its_text(home: Path, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "talk.wav"), "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(range(256)) * 100)
    added = lvtu("interviews", "add", home, tmp_path / "talk.txt", "--json")
    id = json.loads(added.output)["added"][0]["id"]
    assert lvtu("interviews", "list", home, "--json").output.count('"recording": null') == 1
    told = lvtu("interviews", "record", home, id, tmp_path / "talk.wav")
    assert told.exit_code == 0 and "“talk”" in told.output
    listed = json.loads(lvtu("interviews", "list", home, "--json").output)["interviews"]
    assert [one["recording"] for one in listed] == ["talk.wav"]
    assert lvtu("interviews", "recording", home, id, "--out", tmp_path / "back.wav").exit_code == 0
    with wave.open(str(tmp_path / "back.wav")) as back:
        assert (back.getframerate(), back.readframes(99_999)) == (8000, bytes(range(256)) * 100)
    with package.open(home / "shop") as ws:
        about, content = ws.interviews.recording(id)
        assert (about.type, about.size) == ("audio/wav", len(content)) == ("audio/wav", 25_644)
        ws.interviews.unrecord(id)
        with pytest.raises(UnknownName, match="has no recording"):
            ws.interviews.recording(id)
        ws.interviews.record(id, tmp_path / "talk.wav")
        ws.interviews.remove(id)
        with pytest.raises(UnknownName):
            ws.interviews.record(id, tmp_path / "talk.wav")
    with sqlite3.connect(home / "server.sqlite") as kept:
        assert kept.execute("select count(*) from recordings").fetchone() == (0,), "it went with its text"


def test_what_is_no_recording_says_what_is_accepted(home: Path, tmp_path: Path) -> None:
    added = lvtu("interviews", "add", home, tmp_path / "talk.txt", "--json")
    id = json.loads(added.output)["added"][0]["id"]
    (tmp_path / "fake.mp3").write_bytes(b"%PDF-1.7 is no sound")
    with (tmp_path / "long.mp3").open("wb") as long:
        long.truncate(MOST_SOUND + 1)
    for file, said in (
        ("fake.mp3", "holds no sound"),
        ("none.mp3", "none.mp3"),
        ("long.mp3", "101 MB; 100"),
    ):
        refused = lvtu("interviews", "record", home, id, tmp_path / file)
        assert refused.exit_code != 0 and said in refused.output, file
    assert ".opus" in lvtu("interviews", "record", home, id, tmp_path / "fake.mp3").output
    alone = lvtu("interviews", "add", home, tmp_path / "fake.mp3")
    assert alone.exit_code != 0 and "lvtu interviews record" in alone.output
    other = lvtu("interviews", "record", home, "nobody", tmp_path / "long.mp3")
    assert other.exit_code != 0 and "nobody" in other.output


def test_without_a_server_it_says_what_to_do(tmp_path: Path) -> None:
    with package.open(tmp_path / "alone") as ws, pytest.raises(BadInput) as refused:
        ws.interviews.list()
    assert refused.value.code == "unserved"


def test_files_that_cannot_be_read_end_with_a_reason(home: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no pdf")
    wrong = lvtu("interviews", "add", home, tmp_path / "x.pdf")
    assert wrong.exit_code != 0 and "no PDF that can be read" in wrong.output
