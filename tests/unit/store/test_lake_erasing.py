"""What is erased leaves no byte in the lake, and the rest stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from lvtu.store.lake import Lake
from unit.store.lakes import events, ids


def everything(root: Path) -> bytes:
    """All bytes under a folder, and all values in its Parquet files."""
    found = b""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            found += path.read_bytes()
        if path.suffix == ".parquet":
            found += repr(pq.ParquetFile(path).read().to_pylist()).encode()
    return found


def marked(first: int, last: int, mark: int) -> pa.Table:
    """Events of which one is full of a word that occurs nowhere else."""
    table = events(first, last)
    for name in ("message_id", "user_id", "event", "text", "properties"):
        values = table[name].to_pylist() if name in table.column_names else ["x"] * (last - first)
        values[mark - first] = "zzz-li-lei"
        column = pa.array(values)
        place = table.schema.get_field_index(name)
        table = table.append_column(name, column) if place < 0 else table.set_column(place, name, column)
    return table


def test_an_erased_event_leaves_no_byte(lake: Lake) -> None:
    lake.append(events(0, 10), app=("box", 4))
    lake.append(marked(10, 20, mark=13))
    lake.append(events(20, 30))
    lake.compact()
    (lake.path / "part-0000000009-0000000009-00000-0.parquet").write_bytes(lake.files()[0].read_bytes())
    (lake.path / "_delta_log" / "_commit_1.json.tmp").write_bytes(b"zzz-li-lei")
    assert b"zzz-li-lei" in everything(lake.path)
    lake.erase(np.array([13]))
    assert b"zzz-li-lei" not in everything(lake.path)
    assert ids(lake) == [id for id in range(30) if id != 13]
    assert (lake.rows, lake.app_version("box")) == (29, 4)
    assert len(list((lake.path / "_delta_log").glob("*.json"))) == 1
    seen = DeltaTable(str(lake.path)).to_pyarrow_table(columns=["event_id"])["event_id"].to_pylist()
    assert sorted(seen) == ids(lake)
    assert lake.append(events(30, 31), app=("box", 5)) == lake.version
    assert ids(lake, after_commit=2) == [30]


def test_commit_numbers_survive_an_erasure(lake: Lake) -> None:
    for n in range(3):
        lake.append(events(n * 10, n * 10 + 10))
    lake.erase(np.array([0, 11, 12]))
    assert ids(lake, after_commit=0, upto_commit=1) == [10, *range(13, 20)]


def test_erasing_a_whole_part_and_strangers(lake: Lake) -> None:
    lake.append(events(0, 3))
    lake.append(events(3, 6))
    lake.erase(np.array([2, 0, 1, 1, 77, -5]))
    assert (ids(lake), len(lake.files())) == ([3, 4, 5], 1)
    lake.erase(np.array([], np.int64))
    lake.erase(np.arange(100))
    assert (ids(lake), lake.rows, lake.files()) == ([], 0, [])
    lake.append(events(6, 8))
    assert ids(lake) == [6, 7]


@pytest.mark.parametrize("lost", ["the hint", "the hint's newest version", "nothing"])
def test_an_erasure_leaves_a_hint_that_leads_somewhere(lake: Lake, lost: str) -> None:
    """A crash can keep an older hint beside a newer checkpoint; the library then writes none."""
    lake.append(events(0, 3))
    table = DeltaTable(str(lake.path))
    table.create_checkpoint()
    hint = lake.path / "_delta_log" / "_last_checkpoint"
    older = hint.read_bytes()
    lake.append(events(3, 6))
    DeltaTable(str(lake.path)).create_checkpoint()
    if lost == "the hint":
        hint.unlink()
    elif lost == "the hint's newest version":
        hint.write_bytes(older)
    lake.erase(np.array([99]))
    assert json.loads(hint.read_bytes())["version"] == lake.version == 1
    assert ids(lake) == [0, 1, 2, 3, 4, 5]


KILLED = """
import os, signal, sys, threading
from pathlib import Path
import numpy as np
from lvtu.store import files
from lvtu.store.lake import Lake
class Mortal(files.Disk):
    left = int(sys.argv[2])
    def _tick(self):
        Mortal.left -= 1
        if Mortal.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    def sync_file(self, path):
        self._tick()
    def sync_dir(self, path):
        self._tick()
files.disk = Mortal()
Lake(Path(sys.argv[1])).erase(np.array([13]))
print("done")
"""


@pytest.mark.parametrize("step", [1, 4, 7])
def test_a_killed_erasure_is_finished_by_the_next(lake: Lake, step: int) -> None:
    lake.append(events(0, 10))
    lake.append(marked(10, 20, mark=13))
    subprocess.run([sys.executable, "-c", KILLED, str(lake.path), str(step)], check=False)
    assert set(ids(lake)) - {13} == set(range(20)) - {13}
    lake.erase(np.array([13]))
    assert ids(lake) == [id for id in range(20) if id != 13]
    assert b"zzz-li-lei" not in everything(lake.path)
