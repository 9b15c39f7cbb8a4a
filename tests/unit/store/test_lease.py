"""Leases between threads and processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lvtu.errors import Busy, Corrupt
from lvtu.store.lease import Lease, ReaderLeases

HOLD_LEASE = """
import sys, time
from pathlib import Path
from lvtu.store.lease import Lease
with Lease(Path(sys.argv[1])).hold() as token:
    print(token, flush=True)
    time.sleep(60)
"""

HOLD_GENERATION = """
import sys, time
from pathlib import Path
from lvtu.store.lease import ReaderLeases
with ReaderLeases(Path(sys.argv[1])).hold(int(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextlib.contextmanager
def other_process(script: str, *arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that has printed one line and now sleeps; it is killed at the end."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "writer"


def test_tokens_grow_also_over_new_objects(path: Path) -> None:
    tokens = []
    for _ in range(3):
        with Lease(path).hold() as token:
            tokens.append(token)
    assert tokens == sorted(set(tokens))


def test_a_thread_may_hold_it_again(path: Path) -> None:
    lease = Lease(path)
    with lease.hold() as outer, lease.hold(timeout=0) as inner:
        assert inner == outer
    with Lease(path).hold(timeout=0) as later:
        assert later > outer


def test_leaving_the_inner_block_keeps_the_lease(path: Path) -> None:
    lease = Lease(path)
    with lease.hold():
        with lease.hold():
            pass
        with pytest.raises(Busy):
            Lease(path).hold(timeout=0).__enter__()


def test_another_thread_waits(path: Path) -> None:
    lease = Lease(path)
    seen: list[str] = []

    def other() -> None:
        with lease.hold(timeout=10):
            seen.append("other")

    with lease.hold():
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.05)
        seen.append("first")
    thread.join()
    assert seen == ["first", "other"]


def test_another_thread_gives_up(path: Path) -> None:
    lease = Lease(path)
    caught: list[Exception] = []

    def other() -> None:
        try:
            with lease.hold(timeout=0.01):
                pass
        except Busy as error:
            caught.append(error)

    with lease.hold():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "another thread" in str(caught[0])


def test_a_superseded_token_is_refused(path: Path) -> None:
    lease = Lease(path)
    with lease.hold() as token:
        lease.check(token)
    lease.check(token)  # nobody came in between
    with Lease(path).hold():
        pass
    with pytest.raises(Busy, match="superseded"):
        lease.check(token)


def test_an_error_inside_frees_it(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Lease(path).hold():
        raise ZeroDivisionError
    with Lease(path).hold(timeout=0):
        pass


def test_a_removed_lock_file_does_not_make_two_holders(path: Path) -> None:
    """Whoever comes later locks the new file; the first holder notices by its token."""
    lease = Lease(path)
    with lease.hold() as first:
        path.unlink()
        with Lease(path).hold(timeout=0) as second:
            assert second > first
            with pytest.raises(Busy):
                lease.check(first)


def test_a_damaged_token_is_not_begun_anew(path: Path) -> None:
    path.with_name("writer.token").write_text("?")
    with pytest.raises(Corrupt), Lease(path).hold():
        pass


def test_another_process_is_named_and_its_death_frees_the_lease(path: Path) -> None:
    with other_process(HOLD_LEASE, path) as (process, token):
        with pytest.raises(Busy, match=f"process {process.pid}"), Lease(path).hold(timeout=0.05):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with Lease(path).hold(timeout=0) as mine:
            assert mine > int(token)


def _count_up(path: Path, counter: Path, rounds: int) -> list[int]:
    tokens = []
    for _ in range(rounds):
        with Lease(path).hold(timeout=60) as token:
            value = int(counter.read_text())
            time.sleep(0.001)
            counter.write_text(str(value + 1))
            tokens.append(token)
    return tokens


def test_writers_take_turns(path: Path, tmp_path: Path) -> None:
    """An unprotected read-then-write would lose counts."""
    counter = tmp_path / "counter"
    counter.write_text("0")
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        tokens = pool.starmap(_count_up, [(path, counter, 20)] * 3)
    assert counter.read_text() == "60"
    every = [token for each in tokens for token in each]
    assert len(set(every)) == 60
    assert all(each == sorted(each) for each in tokens)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_does_not_keep_the_lease(path: Path, tmp_path: Path) -> None:
    lease, readers = Lease(path), ReaderLeases(tmp_path / "readers")
    lives, says = os.pipe()
    with lease.hold(), readers.hold(3):
        child = os.fork()
        if child == 0:  # sleeps on with whatever it inherited
            os.write(says, b".")
            time.sleep(60)
            os._exit(0)
        os.read(lives, 1)
    os.close(lives)
    os.close(says)
    try:
        with Lease(path).hold(timeout=0):
            pass
        assert readers.held() == set()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_generations_are_counted_while_held(tmp_path: Path) -> None:
    readers = ReaderLeases(tmp_path)
    with readers.hold(1), readers.hold(2), ReaderLeases(tmp_path).hold(2):
        assert readers.held() == {1, 2}
        assert ReaderLeases(tmp_path).held() == {1, 2}
    with readers.hold(2):
        assert readers.held() == {2}
    assert readers.held() == set()
    assert list(tmp_path.iterdir()) == []


def test_a_hold_can_outlive_a_block_and_ends_with_its_object(tmp_path: Path) -> None:
    readers = ReaderLeases(tmp_path)
    hold = readers.acquire(5)
    assert readers.held() == {5}
    hold.close()
    hold.close()
    assert readers.held() == set()
    lost = readers.acquire(6)
    del lost
    assert readers.held() == set()


def test_another_process_s_hold_vanishes_with_it(tmp_path: Path) -> None:
    readers = ReaderLeases(tmp_path)
    with other_process(HOLD_GENERATION, tmp_path, 7) as (process, said), other_process(HOLD_GENERATION, tmp_path, 8):
        assert said == "held"
        assert readers.held() == {7, 8}
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert readers.held() == {8}


def test_holding_while_others_look_never_fails(tmp_path: Path) -> None:
    """`held` removes lock files that a reader may be opening at that moment."""
    readers = ReaderLeases(tmp_path)
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            readers.held()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        for generation in range(300):
            with readers.hold(generation % 3):
                assert generation % 3 in ReaderLeases(tmp_path).held()
    finally:
        stop.set()
        thread.join()
