"""Arrivals: ids, order, deletion, several processes."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lvtu.store.inbox import Inbox
from lvtu.store.sqlite import Database


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox" / "main.sqlite")


def test_rows_come_back_in_order(inbox: Inbox) -> None:
    assert inbox.append([b"a", b"", b"\x00\xff"]) == 3
    assert inbox.append([]) == 3
    assert inbox.append([b"d"]) == 4
    assert inbox.pending() == [(1, b"a"), (2, b""), (3, b"\x00\xff"), (4, b"d")]
    assert inbox.pending(after=1, limit=2) == [(2, b""), (3, b"\x00\xff")]
    assert (inbox.count(), inbox.count(after=3)) == (4, 1)


def test_ids_are_never_given_twice(inbox: Inbox, tmp_path: Path) -> None:
    assert inbox.last_id == 0
    inbox.append([b"a", b"b"])
    inbox.delete_upto(2)
    inbox.truncate()
    inbox.close()
    again = Inbox(tmp_path / "inbox" / "main.sqlite")
    assert again.last_id == 2
    assert again.append([b"c"]) == 3


def test_the_uuid_stays_with_the_file(inbox: Inbox, tmp_path: Path) -> None:
    assert Inbox(tmp_path / "inbox" / "main.sqlite").uuid == inbox.uuid
    assert Inbox(tmp_path / "inbox" / "other.sqlite").uuid != inbox.uuid


def test_deleting_takes_no_more_than_asked(inbox: Inbox) -> None:
    inbox.append([b"a", b"b", b"c", b"d"])
    inbox.delete_upto(1)
    inbox.delete([3, 99])
    assert inbox.pending() == [(2, b"b"), (4, b"d")]


def test_a_failing_group_leaves_nothing(inbox: Inbox) -> None:
    with pytest.raises(sqlite3.Error):
        inbox.append([b"a", None])  # type: ignore[list-item]
    assert inbox.pending() == []
    assert inbox.append([b"b"]) == 1


def test_a_commit_that_fails_leaves_no_open_transaction(tmp_path: Path) -> None:
    """What is only checked at the commit stands for a disk that is full by then."""
    late = "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)"
    database = Database(tmp_path / "d.sqlite", late)
    database.rows("PRAGMA foreign_keys=ON")
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (1, 7)")
    with database.transaction() as connection:
        connection.execute("INSERT INTO t VALUES (2, 2)")
    assert database.rows("SELECT id FROM t") == [(2,)]
    database.close()


def test_what_was_refused_waits_beside_what_was_accepted(inbox: Inbox) -> None:
    assert not inbox.holds_anything()
    inbox.append([], [b"bad"])
    assert inbox.holds_anything() and inbox.count() == 0
    inbox.append([b"good"], [b"worse"])
    assert (inbox.pending(), inbox.refused()) == ([(1, b"good")], [(1, b"bad"), (2, b"worse")])
    inbox.delete_refused(1)
    inbox.delete_upto(1)
    assert inbox.refused() == [(2, b"worse")] and inbox.holds_anything()
    inbox.delete_refused(2)
    assert not inbox.holds_anything()


def test_no_more_is_pending_than_was_asked_for(inbox: Inbox) -> None:
    inbox.append([b"x" * 10] * 5)
    for size, rows in ((1, 1), (10, 1), (11, 2), (30, 3), (1000, 5)):
        assert [id for id, _ in inbox.pending(size=size)] == list(range(1, rows + 1))
    assert [id for id, _ in inbox.pending(after=2, size=11)] == [3, 4]
    assert [id for id, _ in inbox.pending(limit=2)] == [1, 2]


def test_every_commit_is_synced(inbox: Inbox) -> None:
    database = inbox._database
    assert database.one("PRAGMA journal_mode") == "wal"
    assert database.one("PRAGMA synchronous") == 2  # FULL
    assert database.one("PRAGMA secure_delete") == 1


def test_truncating_leaves_no_byte(inbox: Inbox, tmp_path: Path) -> None:
    inbox.append([b"keep me", b"secret-of-li-lei" * 500])
    inbox.delete([2])
    size = (tmp_path / "inbox" / "main.sqlite").stat().st_size
    inbox.truncate()
    assert inbox.pending() == [(1, b"keep me")]
    assert (tmp_path / "inbox" / "main.sqlite").stat().st_size < max(size, 40_000)
    assert (tmp_path / "inbox" / "main.sqlite-wal").stat().st_size == 0
    for path in (tmp_path / "inbox").iterdir():
        assert b"secret-of-li-lei" not in path.read_bytes()


def _send(path: Path, name: int) -> list[int]:
    inbox = Inbox(path)
    return [inbox.append([b"%d:%d:0" % (name, n), b"%d:%d:1" % (name, n)]) for n in range(25)]


def test_processes_append_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "main.sqlite"
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        ids = pool.starmap(_send, [(path, name) for name in range(3)])
    rows = dict(Inbox(path).pending())
    assert len(rows) == 150
    for name, last_ids in enumerate(ids):
        for n, last in enumerate(last_ids):
            assert (rows[last - 1], rows[last]) == (b"%d:%d:0" % (name, n), b"%d:%d:1" % (name, n))


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from lvtu.store.inbox import Inbox
inbox = Inbox(Path(sys.argv[1]))
for n in range(1000):
    print(inbox.append([b"%d" % n]), flush=True)
    if n == 40:
        os.kill(os.getpid(), signal.SIGKILL)
"""
    path = tmp_path / "main.sqlite"
    result = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    acknowledged = [int(line) for line in result.stdout.split()]
    assert len(acknowledged) == 41
    assert [id for id, _ in Inbox(path).pending()] == acknowledged
