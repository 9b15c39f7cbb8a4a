"""Power is cut at any sync: what was acknowledged is there when the machine is on again, once."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import lvtu
from faults.books import Books
from faults.layer import PowerCut, shadow
from faults.worker import Worker, bad, event
from lvtu.store.journeys import durable

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("LVTU_FAULT_ROUNDS", "3"))
SEED = int(os.environ.get("LVTU_FAULT_SEED", "20260101"))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that says which run of the machine this is."""
    file = tmp_path / "boot"
    file.write_text("first")
    monkeypatch.setattr(durable, "_BOOT", file)
    durable.boot.cache_clear()
    yield file
    durable.boot.cache_clear()


def restart(machine: Path) -> None:
    machine.write_text(machine.read_text() + "+")
    durable.boot.cache_clear()


def work(folder: Path, books: Books, said: list[str]) -> None:
    """Everything a worker does, in this process; what it said is in the list when the power goes."""
    ws = lvtu.open(folder)
    worker = Worker(ws, books.next, SEED)
    worker.everything()
    ws.close()


@pytest.mark.parametrize("harsh", [False, True], ids=["names lost", "names early"])
def test_at_any_sync(harsh: bool, tmp_path: Path, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("faults.worker.say", lambda *words: said.append(" ".join(map(str, words)) + "\n"))
    books = Books()
    folder = tmp_path / "0"
    work(folder, books, said)
    books.hear("".join(said))
    with shadow(folder) as layer:
        said.clear()
        work(folder, books, said)
        books.hear("".join(said))
        syncs = layer.syncs
    assert syncs > 50
    chance = random.Random(SEED + harsh)
    for number in range(1, ROUNDS + 1):
        cut = chance.randrange(syncs)
        print(f"seed {SEED}, round {number}: power cut after {cut} of {syncs} syncs")
        said.clear()
        with shadow(folder) as layer:
            layer.cut_after = cut
            with suppress(PowerCut):
                work(folder, books, said)
            folder = layer.crash(tmp_path / str(number), harsh=harsh)
        books.hear("".join(said))
        restart(machine)
        books.finish(folder)


def test_journeys_that_are_on_disk_are_kept_after_a_restart(tmp_path: Path, machine: Path) -> None:
    folder = tmp_path / "shop"
    with lvtu.open(folder) as ws:
        ws.ingest([event(number) for number in range(100)])
        ws.trend(by="page")
        built = ws.snapshot().manifest.generation
    restart(machine)
    for path in (folder / "journeys").rglob("field-*"):
        path.write_bytes(b"")  # nobody synced those
    with lvtu.open(folder) as ws:
        assert sum(ws.trend(by="page").table["events"].to_pylist()) == 100
        assert ws.snapshot().manifest.generation == built


def test_journeys_that_are_not_on_disk_are_built_anew(tmp_path: Path, machine: Path) -> None:
    folder = tmp_path / "shop"
    with lvtu.open(folder) as ws:
        ws.ingest([event(number) for number in range(100)])
        built = ws.snapshot().manifest.generation
    for path in (folder / "journeys").rglob("*.arrow"):
        path.write_bytes(path.read_bytes()[:100])
    for mark in (folder / "journeys").rglob("synced"):
        mark.unlink()
    restart(machine)
    with lvtu.open(folder) as ws:
        assert sum(ws.trend(by="page").table["events"].to_pylist()) == 100
        assert ws.snapshot().manifest.generation == built + 1


def test_a_torn_index_of_repeats_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    with lvtu.open(folder) as ws:
        ws.ingest([event(number) for number in range(100)])
    for path in (folder / "repeats").glob("*.keys"):
        path.write_bytes(b"")
    with lvtu.open(folder) as ws:
        report = ws.ingest([*(event(number) for number in range(101)), bad(1)])
        assert (report.accepted, report.duplicates, report.rejected) == (1, 100, 1)
