"""Rows set aside: each waits once for every time its file holds it, and until it has been read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import lvtu
from lvtu.core.record import RECORD
from lvtu.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        yield ws


def test_a_broken_line_waits_on_when_the_others_are_mended(ws: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "visits.ndjson"
    source.write_text(
        '{"user_id": "ann", "event": "Visit", "time": "soon", "when": "2026-03-01"}\n{"user_id": "bo", "event": "Vis\n'
    )
    assert ws.ingest(source).rejected == 2
    report = ws.quarantine({"fields": {"time": "when"}})
    assert (report.accepted, report.rejected) == (1, 0)
    [waiting] = ws.quarantine().to_pylist()
    assert waiting["place"].endswith(":2") and "bo" in waiting["raw"]


def test_equal_rows_wait_as_often_as_the_file_that_has_most_of_them(ws: Workspace, tmp_path: Path) -> None:
    head, bad = "user_id,event,time\n", "ann,Visit,soon\n"
    two, three = tmp_path / "two.csv", tmp_path / "three.csv"
    two.write_text(head + 2 * bad)
    three.write_text(head + bad + "bo,Visit,2026-03-01\n" + 2 * bad)
    waiting = []
    for source in (two, three, three, three, two, three):
        ws.ingest(source)
        waiting.append(ws.quarantine().num_rows)
    assert waiting == [2, 3, 3, 3, 3, 3]


def test_files_read_together_are_told_apart(ws: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, rows in (("a", 2), ("b", 3)):
        (folder / f"{name}.csv").write_text("user_id,event,time\n" + rows * "ann,Visit,soon\n")
    ws.ingest(folder)
    assert ws.quarantine().num_rows == 3


def test_a_piece_that_did_not_land_is_not_hidden_by_a_reader_that_fails(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    def tables() -> Iterator[pa.Table]:
        for number in range(2):
            row = {"message_id": str(number), "user_id": "ann", "event": "Visit", "time": 0}
            yield pa.Table.from_pylist([row], schema=RECORD)
        raise ValueError("the file breaks off")

    monkeypatch.setattr("lvtu.store.committer.COMMIT_ROWS", 1)
    monkeypatch.setattr(ws._committer, "_commit_piece", full)
    with pytest.raises(OSError, match="disk full"):
        list(ws._committer.commit(tables(), "test"))
