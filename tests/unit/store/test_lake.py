"""The lake against plain lists, and against what other readers see in it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.record import RECORD
from lvtu.errors import BadInput, Busy
from lvtu.store import parts
from lvtu.store.lake import Lake
from parts import examples
from unit.store.lakes import events, ids


def test_no_table_is_an_empty_lake(lake: Lake) -> None:
    assert (lake.version, lake.rows, lake.files(), lake.app_version("box")) == (-1, 0, [], -1)
    assert list(lake.read()) == []
    assert lake.compact() == -1
    lake.erase(np.array([1]))
    lake.sweep()
    lake.recover()
    assert not lake.path.exists()


def test_every_field_comes_back(lake: Lake) -> None:
    row = {
        "event_id": 7,
        "message_id": "m",
        "time": datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "received_at": datetime(2026, 1, 2, tzinfo=UTC),
        "user_id": "u",
        "anonymous_id": None,
        "identifiers": [("email", "li@example.org"), ("phone", "1")],
        "event": "下单",
        "channel": "小程序",
        "source": "s",
        "value": 0.1,
        "currency": "CNY",
        "score": 4.5,
        "scale": "stars5",
        "text": "\u2028 好\x00",
        "language": "zh",
        "sequence": -(2**63),
        "time_basis": "day",
        "weight": 1.5,
        "properties": '{"a": 1}',
    }
    lake.append(pa.Table.from_pylist([row], pa.schema([*RECORD, pa.field("event_id", pa.int64())])))
    (batch,) = lake.read()
    assert batch.to_pylist() == [{**row, "commit": 0}]
    assert batch.schema.equals(parts.SCHEMA)


def test_commits_are_numbered_and_kept_in_order(lake: Lake) -> None:
    assert [lake.append(events(n * 10, n * 10 + 10)) for n in range(3)] == [0, 1, 2]
    assert (lake.version, lake.rows, len(lake.files())) == (2, 30, 3)
    assert ids(lake) == list(range(30))
    assert ids(lake, after_commit=0) == list(range(10, 30))
    assert ids(lake, upto_commit=1) == list(range(20))
    assert ids(lake, after_commit=0, upto_commit=1) == list(range(10, 20))
    assert ids(lake, after_commit=2) == []


def test_other_readers_see_the_same(lake: Lake) -> None:
    lake.append(events(0, 10))
    lake.append(events(10, 15))
    seen = DeltaTable(str(lake.path)).to_pyarrow_table(columns=["event_id", "time", "event"])
    assert sorted(seen.to_pylist(), key=lambda row: row["event_id"]) == [
        row for batch in lake.read(["event_id", "time", "event"]) for row in batch.to_pylist()
    ]
    files = [str(path) for path in lake.files()]
    query = "select count(*), sum(event_id), count(distinct user_id) from read_parquet($1)"
    with duckdb.connect() as database:
        assert database.execute(query, [files]).fetchall() == [(15, sum(range(15)), 3)]


def test_a_stream_is_one_commit(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of any size are cut to parts, and none is lost, doubled or moved."""
    monkeypatch.setattr(parts, "PART_ROWS", 100)
    monkeypatch.setattr(parts, "GROUP_ROWS", 30)
    monkeypatch.setattr(parts, "READ_ROWS", 60)
    sizes = [1, 99, 0, 250, 3, 40, 40, 40]
    starts = np.cumsum([0, *sizes]).tolist()
    lake.append(events(start, start + size) for start, size in zip(starts, sizes, strict=False))
    assert lake.version == 0
    assert ids(lake) == list(range(sum(sizes)))
    some = np.array([472, 0, 130, 99, 100, 472])
    assert lake.take(some, ["event_id"])["event_id"].to_pylist() == some.tolist()
    assert max(pq.ParquetFile(path).metadata.num_rows for path in lake.files()) <= 100


def test_encoded_text_is_text_again(lake: Lake) -> None:
    table = events(0, 10)
    encoded = table.set_column(3, "event", table["event"].dictionary_encode())
    lake.append([encoded, events(10, 12)])
    (batch,) = lake.read(["event", "user_id"])
    assert batch.column(0).to_pylist() == [f"Event {id % 4}" for id in range(12)]
    assert batch.schema.field("event").type == pa.string()
    (batch,) = lake.read(["event", "user_id"], dictionary=["event", "channel"])
    assert pa.types.is_dictionary(batch.schema.field("event").type)
    assert batch.column(0).to_pylist() == [f"Event {id % 4}" for id in range(12)]
    assert batch.schema.field("user_id").type == pa.string()


def test_a_given_commit_number_is_kept(lake: Lake) -> None:
    lake.append(events(0, 3).append_column("commit", pa.array([4, 4, 4], pa.int64())))
    assert [batch.column(0).to_pylist() for batch in lake.read(["commit"])] == [[4, 4, 4]]


def test_an_empty_commit_is_a_commit(lake: Lake) -> None:
    assert lake.append(events(0, 0), app=("box", 3)) == 0
    assert lake.append(events(0, 0)) == 1
    assert (ids(lake), lake.app_version("box")) == ([], 3)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"event": ["A"]}), "event_id"),
        (pa.table({"event_id": [None]}, pa.schema([("event_id", pa.int64())])), "event_id"),
        (pa.table({"event_id": [1], "colour": ["red"]}), "colour"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_committed(lake: Lake, table: pa.Table, message: str) -> None:
    lake.append(events(0, 2))
    with pytest.raises(BadInput, match=message):
        lake.append([events(2, 3), table])
    assert (lake.version, ids(lake)) == (0, [0, 1])


def test_a_batch_is_committed_once(lake: Lake) -> None:
    assert lake.append(events(0, 2), app=("box", 0)) == 0
    assert lake.append(events(0, 2), app=("box", 0)) == 0
    assert lake.append(events(2, 4), app=("box", 5)) == 1
    assert lake.append(events(2, 4), app=("box", 4)) == 1
    assert lake.append(events(4, 5), app=("other", 1)) == 2
    assert ids(lake) == [0, 1, 2, 3, 4]
    assert [lake.app_version(name) for name in ("box", "other", "none")] == [5, 1, -1]


def test_two_committers_on_one_snapshot_cannot_both_win(lake: Lake, tmp_path: Path) -> None:
    lake.append(events(0, 2))

    def meanwhile() -> None:
        Lake(tmp_path / "lake").append(events(2, 4))

    with pytest.raises(Busy, match="try again"):
        lake.append(events(4, 6), check=meanwhile)
    assert ids(lake) == [0, 1, 2, 3]
    assert lake.append(events(4, 6)) == 2


def test_two_first_committers_cannot_both_win(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(Busy):
        lake.append(events(4, 6), check=lambda: Lake(tmp_path / "lake").append(events(0, 2)) and None)
    assert ids(lake) == [0, 1]


def test_a_lost_lease_stops_the_commit(lake: Lake) -> None:
    def lost() -> None:
        raise Busy("superseded")

    with pytest.raises(Busy, match="superseded"):
        lake.append(events(0, 2), check=lost)
    assert lake.version == -1


def test_notes_are_kept_with_commits(lake: Lake) -> None:
    lake.append(events(0, 1), note={"source": "订单.csv", "repeats": 2})
    lake.append(events(1, 2))
    assert list(lake.notes()) == [(0, {"source": "订单.csv", "repeats": 2}), (1, {})]
    assert list(lake.notes(after=0)) == [(1, {})]


def test_identifying_columns_carry_no_statistics(lake: Lake) -> None:
    lake.append(events(0, 10, who="li"))
    table = DeltaTable(str(lake.path))
    assert table.metadata().configuration["delta.dataSkippingStatsColumns"] == "time,event"
    log = b"".join(path.read_bytes() for path in (lake.path / "_delta_log").iterdir())
    assert b"li0" not in log
    assert b"m0" not in log
    stats = next(json.loads(line) for line in log.splitlines() if b'"add"' in line)["add"]["stats"]
    assert json.loads(stats) == {
        "numRecords": 10,
        "minValues": {"time": "2025-06-15T15:06:40.123456Z", "event": "Event 0"},
        "maxValues": {"time": "2025-06-15T15:06:40.123465Z", "event": "Event 3"},
        "nullCount": {"time": 0, "event": 0},
    }
    metadata = pq.ParquetFile(lake.files()[0]).metadata
    kept = {
        column.path_in_schema
        for column in map(metadata.row_group(0).column, range(metadata.num_columns))
        if column.statistics is not None
    }
    assert kept == {"time", "event", "event_id", "commit"}


def test_checkpoints_come_and_old_apps_stay_known(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.store.lake.CHECKPOINT_EVERY", 4)
    for n in range(10):
        lake.append(events(n, n + 1), app=("box", n))
    log = lake.path / "_delta_log"
    assert [int(path.name[:20]) for path in sorted(log.glob("*.checkpoint.parquet"))] == [3, 7]
    assert ids(lake) == list(range(10))
    assert lake.app_version("box") == 9


def test_compaction_merges_neighbours_and_changes_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 25)
    for n in range(10):
        lake.append(events(n * 10, n * 10 + 10), app=("box", n))
    before = [row for batch in lake.read() for row in batch.to_pylist()]
    assert lake.compact() == 10
    assert len(lake.files()) == 5
    assert [row for batch in lake.read() for row in batch.to_pylist()] == before
    assert ids(lake, after_commit=2, upto_commit=5) == list(range(30, 60))
    assert (lake.rows, lake.app_version("box")) == (100, 9)
    assert lake.compact() == 10  # nothing left to merge
    assert ids(lake, upto_commit=3) == list(range(40))


def test_sweeping_removes_only_what_nobody_needs(lake: Lake) -> None:
    lake.append(events(0, 2))
    lake.append(events(2, 4))
    lake.compact()
    (lake.path / "part-0000000009-0000000009-00000-0.parquet").write_bytes(b"a killed append")
    lake.sweep(hours=1)
    assert len(list(lake.path.glob("*.parquet"))) == 4
    lake.sweep(hours=0)
    assert list(lake.path.glob("*.parquet")) == lake.files()
    assert ids(lake) == [0, 1, 2, 3]


# Killed writers, readers at work, any order of operations


APPENDING = """
import sys
from pathlib import Path
import pyarrow as pa
from lvtu.store.lake import Lake
lake = Lake(Path(sys.argv[1]))
for n in range(lake.app_version("box") + 1, 10_000):
    lake.append(pa.table({"event_id": list(range(n * 5, n * 5 + 5))}), app=("box", n))
    print(n, flush=True)
"""


def test_kills_lose_and_double_nothing(lake: Lake) -> None:
    acknowledged = -1
    for _ in range(3):
        command = [sys.executable, "-c", APPENDING, str(lake.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(7):
                process.stdout.readline()
            time.sleep(0.003)
            process.send_signal(signal.SIGKILL)
            rest, _ = process.communicate()
        acknowledged = max([acknowledged + 7, *map(int, rest.split())])
        found = ids(lake)
        assert found == list(range(len(found)))
        assert len(found) >= 5 * (acknowledged + 1)
        acknowledged = lake.app_version("box")


def test_a_torn_last_entry_is_taken_out(lake: Lake) -> None:
    lake.append(events(0, 2))
    lake.append(events(2, 4), app=("box", 1))
    (lake.path / "_delta_log" / f"{1:020d}.json").write_bytes(b'{"commitInfo":{"time')
    assert lake.append(events(2, 4), app=("box", 1)) == 1
    assert ids(lake) == [0, 1, 2, 3]


def test_readers_never_see_half_a_commit(lake: Lake) -> None:
    lake.append(events(0, 5))
    command = [sys.executable, "-c", APPENDING, str(lake.path)]
    lake.append(pa.table({"event_id": pa.array([], pa.int64())}), app=("box", 0))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while lake.version < 30:
                found = ids(lake)
                assert found == list(range(len(found)))
                assert len(found) % 5 == 0
        finally:
            process.kill()


operations = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 12)),
        st.tuples(st.just("erase"), st.lists(st.integers(0, 60), max_size=5)),
        st.tuples(st.just("compact"), st.none()),
        st.tuples(st.just("sweep"), st.none()),
    ),
    max_size=12,
)


def apply(lake: Lake, model: dict[int, int], name: str, argument: object) -> None:
    if name == "append":
        assert isinstance(argument, int)
        first = 20 * (lake.version + 1)
        commit = lake.append(events(first, first + argument))
        model.update(dict.fromkeys(range(first, first + argument), commit))
    elif name == "erase":
        assert isinstance(argument, list)
        lake.erase(np.array(argument, np.int64))
        for id in argument:
            model.pop(id, None)
    elif name == "compact":
        lake.compact()
    else:
        lake.sweep(hours=0)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new folder for each example."""
    return (tmp_path_factory.mktemp(f"lake{n}") for n in range(10**6))


@settings(max_examples=examples(25))
@given(operations)
def test_any_order_of_operations_agrees_with_a_dictionary(
    folders: Iterator[Path], steps: list[tuple[str, object]]
) -> None:
    lake, model = Lake(next(folders) / "lake"), dict[int, int]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_ROWS", 16)
        patch.setattr(parts, "GROUP_ROWS", 5)
        patch.setattr(parts, "READ_ROWS", 10)
        patch.setattr("lvtu.store.lake.CHECKPOINT_EVERY", 3)
        for name, argument in steps:
            apply(lake, model, name, argument)
            rows = [row for batch in lake.read(["event_id", "commit"]) for row in batch.to_pylist()]
            assert {row["event_id"]: row["commit"] for row in rows} == model
            assert len(rows) == len(model) == lake.rows
            assert [row["event_id"] for row in rows] == sorted(model)
            backwards = np.array(sorted(model, reverse=True), np.int64)
            assert lake.take(backwards, ["event_id"])["event_id"].to_pylist() == backwards.tolist()
