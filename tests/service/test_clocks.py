"""What is known of device clocks outlives the server, in the transaction of the events, and does not grow for ever."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import lvtu
from lvtu.service.arrivals.clocks import REFRESH, SESSION, Clocks
from lvtu.service.arrivals.groups import Arrivals
from lvtu.service.arrivals.messages import Delivery
from lvtu.service.home import Served
from lvtu.store.inbox import Clock, Inbox
from service.running import delivery, stored

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    """Five minutes ago: what is said to arrive a little later has arrived, and no session that old is forgotten."""
    return datetime.now(UTC).replace(microsecond=0) - 5 * MINUTE


def send(served: Served, device: str, happened: datetime, late: timedelta, received: datetime) -> None:
    """One event of a device whose clock is late, sent at once."""
    served.arrivals.take(of(device, happened, late, received, served)).result(60)


def of(device: str, happened: datetime, late: timedelta, received: datetime, served: Served) -> Delivery:
    message = {"type": "track", "event": "Seen", "anonymousId": device, "timestamp": (happened - late).isoformat()}
    body = json.dumps({"batch": [message], "sentAt": (happened - late).isoformat()}).encode()
    return delivery("batch", body, received, served.arrivals.clocks)


def test_a_restart_in_the_middle_of_a_session_reorders_nothing(tmp_path: Path, now: datetime) -> None:
    """The second request took two minutes: measured anew, its event would lie after the third one's."""
    lvtu.open(tmp_path / "shop").close()
    hour = timedelta(hours=1)
    steps = [(now, now), (now + MINUTE, now + 3 * MINUTE), (now + 2 * MINUTE, now + 3 * MINUTE)]
    for happened, received in steps:
        served = Served(tmp_path / "shop")
        try:
            send(served, "d1", happened, hour, received)
        finally:
            served.close()
    assert sorted(row["time"] for row in stored(tmp_path / "shop", "time, message_id")) == [at for at, _ in steps]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Served]]:
    """What two processes know, each with a memory of its own."""
    lvtu.open(tmp_path / "shop").close()
    both = [Served(tmp_path / "shop") for _ in range(2)]
    yield both
    for one in both:
        one.close()


def times_of(pair: list[Served], folder: Path) -> list[datetime]:
    for one in pair:
        one.close()
    return sorted(row["time"] for row in stored(folder, "time, message_id"))


@pytest.mark.parametrize("way", [(0, 1, 0), (0, 1, 1), (0, 0, 1)])
def test_two_processes_tell_one_clock(pair: list[Served], tmp_path: Path, now: datetime, way: tuple[int, ...]) -> None:
    """The second request took two minutes, as above; each goes to one process or the other."""
    steps = [(now, now), (now + MINUTE, now + 3 * MINUTE), (now + 2 * MINUTE, now + 3 * MINUTE)]
    for (happened, received), number in zip(steps, way, strict=True):
        send(pair[number], "d1", happened, 60 * MINUTE, received)
    assert times_of(pair, tmp_path / "shop") == [at for at, _ in steps]


def test_two_processes_that_measure_at_once_agree(pair: list[Served], tmp_path: Path, now: datetime) -> None:
    """Both have read their requests before either puts them on disk; one more waits behind the second."""
    steps = [(0, now, now), (1, now + MINUTE, now + 3 * MINUTE), (1, now + 2 * MINUTE, now + 3 * MINUTE)]
    read = [
        (pair[number], of("d1", happened, 60 * MINUTE, received, pair[number])) for number, happened, received in steps
    ]
    for served, one in read:
        served.arrivals.take(one).result(60)
    assert times_of(pair, tmp_path / "shop") == [happened for _, happened, _ in steps]


def test_a_session_lasts_with_whichever_process_a_device_talks(
    pair: list[Served], tmp_path: Path, now: datetime
) -> None:
    """The first process hears nothing for 80 minutes; the second hears the device all the while."""
    begin = now  # not so long ago that clocks are dropped as the processes begin
    steps = [(0, 0), *((1, minutes) for minutes in range(20, 80, 20)), (0, 80), (1, 81)]
    for number, minutes in steps:
        happened, late = begin + minutes * MINUTE, timedelta(seconds=90 if minutes else 0)
        send(pair[number], "d1", happened, 60 * MINUTE, happened + late)
    assert times_of(pair, tmp_path / "shop") == [begin + minutes * MINUTE for _, minutes in steps]


def test_what_is_kept_names_nobody_and_ends(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    served = Served(tmp_path / "shop")
    try:
        send(served, "phone-of-ann", datetime.now(UTC), timedelta(hours=5), datetime.now(UTC))
        kept = served._kept.clocks()
        assert [one.offset // 3_600_000_000 for one in kept] == [5]
        served._doors[0].drop_clocks(kept[0].heard, 1)
        assert served._kept.clocks() == kept
        served._doors[0].drop_clocks(kept[0].heard + 1, 1)
        assert served._kept.clocks() == []
    finally:
        served.close()
    for path in tmp_path.glob("shop/inbox/*"):
        assert b"phone-of-ann" not in path.read_bytes()


def test_those_heard_last_are_kept(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "main.sqlite")
    inbox.append([], [], [Clock(device, 0, 100 - device) for device in range(10)])
    inbox.drop_clocks(0, 3)
    assert [one.device for one in inbox.clocks()] == [2, 1, 0]
    inbox.close()


def test_a_transaction_that_fails_keeps_no_clock_and_the_next_one_does(tmp_path: Path, now: datetime) -> None:
    lvtu.open(tmp_path / "shop").close()
    served = Served(tmp_path / "shop")
    front = served._doors[0]
    receive = front.receive
    try:

        def full(*_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        front.receive = full  # type: ignore[method-assign]
        message = {"type": "track", "event": "Seen", "anonymousId": "d1", "timestamp": now.isoformat()}
        body = json.dumps({"batch": [message], "sentAt": now.isoformat()}).encode()
        failed = served.arrivals.take(delivery("batch", body, now, served.arrivals.clocks))
        assert failed.exception(60) is not None
        front.receive = receive  # type: ignore[method-assign]
        assert served._kept.clocks() == []
        send(served, "d2", now, timedelta(0), now)
        assert len(served._kept.clocks()) == 2
    finally:
        served.close()


def test_a_long_session_is_kept_up_to_date() -> None:
    clocks = Clocks()
    for minutes in range(0, 120, 20):
        clocks.offset("d1", 0, minutes * 60_000_000)
    (kept,) = clocks.fresh()
    assert kept.heard == 100 * 60_000_000
    clocks.kept([kept])
    clocks.offset("d1", 0, kept.heard + REFRESH - 1)
    assert clocks.fresh() == []
    again = Clocks(look_up={kept.device: kept}.get)
    assert again.offset("d1", 0, kept.heard + SESSION + REFRESH) == 0  # as the session began: with the right time
    assert Clocks(look_up={kept.device: kept}.get).offset("d1", 0, kept.heard + SESSION + REFRESH + 1) > 0


def test_moving_on_drops_old_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    lvtu.open(tmp_path / "shop").close()
    moved = threading.Event()
    move = Arrivals._move

    def moving(self: Arrivals) -> bool:
        done = move(self)
        moved.set()
        return done

    monkeypatch.setattr(Arrivals, "_move", moving)
    served = Served(tmp_path / "shop")
    try:
        assert moved.wait(60)  # it moves on as it begins, too
        send(served, "d1", now, timedelta(0), datetime(2020, 1, 1, tzinfo=UTC))
        assert len(served._kept.clocks()) == 1
    finally:
        served.close()  # moves on
    inbox = Inbox(tmp_path / "shop" / "inbox" / "main.sqlite")
    assert inbox.clocks() == []
    inbox.close()
