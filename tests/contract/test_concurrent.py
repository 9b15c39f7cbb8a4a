"""Two processes that write and four that read, on one workspace at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

import lvtu

BATCH = 25
BATCHES = 24

WRITER = f"""
import sys, lvtu
folder, name = sys.argv[1:]
ws = lvtu.open(folder)
for number in range({BATCHES}):
    batch = [
        {{"message_id": f"{{name}}-{{number}}-{{i}}", "user_id": f"{{name}}-{{(number + i) % 10}}", "event": "Seen",
         "time": f"2026-01-{{1 + i:02d}}", "properties": {{"batch": f"{{name}}-{{number}}"}}}}
        for i in range({BATCH})
    ]
    if number % 4 == 3:
        report = ws.ingest(batch)
        assert (report.accepted, report.duplicates) == ({BATCH}, 0), report
    else:
        ws.append(batch)
    if number % 3 == 0:
        ws.append(batch)  # sent twice
        ws.flush()
    if number == 13:
        ws.compact()
ws.close()
"""

READER = f"""
import sys, lvtu
ws = lvtu.open(sys.argv[1])
before = 0
print("ready", flush=True)
while not before >= int(sys.argv[2]):
    found = ws.trend("Seen", period="month", by="batch").table
    counts = [n for n in found["events"].to_pylist() if n]
    assert all(n == {BATCH} for n in counts), counts  # every batch whole
    assert counts, found.to_pylist()
    events = sum(counts)
    assert events >= before, (events, before)
    before = events
    funnel = ws.funnel(["Seen"], unit="totals", entry="each").table["customers"].to_pylist()[0]
    assert funnel >= before, (funnel, before)
    query = "select count(*) n, count(distinct message_id) from events where event = 'Seen'"
    n, distinct = ws.sql(query).to_pydict().values()
    assert n == distinct and n[0] >= funnel, (n, distinct, funnel)
    before = n[0]
ws.close()
"""


def begin(folder: Path) -> None:
    """A workspace with a first batch."""
    rows = [
        {"message_id": f"0-{i}", "user_id": "a-0", "event": "Seen", "time": "2026-01-31", "properties": {"batch": "0"}}
        for i in range(BATCH)
    ]
    with lvtu.open(folder) as ws:
        ws.ingest(rows)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(processes: list[subprocess.Popen[str]]) -> None:
    try:
        for process in processes:
            _, trouble = process.communicate(timeout=120)
            assert process.returncode == 0, trouble
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_two_writers_and_four_readers(tmp_path: Path) -> None:
    folder, events = tmp_path / "shop", (1 + 2 * BATCHES) * BATCH
    begin(folder)
    readers = [start(READER, folder, events) for _ in range(4)]
    writers = [start(WRITER, folder, name) for name in ("a", "b")]
    finish([*writers, *readers])
    with lvtu.open(folder) as ws:
        assert ws.sql(
            "select count(*) n, count(distinct message_id) m, count(distinct event_id) k from events"
        ).to_pylist() == [{"n": events, "m": events, "k": events}]
        assert sum(commit["events"] for commit in ws.commits()) == events
        assert ws.funnel(["Seen"]).table["customers"].to_pylist() == [20]
        counts = ws.sql("select customer, count(*) n from events group by 1 order by 1").to_pylist()
        assert all(ws.timeline(row["customer"]).table.num_rows == row["n"] for row in counts)


FORGETTER = """
import sys, lvtu
ws = lvtu.open(sys.argv[1])
for number in range(4):
    who = {"user_id": f"gone{number}", "event": "Gone", "time": "2026-01-05"}
    ws.ingest([{"message_id": f"g{number}{i}", **who} for i in range(9)])
    ws.forget(f"gone{number}")
ws.close()
"""


def test_reading_and_writing_go_on_while_customers_are_forgotten(tmp_path: Path) -> None:
    folder, events = tmp_path / "shop", (1 + BATCHES) * BATCH
    begin(folder)
    finish([start(WRITER, folder, "a"), start(FORGETTER, folder), *(start(READER, folder, events) for _ in range(2))])
    with lvtu.open(folder) as ws:
        assert ws.sql("select event, count(*) n from events group by 1").to_pylist() == [{"event": "Seen", "n": events}]
        assert len(ws._ledger.receipts()) == 4


def test_threads_that_ask_append_and_compact(tmp_path: Path) -> None:
    """The lease and the keeper's lock are taken by threads in any order: nobody waits for ever."""
    ws = lvtu.open(tmp_path / "shop")
    troubles: list[BaseException] = []

    def repeat(job: object) -> None:
        try:
            for number in range(6):
                assert callable(job)
                job(number)
        except BaseException as trouble:
            troubles.append(trouble)

    def append(number: int) -> None:
        ws.append([{"message_id": f"m{number}", "user_id": "ann", "event": "Seen", "time": "2026-01-01"}])

    jobs = [
        append,
        lambda _: ws.compact(),
        lambda _: ws.trend(period="month"),
        lambda _: ws.join("ann", ("email", f"{_}@x")),
    ]
    threads = [threading.Thread(target=repeat, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    if troubles:
        raise troubles[0]
    assert ws.trend(period="month").table["events"].to_pylist() == [6]
    ws.close()


@pytest.mark.parametrize("compacted", [False, True])
def test_a_snapshot_outlives_later_builds(tmp_path: Path, compacted: bool) -> None:
    """What was asked for stays readable, columns not touched before included, whatever others build."""
    folder = tmp_path / "shop"
    ws, other = lvtu.open(folder), lvtu.open(folder)
    ws.ingest(
        [
            {"message_id": f"m{i}", "user_id": f"u{i}", "event": "Seen", "time": "2026-01-01", "channel": "web"}
            for i in range(9)
        ]
    )
    result = ws.funnel(["Seen"])
    for number in range(3):
        other.append([{"message_id": f"x{number}", "user_id": "u1", "event": "Paid", "time": "2026-01-02"}])
        other.trend()
        if compacted:
            other.compact()
            ws.trend()
    assert sorted(result.customers(1)) == [f"u{i}" for i in range(9)]
    ws.close()
    other.close()
