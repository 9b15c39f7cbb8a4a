"""Events for a lake, and the ids of those in it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lvtu.store.lake import Lake

T0 = 1_750_000_000_123_456


def events(first: int, last: int, who: str = "u") -> pa.Table:
    ids = np.arange(first, last)
    return pa.table(
        {
            "event_id": ids,
            "message_id": [f"m{id}" for id in ids],
            "user_id": [f"{who}{id % 3}" for id in ids],
            "event": [f"Event {id % 4}" for id in ids],
            "time": pa.array(T0 + ids, pa.timestamp("us", tz="UTC")),
        }
    )


def ids(lake: Lake, **limits: int) -> list[int]:
    return [id for batch in lake.read(["event_id"], **limits) for id in batch.column(0).to_pylist()]
