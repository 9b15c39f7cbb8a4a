"""What a customer agreed to, when, and which event said it."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pyarrow.compute as pc

from lvtu.core.units import write_instant
from lvtu.privacy.consent import HINT, Changed, changes
from lvtu.service.customers.rows import IDENTIFY
from lvtu.service.customers.schemas import ConsentOf
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot

_EVENTS = 10_000
"""Of a longer time line, the last so many events are read."""


def changes_of(picked: Block, snapshot: Snapshot) -> list[Changed]:
    """The choices that changed something, by the rows of a customer's own block."""
    ids = picked.column("event_id").astype(np.int64)
    first = max(len(ids) - _EVENTS, 0)
    records = snapshot.lake.take(ids[first:], ["event", "properties"])
    says = pc.fill_null(pc.match_substring_regex(records["properties"], HINT), False)
    rows = np.flatnonzero(np.asarray(says))
    few = records.take(rows)
    read = zip((rows + first).tolist(), few["properties"].to_pylist(), few["event"].to_pylist(), strict=True)
    return changes((row, json.loads(text), event == IDENTIFY) for row, text, event in read)


def consent(picked: Block, snapshot: Snapshot) -> list[ConsentOf] | None:
    """Where a customer's choices stand, those made last first; null where no event says anything."""
    last: dict[str, Changed] = {}
    times: dict[str, int] = {}
    for change in changes_of(picked, snapshot):
        last[change.choice.category] = change
        times[change.choice.category] = times.get(change.choice.category, 0) + 1
    if not last:
        return None
    found = sorted(last.values(), key=lambda change: -change.row)
    rows = sorted({change.row for change in found})
    records = snapshot.lake.take(picked.column("event_id")[rows].astype(np.int64), ["event", "source"]).to_pylist()
    told = dict(zip(rows, records, strict=True))
    return [
        ConsentOf(
            **asdict(change.choice), **told[change.row], place=change.row, changes=times[change.choice.category],
            since=write_instant(int(picked.column("time")[change.row])),
        )
        for change in found
    ]  # fmt: skip
