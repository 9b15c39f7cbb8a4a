"""Killed at any moment, a workspace holds everything acknowledged, once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faults import worker
from faults.books import Books

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("LVTU_FAULT_ROUNDS", "3"))
SEED = int(os.environ.get("LVTU_FAULT_SEED", "20260101"))


def run(folder: Path, seed: int, books: Books, *death: object, seconds: float | None = None) -> tuple[str, int]:
    """Let a worker work until it dies; returns what it said, and how it ended."""
    arguments = [str(folder), str(seed), str(books.next), *map(str, death)]
    child = subprocess.Popen(
        [sys.executable, worker.__file__, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stderr is not None
    said = child.stdout.readline()
    if seconds is not None:
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    said += child.stdout.read()
    trouble = child.stderr.read()
    code = child.wait()
    child.stdout.close()
    child.stderr.close()
    assert code in (0, -signal.SIGKILL), trouble
    books.hear(said)
    return said, code


def test_at_random_moments(tmp_path: Path) -> None:
    folder, books = tmp_path / "shop", Books()
    chance = random.Random(SEED)
    for number in range(ROUNDS):
        seconds = chance.choice([0.3, 1.0, 2.5]) * chance.random()
        print(f"seed {SEED}, round {number}: killed after {seconds:.3f} s")
        run(folder, SEED + number, books, seconds=seconds)
        books.finish(folder)


def points() -> list[tuple[str, str]]:
    """Every boundary between two steps, each once in 50 rounds; fewer rounds take some of them."""
    every = [(point, when) for point in worker.POINTS for when in ("before", "after")]
    random.Random(SEED).shuffle(every)
    return every if ROUNDS >= 50 else every[:ROUNDS]


@pytest.mark.parametrize(("point", "when"), points())
def test_at_every_boundary(point: str, when: str, tmp_path: Path) -> None:
    folder, books = tmp_path / "shop", Books()
    said, code = run(folder, SEED, books, point, when, 1 + (point.startswith("lvtu.store.files")))
    assert code == -signal.SIGKILL, f"{point} was never reached: {said}"
    books.finish(folder)
