"""Funnels with a window against an independent engine, where its rules and ours coincide.

``windowFunnel`` knows no order among events of one time and lets one event fill only one condition, so times are
distinct and steps have different names.
"""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

import lvtu
from parts import require

HOUR = 3_600_000_000
NAMES = ["Seen", "Opened", "Added", "Paid", "Rated"]


def events(customers: int = 3000) -> pa.Table:
    """Visits with distinct times within each customer; repeats, detours and steps out of order are common."""
    dice = random.Random(8)
    rows = []
    for customer in range(customers):
        rows += [
            (f"{customer}-{hour}", hour * HOUR, f"u{customer}", dice.choices(NAMES, (6, 4, 3, 2, 1))[0])
            for hour in dice.sample(range(400), dice.randint(1, 12))
        ]
    dice.shuffle(rows)
    ids, times, users, names = (list(column) for column in zip(*rows, strict=True))
    when = pa.array(times, pa.int64()).cast(pa.timestamp("us", "UTC"))
    return pa.table({"message_id": ids, "time": when, "user_id": users, "event": names})


def levels(table: pa.Table, steps: list[str], window: int) -> list[int]:
    """How many customers reach each step, by ClickHouse."""
    import chdb

    flat = pa.table({"who": table["user_id"], "at": table["time"].cast(pa.int64()), "event": table["event"]})  # noqa: F841 - read by the query
    conditions = ", ".join(f"event = '{step}'" for step in steps)
    query = (
        f"select level, count() from (select who, windowFunnel({window})(toUInt64(at), {conditions}) as level "
        "from Python(flat) group by who) group by level order by level format CSV"
    )
    found = {int(level): int(n) for level, n in (line.split(",") for line in str(chdb.query(query)).split())}
    return [sum(n for level, n in found.items() if level >= k) for k in range(1, len(steps) + 1)]


@pytest.mark.chdb
def test_window_funnels_agree(tmp_path: Path) -> None:
    try:
        import chdb
    except ImportError:
        chdb = None
    require("chdb", chdb)
    table = events()
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest(table)
        for steps in (NAMES[:3], NAMES, ["Paid", "Seen", "Added"], ["Rated", "Seen"]):
            for hours in (0, 1, 24, 100, 401):
                ours = ws.funnel(steps, within=hours * HOUR).steps
                assert ours == levels(table, steps, hours * HOUR), (steps, hours)
                assert ours[0] > 500
