"""Compaction beside the questions: nobody waits for it, and nothing is left of one that is given up."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.decoding import leaks
from lvtu.errors import Busy
from lvtu.store.journeys import compaction, compactor, keeper
from lvtu.store.lease import Lease
from lvtu.workspace import Workspace


def visits(name: str, number: int) -> list[dict[str, Any]]:
    return [
        {"message_id": f"{name}{i}", "user_id": f"{name}{i % 9}", "event": "Seen", "time": f"2026-01-{1 + i % 28:02d}",
         "properties": {"page": i % 3}}
        for i in range(number)
    ]  # fmt: skip


def count(ws: Workspace) -> int:
    return sum(ws.trend(period="month", by="page").table["events"].to_pylist())


class Gate:
    """Holds compactions up in the middle: their folder is there, some columns are written."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.reached.set()
        assert self.open.wait(60)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    found, people = Gate(), compaction._people

    def held_up(*arguments: Any) -> Any:
        found.wait()
        return people(*arguments)

    monkeypatch.setattr(compaction, "_people", held_up)
    monkeypatch.setattr(keeper, "SMALLEST_TAIL", 3)
    yield found
    found.open.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(visits("base", 60))
    return tmp_path / "shop"


def partial(folder: Path) -> list[Path]:
    return compactor.partial_folders(folder / "journeys")


def generation(ws: Workspace) -> int:
    return ws.snapshot().manifest.generation


def test_questions_are_answered_meanwhile_and_turn_to_the_new_generation_then(folder: Path, gate: Gate) -> None:
    with lvtu.open(folder) as ws, lvtu.open(folder) as other:
        first = generation(ws)
        ws.append(visits("more", 8))
        assert count(ws) == 68
        assert gate.reached.wait(60)
        assert partial(folder)
        ws.append(visits("again", 6))  # the writer's lease is free
        assert count(ws) == count(other) == 74
        assert generation(ws) == generation(other) == first
        assert ws._keeper.compactor.running
        old = other.snapshot()
        gate.open.set()
        ws._keeper.compactor.join()
        assert ws._keeper.compactor.trouble is None
        assert count(ws) == count(other) == 74
        assert generation(ws) == generation(other) > first
        assert old.manifest.generation == first
        old.prepare(["message_id", "page"])  # what it reads stays
        ws._keeper.compactor.join()
    assert not partial(folder)


def test_only_far_beyond_a_question_waits(folder: Path, gate: Gate) -> None:
    with lvtu.open(folder) as ws:
        ws.append(visits("more", 8))
        assert count(ws) == 68
        assert gate.reached.wait(60)
        ws.append(visits("many", 18))
        answer: list[int] = []
        asking = threading.Thread(target=lambda: answer.append(count(ws)))
        asking.start()
        asking.join(0.3)
        assert not answer
        gate.open.set()
        asking.join(60)
        assert answer == [86]


def test_closing_gives_it_up(folder: Path, gate: Gate) -> None:
    ws = lvtu.open(folder)
    ws.append(visits("more", 8))
    assert count(ws) == 68
    assert gate.reached.wait(60)
    closing = threading.Thread(target=ws.close)
    closing.start()
    closing.join(0.2)
    gate.open.set()
    closing.join(60)
    assert not closing.is_alive()
    assert not partial(folder)
    with Lease(ws.layout.compactor).hold(timeout=0), lvtu.open(folder) as again:
        assert count(again) == 68
        with pytest.raises(Busy):
            again._keeper.compactor.compact(again.snapshot(), 0.0)


def test_an_erasure_meanwhile_leaves_nothing_of_it(folder: Path, gate: Gate) -> None:
    with lvtu.open(folder) as ws:
        ws.append([*visits("more", 8), {"user_id": "zelda-4711", "event": "Seen", "time": "2026-01-05"}])
        assert count(ws) == 69
        assert gate.reached.wait(60)
        assert leaks(folder / "journeys", ["zelda-4711"])
        ws.forget("zelda-4711")
        assert leaks(folder, ["zelda-4711"]) == []
        gate.open.set()
        ws._keeper.compactor.join()
        assert ws._keeper.compactor.trouble is not None
        assert leaks(folder, ["zelda-4711"]) == []
        assert count(ws) == 68


def test_who_is_who_changes_meanwhile(folder: Path, gate: Gate) -> None:
    with lvtu.open(folder) as ws:
        ws.append(visits("more", 8))
        assert count(ws) == 68
        assert gate.reached.wait(60)
        ws.join("base1", "more1")
        assert ws.funnel(["Seen"]).table["customers"].to_pylist() == [16]
        gate.open.set()
        ws._keeper.compactor.join()
        assert ws.funnel(["Seen"]).table["customers"].to_pylist() == [16]


EXIT = """
import sys, threading, lvtu
from lvtu.store.journeys import compaction, keeper
keeper.SMALLEST_TAIL = 3
people, reached = compaction._people, threading.Event()
def slow(*arguments):
    reached.set()
    threading.main_thread().join()  # returns once the process is about to end
    return people(*arguments)
compaction._people = slow
ws = lvtu.open(sys.argv[1])
ws.append([{"user_id": "late", "event": "Seen", "time": "2026-01-05"} for _ in range(9)])
ws.trend()
assert reached.wait(60)
"""


def test_a_process_that_ends_without_closing_gives_it_up(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", EXIT, str(folder)], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert not partial(folder)
    with lvtu.open(folder) as ws:
        assert generation(ws) == 1
        ws.compact()
        assert generation(ws) == 2


def test_what_a_killed_one_left_is_removed_by_the_next(folder: Path) -> None:
    left = folder / "journeys" / ".compacting-killed"
    (left / "0000").mkdir(parents=True)
    (left / "0000" / "time.arrow").write_bytes(b"half")
    with lvtu.open(folder) as ws:
        ws.append(visits("more", 8))
        ws.compact()
        assert count(ws) == 68
    assert not left.exists()
