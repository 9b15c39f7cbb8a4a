"""The books."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lvtu.store.ledger import Commit, Edge, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "catalog.sqlite")


def test_commits_and_the_one_at_a_time(ledger: Ledger) -> None:
    assert (ledger.last_commit(), ledger.at(10**18)) == (-1, -1)
    ledger.add_commit(1, 200, 5, 0, "b.csv")
    ledger.add_commit(0, 100, 9, 2, "a.csv")
    ledger.add_commit(1, 200, 6, 1, "b.csv")  # entered again after a crash
    assert ledger.commits() == [Commit(0, 100, 9, 2, "a.csv"), Commit(1, 200, 6, 1, "b.csv")]
    assert ledger.last_commit() == 1
    assert [ledger.at(time) for time in (99, 100, 199, 200, 10**18)] == [-1, 0, 0, 1, 1]


def test_suppression_is_by_a_key_of_the_ledger_s_own(ledger: Ledger, tmp_path: Path) -> None:
    hash = ledger.keyed_hash("li@example.org")
    assert len(hash) == 16
    assert (
        hash == ledger.keyed_hash(b"li@example.org") == Ledger(tmp_path / "catalog.sqlite").keyed_hash("li@example.org")
    )
    assert hash != Ledger(tmp_path / "other.sqlite").keyed_hash("li@example.org")
    assert ledger.suppressed() == set()
    ledger.suppress([hash, hash])
    ledger.suppress([hash])
    assert ledger.suppressed() == {hash}
    assert b"li@example" not in (tmp_path / "catalog.sqlite-wal").read_bytes()


def test_receipts_say_what_can_no_longer_be_shown(ledger: Ledger) -> None:
    assert ledger.last_erasure() == -1
    assert ledger.add_receipt(10, b"h1", 3, 7, {"files": 2, "注": "x"}) == 1
    assert ledger.add_receipt(20, b"h2", 1, 5, {}) == 2
    assert ledger.last_erasure() == 7
    assert [(r.id, r.hash, r.events, r.commit, r.details) for r in ledger.receipts()] == [
        (1, b"h1", 3, 7, {"files": 2, "注": "x"}),
        (2, b"h2", 1, 5, {}),
    ]


def test_files_are_found_by_hash(ledger: Ledger) -> None:
    ledger.add_file("a.csv", 10, "aa", 1, {"accepted": 3})
    ledger.add_file("b.csv", 20, "bb", 2, {"accepted": 4})
    assert [(f.name, f.size, f.report) for f in ledger.files("bb")] == [("b.csv", 20, {"accepted": 4})]
    assert [f.name for f in ledger.files()] == ["a.csv", "b.csv"]
    assert ledger.files("cc") == []


A = ("anonymous_id", "a1", "user_id", "u1", 100, "sign-in")
B = ("anonymous_id", "a2", "user_id", "u1", 200, "sign-in")
C = ("user_id", "u1", "email", "u1", 300, "rule:mail")


def test_edges_are_only_ever_appended_and_retracted(ledger: Ledger) -> None:
    assert ledger.add_edges([A, B]) == 2
    assert ledger.add_edges([C]) == 3
    assert ledger.edges() == [Edge(1, *A), Edge(2, *B), Edge(3, *C)]
    ledger.retract([2], time=250, by="li")
    ledger.retract([2], time=999, by="someone else")
    assert [edge.id for edge in ledger.edges()] == [1, 3]
    assert [edge.id for edge in ledger.edges(after=1)] == [3]
    assert ledger.edges(retracted=True)[1] == Edge(2, *B, 250, "li")


@pytest.mark.parametrize(("as_of", "known"), [(99, []), (100, [1]), (249, [1, 2]), (250, [1]), (300, [1, 3])])
def test_edges_as_they_were(ledger: Ledger, as_of: int, known: list[int]) -> None:
    ledger.add_edges([A, B, C])
    ledger.retract([2], time=250, by="li")
    assert [edge.id for edge in ledger.edges(as_of=as_of)] == known


def test_edges_of_one_identifier(ledger: Ledger) -> None:
    ledger.add_edges([A, B, C])
    assert [edge.id for edge in ledger.edges_of("user_id", "u1")] == [1, 2, 3]
    assert [edge.id for edge in ledger.edges_of("email", "u1")] == [3]
    assert ledger.edges_of("email", "a1") == []


def test_erased_edges_leave_no_byte(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add_edges([A, ("email", "li@example.org", "user_id", "u2", 1, "x")])
    ledger.erase_edges([2])
    ledger.truncate()
    assert [edge.id for edge in ledger.edges()] == [1]
    for path in tmp_path.iterdir():
        assert b"li@example.org" not in path.read_bytes()
    assert ledger.add_edges([B]) == 3  # no number twice


def test_small_values(ledger: Ledger) -> None:
    assert ledger.get("next") is None
    ledger.put("next", 5)
    ledger.put("next", {"event_id": 6})
    assert ledger.get("next") == {"event_id": 6}


def test_a_failed_write_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.Error):
        ledger.add_edges([A, ("one",)])  # type: ignore[list-item]
    assert ledger.edges() == []


def test_every_commit_is_synced(ledger: Ledger) -> None:
    assert ledger._database.one("PRAGMA journal_mode") == "wal"
    assert ledger._database.one("PRAGMA synchronous") == 2  # FULL
