"""Events that come bit by bit: each is there once, and what came before a break stays."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import lvtu
from lvtu import intake


def test_many_arrivals_are_moved_without_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "COMMIT_AFTER", 5)
    visits = [{"event": "Visit", "user_id": f"u{i}", "time": "2026-03-01", "message_id": f"m{i}"} for i in range(9)]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append(visits[:3])
        assert ws.commits() == []
        ws.append(visits[2:6])  # one of them again
        assert [(commit["events"], commit["repeats"]) for commit in ws.commits()] == [(6, 1)]
        ws.append(visits[6:])
        assert len(ws.commits()) == 1
        assert ws.funnel(["Visit"]).table["customers"].to_pylist() == [9]


def test_a_source_that_breaks_off_leaves_its_good_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.collect.jsons._ROWS", 10)
    monkeypatch.setattr("lvtu.store.committer.COMMIT_ROWS", 10)
    readers = set()

    def rows(last: int) -> Iterator[dict[str, str]]:
        for i in range(35):
            readers.add(threading.get_ident())
            if i == last:
                raise ConnectionError("gone")
            yield {"event": "Visit", "user_id": f"u{i}", "time": "2026-03-01", "message_id": f"m{i}"}

    with lvtu.open(tmp_path / "w.lvtu") as ws:
        with pytest.raises(ConnectionError):
            ws.ingest(rows(34))
        assert [commit["events"] for commit in ws.commits()] == [10, 10]
        report = ws.ingest(rows(99))
        assert (report.accepted, report.duplicates) == (15, 20)
        assert ws.funnel(["Visit"]).table["customers"].to_pylist() == [35]
    assert readers == {threading.get_ident()}  # a cursor, say, may only be read where it was made


def test_what_another_worker_leaves_is_counted_though_nothing_waited_at_the_last_look(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append([{"event": "Visit", "user_id": "ann", "time": "2026-03-01"}])
        assert ws.trend("Visit").table["events"].to_pylist() == [1]
        os.utime(ws.layout.inbox, (1, 1))  # long ago: the look is remembered
        assert not ws._intake.waiting() and ws._intake._looked[0] == 1_000_000_000
        with lvtu.open(tmp_path / "other.lvtu") as other:
            other.append([{"event": "Visit", "user_id": "bo", "time": "2026-03-01"}])
            shutil.copy(other.layout.worker_inbox(), ws.layout.inbox / "gone.sqlite")
            for more in ("-wal", "-shm"):
                shutil.copy(f"{other.layout.worker_inbox()}{more}", ws.layout.inbox / f"gone.sqlite{more}")
        assert ws.trend("Visit").table["events"].to_pylist() == [2]


def test_moving_ends_though_more_arrives_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.store.committer.INBOX_ROWS", 1)
    with lvtu.open(tmp_path / "w.lvtu") as ws, lvtu.open(tmp_path / "w.lvtu") as sender:
        moved, arrived = type(ws._committer)._commit_piece, 0

        def and_more_comes(*given: object) -> object:
            nonlocal arrived
            arrived += 1
            assert arrived < 10, "it follows for ever"
            sender.append([{"event": "Visit", "user_id": f"u{arrived}", "time": "2026-03-01"}])
            return moved(*given)  # type: ignore[arg-type]

        for n in range(3):
            ws.append([{"event": "Visit", "user_id": f"first{n}", "time": "2026-03-01"}])
        monkeypatch.setattr(type(ws._committer), "_commit_piece", and_more_comes)
        ws.flush()
        assert [commit["events"] for commit in ws.commits()] == [1, 1, 1]
        monkeypatch.undo()
        assert ws.funnel(["Visit"]).table["customers"].to_pylist() == [6]
