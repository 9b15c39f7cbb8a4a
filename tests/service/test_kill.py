"""Killed under load, again and again, the server loses nothing that it acknowledged, and doubles nothing."""

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
                except httpx.HTTPError:
                    return
                if answer.status_code == 200:
                    assert answer.json()["accepted"] == len(batch)
                    self.acknowledged += batch
                    self.left.pop(0)


def test_killed_in_a_loop(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    key = new_key(tmp_path / "shop")
    chance = random.Random(SEED)
    left: list[list[list[int]]] = [[] for _ in range(SENDERS)]
    following = [0] * SENDERS
    acknowledged: set[int] = set()
    for number in range(ROUNDS):
        server = Server(tmp_path)
        senders = [Sender(n, server.address, key, random.Random(chance.random()), left[n]) for n in range(SENDERS)]
        for sender in senders:
            sender.next = following[sender.number]
            sender.start()
        seconds = chance.choice([0.2, 1.0, 2.0]) * chance.random()
        print(f"seed {SEED}, round {number}: killed after {seconds:.3f} s")
        time.sleep(seconds)
        if number % 3 == 2:  # in the middle of a move to the lake, perhaps
            counted(tmp_path / "shop")
        server.end(signal.SIGKILL)
        for sender in senders:
            sender.join()
            following[sender.number] = sender.next
            acknowledged |= set(sender.acknowledged)
        check(tmp_path / "shop", acknowledged, {n for batches in left for batch in batches for n in batch})
    server = Server(tmp_path)
    with Client(server.address, key) as client:
        for batch in [batch for batches in left for batch in batches]:
            assert client.send("batch", {"batch": [track(n) for n in batch]}).status_code == 200
            acknowledged |= set(batch)
    assert server.end() == ""
    check(tmp_path / "shop", acknowledged, set())
    assert acknowledged


def check(folder: Path, acknowledged: set[int], doubtful: set[int]) -> None:
    """Everything acknowledged is there once; of the rest only what was under way may be, and once."""
    there = ids(stored(folder))
    assert len(there) == len(set(there)), "doubled"
    assert {f"m{n}" for n in acknowledged} <= set(there), "lost"
    assert set(there) <= {f"m{n}" for n in acknowledged | doubtful}, "invented"
