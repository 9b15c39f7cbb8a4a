"""What survives a power cut, and that the layer which simulates one really loses what nobody synced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from faults.layer import PowerCut, Shadow, shadow
from lvtu.errors import LvtuError
from lvtu.store import config, files
from lvtu.store.inbox import Inbox
from lvtu.store.lake import Lake
from lvtu.store.quarantine import Quarantine, Rejected
from lvtu.store.repeats import Repeats


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


class Power:
    """Runs a change again and again, cutting the power after its first, second, … sync."""

    def __init__(self, tmp_path: Path, harsh: bool) -> None:
        self.tmp_path, self.harsh = tmp_path, harsh

    def cuts(
        self, prepare: Callable[[Path], None], change: Callable[[Path], None], judge: Callable[[Path, bool], None]
    ) -> int:
        cut = 0
        while True:
            before = self.tmp_path / f"before-{cut}"
            before.mkdir()
            prepare(before)
            with shadow(before) as layer:
                layer.cut_after = cut
                try:
                    change(before)
                    done = True
                except PowerCut:
                    done = False
                after = layer.crash(self.tmp_path / f"after-{cut}", harsh=self.harsh)
            judge(after, done)
            if done:
                return cut
            cut += 1


@pytest.fixture(params=[False, True], ids=["names lost", "names early"])
def power(tmp_path: Path, request: pytest.FixtureRequest) -> Power:
    return Power(tmp_path, request.param)


def events(first: int, last: int) -> pa.Table:
    ids = np.arange(first, last)
    return pa.table({"event_id": ids, "message_id": [f"m{id}" for id in ids], "event": ["Seen"] * len(ids)})


def stored(lake: Lake) -> list[int]:
    return [id for batch in lake.read(["event_id"]) for id in batch.column(0).to_pylist()]


# The layer itself


def test_bytes_that_were_not_synced_are_gone(root: Path, tmp_path: Path) -> None:
    with shadow(root) as layer:
        (root / "a").write_bytes(b"1")
        assert list(layer.crash(tmp_path / "1").iterdir()) == []
        files.disk.sync_dir(root)  # the name without the bytes
        assert list(layer.crash(tmp_path / "2").iterdir()) == []
        assert (layer.crash(tmp_path / "3", harsh=True) / "a").read_bytes() == b""
        files.disk.sync_file(root / "a")
        (root / "a").write_bytes(b"22")
        assert (layer.crash(tmp_path / "4") / "a").read_bytes() == b"1"


def test_a_name_that_was_not_synced_is_gone(root: Path, tmp_path: Path) -> None:
    with shadow(root) as layer:
        (root / "a").write_bytes(b"1")
        files.disk.sync_file(root / "a")
        assert list(layer.crash(tmp_path / "1").iterdir()) == []
        files.disk.sync_dir(root)
        (root / "a").rename(root / "b")
        assert [path.name for path in layer.crash(tmp_path / "2").iterdir()] == ["a"]
        (root / "b").unlink()
        assert (layer.crash(tmp_path / "3") / "a").read_bytes() == b"1"
        files.disk.sync_dir(root)
        assert list(layer.crash(tmp_path / "4").iterdir()) == []


def test_a_folder_needs_the_folder_above_it(root: Path, tmp_path: Path) -> None:
    with shadow(root) as layer:
        (root / "deep").mkdir()
        (root / "deep" / "a").write_bytes(b"1")
        files.sync_tree([root / "deep" / "a"])
        assert list(layer.crash(tmp_path / "1").iterdir()) == []
        files.disk.sync_dir(root)
        assert (layer.crash(tmp_path / "2") / "deep" / "a").read_bytes() == b"1"


def test_what_was_there_before_is_safe(root: Path, tmp_path: Path) -> None:
    (root / "old").write_bytes(b"1")
    with shadow(root) as layer:
        (root / "old").write_bytes(b"2")
        assert (layer.crash(tmp_path / "1") / "old").read_bytes() == b"1"


def test_the_ordinary_disk_is_back_afterwards(root: Path) -> None:
    with shadow(root):
        assert isinstance(files.disk, Shadow)
    assert type(files.disk) is files.Disk


# The store


def test_a_file_is_the_old_one_or_the_new_one(power: Power) -> None:
    def judge(after: Path, done: bool) -> None:
        found = files.read_json(after / "m.json")
        assert found == {"version": 2} if done else found in ({"version": 1}, {"version": 2})

    cuts = power.cuts(
        lambda root: files.replace_json(root / "m.json", {"version": 1}),
        lambda root: files.replace_json(root / "m.json", {"version": 2}),
        judge,
    )
    assert cuts == 2


def test_a_new_workspace_is_there_or_not(power: Power) -> None:
    def judge(after: Path, done: bool) -> None:
        if done:
            config.load(after / "ws")
        else:
            config.create(after / "ws")

    assert power.cuts(lambda root: None, lambda root: config.create(root / "ws") and None, judge) > 2


def test_an_acknowledged_append_survives(power: Power) -> None:
    """With power cut after every single sync: the batch is there whole or not at all, and can be sent again."""

    def judge(after: Path, done: bool) -> None:
        lake = Lake(after / "lake")
        lake.recover()
        assert stored(lake) in ([list(range(30))] if done else [list(range(10)), list(range(30))])
        assert lake.append(events(10, 30), app=("box", 2)) == lake.version
        assert stored(lake) == list(range(30))
        assert lake.app_version("box") == 2

    cuts = power.cuts(
        lambda root: Lake(root / "lake").append(events(0, 10), app=("box", 1)) and None,
        lambda root: Lake(root / "lake").append(events(10, 30), app=("box", 2)) and None,
        judge,
    )
    assert cuts >= 4  # the part, the folder that names it, the entry, the log's folder


def test_the_first_append_survives(power: Power) -> None:
    def judge(after: Path, done: bool) -> None:
        lake = Lake(after / "lake")
        lake.recover()
        assert stored(lake) == list(range(10)) if done else stored(lake) in ([], list(range(10)))
        lake.append(events(0, 10), app=("box", 0))
        assert stored(lake) == list(range(10))

    assert power.cuts(
        lambda root: None, lambda root: Lake(root / "lake").append(events(0, 10), app=("box", 0)) and None, judge
    )


def test_a_checkpoint_is_no_danger(power: Power, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.store.lake.CHECKPOINT_EVERY", 2)

    def judge(after: Path, done: bool) -> None:
        lake = Lake(after / "lake")
        lake.recover()
        assert stored(lake)[:10] == list(range(10))
        assert not done or len(stored(lake)) == 20
        lake.append(events(20, 21))
        lake.append(events(21, 22))
        assert {20, 21} <= set(stored(lake))

    power.cuts(
        lambda root: Lake(root / "lake").append(events(0, 10)) and None,
        lambda root: Lake(root / "lake").append(events(10, 20)) and None,
        judge,
    )


def test_an_erasure_can_be_taken_up_again(power: Power) -> None:
    gone = np.array([3, 12, 999])

    def prepare(root: Path) -> None:
        lake = Lake(root / "lake")
        for start in range(0, 30, 10):
            lake.append(events(start, start + 10))

    def judge(after: Path, done: bool) -> None:
        lake = Lake(after / "lake")
        lake.recover()
        left = [id for id in range(30) if id not in gone]
        assert stored(lake) in ([left] if done else [left, list(range(30))])
        lake.erase(gone)
        assert stored(lake) == left
        assert b"m12" not in _everything(after)

    assert power.cuts(prepare, lambda root: Lake(root / "lake").erase(gone), judge) > 6


def test_a_compaction_changes_nothing(power: Power) -> None:
    def prepare(root: Path) -> None:
        for start in range(0, 30, 10):
            Lake(root / "lake").append(events(start, start + 10))

    def judge(after: Path, done: bool) -> None:
        lake = Lake(after / "lake")
        lake.recover()
        assert stored(lake) == list(range(30))
        assert not done or len(lake.files()) == 1

    power.cuts(prepare, lambda root: Lake(root / "lake").compact() and None, judge)


def test_the_index_of_repeats_is_whole_or_behind(power: Power) -> None:
    first, second = np.arange(100, dtype=np.uint64), np.arange(100, 500, dtype=np.uint64)

    def judge(after: Path, done: bool) -> None:
        repeats = Repeats(after / "repeats")
        assert repeats.commit in ([1] if done else [0, 1])
        assert repeats.size == (500 if repeats.commit else 100)
        repeats.add(second, second, 1)
        assert repeats.size == 500

    assert power.cuts(
        lambda root: Repeats(root / "repeats").add(first, first, 0),
        lambda root: Repeats(root / "repeats").add(second, second, 1),
        judge,
    )


def test_quarantined_rows_survive(power: Power) -> None:
    rows = [Rejected(f"f.csv:{n}", "time", "no time", f"raw {n}", "i", n) for n in range(3)]

    def judge(after: Path, done: bool) -> None:
        kept = [row.raw for row in Quarantine(after / "q")]
        assert kept == ["raw 0", "raw 1", "raw 2"] if done else kept in ([], ["raw 0", "raw 1", "raw 2"])

    power.cuts(lambda root: None, lambda root: Quarantine(root / "q").append(rows), judge)


def test_the_inbox_survives(root: Path, tmp_path: Path) -> None:
    with shadow(root) as layer:
        inbox = Inbox(root / "inbox" / "main.sqlite")
        inbox.append([b"a", b"b"])
        inbox.append([b"c"])
        left = Inbox(layer.crash(tmp_path / "after") / "inbox" / "main.sqlite")
        assert left.pending() == [(1, b"a"), (2, b"b"), (3, b"c")]
        assert left.uuid == inbox.uuid
        inbox.close()
        left.close()


def test_a_lake_that_does_not_sync_is_caught(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layer bites: without the sync of the log's entry an acknowledged commit is lost."""
    monkeypatch.setattr("lvtu.store.deltalog.sync_commit", lambda lake, number: None)
    with shadow(root) as layer:
        Lake(root / "lake").append(events(0, 10))
        with pytest.raises((AssertionError, LvtuError)):
            assert stored(Lake(layer.crash(tmp_path / "after") / "lake")) == list(range(10))


def _everything(root: Path) -> bytes:
    """All bytes under a folder, Parquet decoded."""
    text = b""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            text += path.read_bytes()
        if path.suffix == ".parquet":
            text += repr(pq.ParquetFile(path).read().to_pylist()).encode()
    return text
