"""Requests share a transaction, wait in a bounded queue, and are told when the disk is full: without a server."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

import lvtu
from lvtu.errors import Busy
from lvtu.service.arrivals import groups
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.groups import Arrivals
from lvtu.service.arrivals.judge import Agreed
from lvtu.service.arrivals.messages import Delivery
from lvtu.service.home import Served
from lvtu.service.problems import Unavailable
from service.running import delivery, ids, stored, track, waiting

NO_CONTRACTS: Any = SimpleNamespace(list=list)


def request(*numbers: int, **more: Any) -> Delivery:
    body = {"batch": [track(number, **more) for number in numbers]}
    return delivery("batch", json.dumps(body).encode(), datetime.now(UTC), Clocks())


class Disk:
    """Stands for the inbox: keeps what it is given, and waits or fails when told to."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.refused = 0
        self.entered, self.go, self.moved = threading.Event(), threading.Event(), threading.Event()
        self.go.set()
        self.trouble: Callable[[list[str]], Exception | None] = lambda _: None

    def flush(self) -> None:
        self.moved.set()

    def drop_clocks(self, before: int, most: int) -> None:
        pass

    def drop_tallies(self, before: int) -> None:
        pass

    def receive(self, records: pa.Table, refused: Sequence[Mapping[str, Any]], *_: Any) -> None:
        self.entered.set()
        assert self.go.wait(60)
        names = records["message_id"].to_pylist()
        if error := self.trouble(names):
            raise error
        self.groups.append(names)
        self.refused += len(refused)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def arrivals(disk: Disk) -> Iterator[Arrivals]:
    made = Arrivals("test", disk, disk, Clocks(), Agreed(NO_CONTRACTS))
    yield made
    disk.go.set()
    made.close()


def test_requests_that_come_meanwhile_share_the_next_transaction(disk: Disk, arrivals: Arrivals) -> None:
    disk.go.clear()
    first = arrivals.take(request(0))
    assert disk.entered.wait(60)
    others = [arrivals.take(request(n, -n)) for n in range(1, 31)]
    assert not first.done()
    disk.go.set()
    for one in [first, *others]:
        one.result(60)
    assert disk.groups == [["m0"], [f"m{sign * n}" for n in range(1, 31) for sign in (1, -1)]]


def test_a_group_has_an_end(disk: Disk, arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "GROUP_MESSAGES", 4)
    disk.go.clear()
    arrivals.take(request(0))
    assert disk.entered.wait(60)
    rest = [arrivals.take(request(*range(n, n + 3))) for n in (10, 20, 30)] + [arrivals.take(request(*range(40, 46)))]
    disk.go.set()
    for one in rest:
        one.result(60)
    assert [len(group) for group in disk.groups] == [1, 3, 3, 3, 6]


def test_the_queue_is_bounded(disk: Disk, arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "WAITING_MESSAGES", 10)
    disk.go.clear()
    under_way = arrivals.take(request(0))
    assert disk.entered.wait(60)
    taken = [arrivals.take(request(n)) for n in range(1, 11)]
    with pytest.raises(Unavailable) as full:
        arrivals.take(request(11))
    assert (full.value.code, full.value.status, full.value.headers["Retry-After"]) == ("behind", 503, "2")
    assert not arrivals.ready()
    disk.go.set()
    for one in [under_way, *taken]:
        one.result(60)
    assert arrivals.ready()
    arrivals.take(request(12)).result(60)
    assert sorted(name for group in disk.groups for name in group) == sorted(f"m{n}" for n in [*range(11), 12])


def test_what_nobody_moves_to_the_lake_is_bounded(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "UNMOVED_MESSAGES", 3)
    monkeypatch.setattr(groups, "MOVE_AFTER", 4)
    monkeypatch.setattr(groups, "_AGAIN", 0.01)
    held = threading.Event()
    moved = threading.Event()

    def flush(_: Disk) -> None:
        if held.is_set():
            raise Busy("being_written", workspace="w", by="x")
        moved.set()

    held.set()
    monkeypatch.setattr(Disk, "flush", flush)
    arrivals = Arrivals("test", disk, disk, Clocks(), Agreed(NO_CONTRACTS))
    try:
        arrivals.take(request(*range(4))).result(60)
        until_refused(arrivals)
        held.clear()
        assert moved.wait(60)
        while not arrivals.ready():
            pass
        arrivals.take(request(5)).result(60)
    finally:
        arrivals.close()


def until_refused(arrivals: Arrivals) -> None:
    """The thread counts a group just after it was acknowledged."""
    while arrivals.ready():
        pass
    with pytest.raises(Unavailable, match="wait for the disk"):
        arrivals.take(request(4))


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), OSError(28, "No space left")])
def test_a_full_disk_is_told_and_gone_again(disk: Disk, arrivals: Arrivals, error: Exception) -> None:
    disk.trouble = lambda _: error
    with pytest.raises(Unavailable) as told:
        arrivals.take(request(1)).result(60)
    assert told.value.code == "disk"
    disk.trouble = lambda _: None
    arrivals.take(request(1)).result(60)
    assert disk.groups == [["m1"]]


def test_one_request_does_not_cost_the_others_theirs(disk: Disk, arrivals: Arrivals) -> None:
    disk.trouble = lambda names: ValueError("odd") if "m2" in names else None
    disk.go.clear()
    first = arrivals.take(request(0))
    assert disk.entered.wait(60)
    taken = [arrivals.take(request(n)) for n in (1, 2, 3)]
    disk.go.set()
    first.result(60)
    assert [type(one.exception(60)) for one in taken] == [type(None), ValueError, type(None)]
    assert disk.groups == [["m0"], ["m1"], ["m3"]]


def test_closing_puts_on_disk_what_was_taken(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[int] = []
    monkeypatch.setattr(disk, "flush", lambda: moves.append(len(disk.groups)))
    arrivals = Arrivals("test", disk, disk, Clocks(), Agreed(NO_CONTRACTS))
    disk.go.clear()
    arrivals.take(request(0))
    assert disk.entered.wait(60)
    last = arrivals.take(request(1))
    closing = threading.Thread(target=arrivals.close)
    closing.start()
    while arrivals.ready():
        pass
    with pytest.raises(Unavailable, match="about to end"):
        arrivals.take(request(2))
    disk.go.set()
    closing.join()
    assert last.done()
    assert disk.groups == [["m0"], ["m1"]]
    assert moves[-1] == 2


def test_a_workspace_on_a_full_disk_keeps_nothing_half(tmp_path: Path) -> None:
    """SQLite's own limit stands for the disk's: the transaction fails where it grows the file."""
    lvtu.open(tmp_path / "shop").close()
    served = Served(tmp_path / "shop")
    try:
        served.arrivals.take(request(1)).result(60)
        database = served._doors[0]._inbox._database
        pages = database.one("PRAGMA page_count")
        database.rows(f"PRAGMA max_page_count={pages}")
        with pytest.raises(Unavailable, match="full"):
            served.arrivals.take(request(*range(10, 500), text="x" * 2000)).result(60)
        database.rows("PRAGMA max_page_count=1000000")
        served.arrivals.take(request(2, 10)).result(60)
    finally:
        served.close()
    assert ids(stored(tmp_path / "shop")) == ["m1", "m10", "m2"]


def test_who_was_forgotten_does_not_come_back(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"user_id": "c1", "event": "Seen", "time": "2026-01-01"}])
        ws.forget("c1")
    served = Served(tmp_path / "shop")
    try:
        served.arrivals.take(request(1, 2)).result(60)  # of c1 and c2
        bad = request(8, timestamp="never")  # of c1
        served.arrivals.take(bad).result(60)
        assert [one.index for one in bad.refused] == [0]
    finally:
        served.close()
    assert ids(stored(tmp_path / "shop")) == ["m2"]
    assert waiting(tmp_path / "shop") == []


@pytest.mark.parametrize("error", [None, OSError(28, "No space left on device")])
def test_who_no_longer_waits_costs_nobody_else_theirs(disk: Disk, arrivals: Arrivals, error: Exception | None) -> None:
    """Requests are cancelled where the service ends before they are answered."""
    disk.go.clear()
    first = arrivals.take(request(1))
    assert disk.entered.wait(60)
    gone, left = arrivals.take(request(2)), arrivals.take(request(3))
    assert gone.cancel()
    disk.trouble = lambda names: error if "m2" in names else None
    disk.go.set()
    first.result(60)
    assert isinstance(left.exception(60), Unavailable) if error else left.result(60) is None
    arrivals.take(request(4)).result(60)
    assert arrivals.ready()


def test_what_waits_for_the_lake_is_counted_right_while_it_is_moved(disk: Disk, arrivals: Arrivals) -> None:
    assert disk.moved.wait(60)  # as it begins; from now on only this test moves
    arrivals.take(request(1, 2)).result(60)
    moving, added = threading.Event(), threading.Event()

    class Slow(Delivery):
        @property
        def accepted(self) -> int:
            if threading.current_thread().name == "commit-test":
                moving.set()
                assert added.wait(60)
            return 3

    slow = request(3, 4, 5)
    slow.__class__ = Slow
    assert arrivals.take(slow).exception(60) is None
    assert moving.wait(60)  # the thread that puts on disk is about to count what it has put there
    arrivals._move()
    added.set()
    arrivals.take(request(6)).result(60)
    assert arrivals._unmoved in (3, 4)  # the last one may be counted yet
