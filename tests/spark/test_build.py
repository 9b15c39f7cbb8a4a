"""A build on a cluster writes what a build here writes, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tools import cluster as clusters

import lvtu
from contract.cases import Case, buckets, ugly, wide
from contract.test_graph import agree as graphs_agree
from contract.test_states import GRAPHS, visits
from naive.journeys import Event


def columns(ws: lvtu.Workspace) -> dict[str, bytes]:
    """Every file of the newest generation, by its name there; not the mark that all is synced, which comes later.

    It comes from another thread, as a file of another name at first.
    """
    folder = ws.snapshot().folder
    found = (path for path in folder.rglob("*") if path.is_file() and "synced" not in path.name)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def few(sequences: bool) -> list[Event]:
    return ugly(97, customers=40, most=5, sequences=sequences)


@pytest.mark.parametrize(
    ("number", "records"),
    [
        (4, [event.record() for event in wide(250) + ugly(96)]),  # ties in time, repeats, names of two bytes
        (16, [event.record() for event in few(False)[:30]]),  # no sequences at all, buckets without anybody
        (2, visits(98, 0.3)),  # anonymous ids that change hands
    ],
    ids=["ties", "few", "visits"],
)
def test_the_same_bytes(
    cluster: clusters.Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, records: Any
) -> None:
    monkeypatch.setenv("LVTU_SPARK", cluster.remote)
    with buckets(number), lvtu.open(tmp_path / "w") as ws:
        ws.ingest(records[: len(records) // 2])
        ws.ingest(records[len(records) // 2 :])
        ws.build(engine="local")
        here, generation = columns(ws), ws.snapshot().manifest
        ws.build(engine="spark")
        there, later = columns(ws), ws.snapshot().manifest
    assert there == here
    assert (later.buckets, later.events, later.generation) == (
        generation.buckets, generation.events, generation.generation + 1,
    )  # fmt: skip
    assert not list((tmp_path / "w" / "journeys").rglob(".*")), "nothing is left behind"


def test_it_answers(cluster: clusters.Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting `engine`, and fresh events behind it."""
    monkeypatch.setenv("LVTU_SPARK", cluster.remote)
    monkeypatch.setenv("LVTU_ENGINE", "spark")
    base, late = ugly(99), ugly(100, customers=30, most=2)
    with buckets(3), lvtu.open(tmp_path / "w") as ws:
        ws.ingest([event.record() for event in base])
        ws.build()
        graphs_agree(Case("built", ws, base), GRAPHS[1])
        ws.append([event.record() for event in late])
        graphs_agree(Case("appended", ws, base + late), GRAPHS[1])


def test_lost_rows_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there before goes on answering."""
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([event.record() for event in few(True)])
        before = ws.snapshot().manifest.generation
        fake = FakeSession(loses_one=True)
        monkeypatch.setattr("lvtu.engines.building.connected", lambda url: fake)
        with pytest.raises(RuntimeError, match="not every event reached its bucket"):
            ws.build(engine="spark")
        assert ws.snapshot().manifest.generation == before
        assert ws.graph().table.num_rows > 0


class FakeSession:
    """As much of Spark as a build needs, in this process."""

    def __init__(self, loses_one: bool = False) -> None:
        self._loses_one = loses_one
        self._rows: Any = None

    def range(self, start: int, end: int, step: int, tasks: int) -> FakeSession:
        self._rows = [pa.record_batch({"id": list(range(start, end, step))})]
        return self

    def mapInArrow(self, task: Callable[[Any], Any], schema: str) -> FakeSession:  # noqa: N802
        self._rows = list(task(self._rows))
        return self

    def repartitionById(self, number: int, column: str) -> FakeSession:  # noqa: N802
        if self._loses_one:
            self._rows[0] = self._rows[0].slice(1)
        return self

    def toArrow(self) -> Any:  # noqa: N802
        return pa.Table.from_batches(self._rows)
