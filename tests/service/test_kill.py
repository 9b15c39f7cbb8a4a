"""Killed under load, again and again, the server loses nothing that it acknowledged, and doubles nothing.

So with one process and with two: all of them killed at once, one of them, or whoever looks after them.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

import lvtu
from service.running import Client, Server, counted, ids, new_key, stored, track

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("LVTU_FAULT_ROUNDS", "3"))
SEED = int(os.environ.get("LVTU_FAULT_SEED", "20260101"))
SENDERS = 4


class Sender(threading.Thread):
    """Sends batches until the server is gone; what was not acknowledged is sent again in the next round."""

    def __init__(self, number: int, address: str, key: str, chance: random.Random, left: list[list[int]]) -> None:
        super().__init__()
        self.number, self.address, self.key, self.chance, self.left = number, address, key, chance, left
        self.acknowledged: list[int] = []
        self.next = 0

    def run(self) -> None:
        with Client(self.address, self.key) as client:
            while True:
                if not self.left:
                    size = self.chance.randrange(1, 60)
                    self.left.append([self.number + SENDERS * (self.next + n) for n in range(size)])
                    self.next += size
                batch = self.left[0]
                try:
                    answer = client.send("batch", {"batch": [track(n) for n in batch]})
                except httpx.ConnectError:
                    return
                except httpx.HTTPError:  # of several processes another one may live
                    continue
                if answer.status_code == 200:
                    assert answer.json()["accepted"] == len(batch)
                    self.acknowledged += batch
                    self.left.pop(0)


class Load:
    """Senders that begin again where they were interrupted.

    Attributes:
        acknowledged: the numbers of the events that are to be there.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.key, self.chance = folder, new_key(folder), chance
        self.acknowledged: set[int] = set()
        self._left: list[list[list[int]]] = [[] for _ in range(SENDERS)]
        self._following = [0] * SENDERS
        self._senders: list[Sender] = []

    def begin(self, address: str) -> None:
        """Let all senders send, until their connections end."""
        for n, (left, following) in enumerate(zip(self._left, self._following, strict=True)):
            sender = Sender(n, address, self.key, random.Random(self.chance.random()), left)
            sender.next = following
            self._senders.append(sender)
            sender.start()

    def wait(self) -> None:
        """Wait until all have ended; note what they know."""
        for sender in self._senders:
            sender.join()
            self._following[sender.number] = sender.next
            self.acknowledged |= set(sender.acknowledged)
        self._senders.clear()

    def check(self) -> None:
        """See that all that was acknowledged is there once, and nothing that nobody sent."""
        check(self.folder, self.acknowledged, {n for batches in self._left for batch in batches for n in batch})

    def finish(self, address: str) -> None:
        """Send what was never acknowledged."""
        with Client(address, self.key) as client:
            for batch in [batch for batches in self._left for batch in batches]:
                assert client.send("batch", {"batch": [track(n) for n in batch]}).status_code == 200
                self.acknowledged |= set(batch)
        self._left = [[] for _ in range(SENDERS)]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    lvtu.open(tmp_path / "shop").close()
    return Load(tmp_path / "shop", random.Random(SEED))


def test_killed_in_a_loop(tmp_path: Path, load: Load) -> None:
    for number in range(ROUNDS):
        server = Server(tmp_path)
        load.begin(server.address)
        seconds = load.chance.choice([0.2, 1.0, 2.0]) * load.chance.random()
        print(f"seed {SEED}, round {number}: killed after {seconds:.3f} s")
        time.sleep(seconds)
        if number % 3 == 2:  # in the middle of a move to the lake, perhaps
            counted(tmp_path / "shop")
        server.end(signal.SIGKILL)
        load.wait()
        load.check()
    server = Server(tmp_path)
    load.finish(server.address)
    assert server.end() == ""
    load.check()
    assert load.acknowledged


def test_two_workers_killed_in_a_loop(tmp_path: Path, load: Load) -> None:
    """All of them in the first round, one of them in the second, whoever looks after them in the third, and so on."""
    server = Server(tmp_path, "--workers", "2")
    for number in range(ROUNDS):
        load.begin(server.address)
        seconds = load.chance.choice([0.2, 1.0, 2.0]) * load.chance.random()
        print(f"seed {SEED}, round {number}: killed after {seconds:.3f} s")
        time.sleep(seconds)
        if number % 3 == 1:
            os.kill(load.chance.choice(server.workers()), signal.SIGKILL)
            counted(tmp_path / "shop")
        if number % 3 == 2:
            server.end(signal.SIGKILL)  # its workers take no more, and finish
        else:
            server.kill()
        load.wait()
        load.check()
        server = Server(tmp_path, "--workers", "2")
    load.begin(server.address)
    time.sleep(load.chance.random())
    trouble = server.end()  # what came in by now is acknowledged, or is not there
    load.wait()
    load.check()
    assert trouble == ""
    server = Server(tmp_path, "--workers", "2")
    load.finish(server.address)
    assert server.end() == ""
    load.check()
    assert load.acknowledged


def check(folder: Path, acknowledged: set[int], doubtful: set[int]) -> None:
    """Everything acknowledged is there once; of the rest only what was under way may be, and once."""
    there = ids(stored(folder))
    assert len(there) == len(set(there)), "doubled"
    assert {f"m{n}" for n in acknowledged} <= set(there), "lost"
    assert set(there) <= {f"m{n}" for n in acknowledged | doubtful}, "invented"
