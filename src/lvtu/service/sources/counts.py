"""Counts over all events of a snapshot, by source and by event name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.core.units import DAY
from lvtu.quality import Volume, volumes_by
from lvtu.service.sources.received import Lately
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class SourceCount:
    """How much there is of a source.

    Attributes:
        volume: its events and customers, the first and last time.
        received: when the newest of its events came in, µs; None if that was more than a day ago.
        last_hour: how many came in during the last hour.
        last_day: how many during the last 24 hours.
    """

    volume: Volume
    received: int | None
    last_hour: int
    last_day: int


@dataclass(frozen=True)
class EventCount:
    """How much there is of an event.

    Attributes:
        volume: its events and customers, the first and last time.
        days: events of each of the last days of the data, oldest first.
    """

    volume: Volume
    days: tuple[int, ...]


def by_source(snapshot: Snapshot, received: Mapping[str | None, Lately]) -> list[SourceCount]:
    """The sources, most events first.

    Args:
        snapshot: whose events.
        received: what came in lately, by source.
    """
    snapshot.prepare(["source"])
    none = Lately(None, 0, 0)
    return [
        SourceCount(volume, lately.received, lately.last_hour, lately.last_day)
        for volume in volumes_by(snapshot, "source")
        for lately in (received.get(volume.name, none),)
    ]


def by_event(snapshot: Snapshot, days: int) -> tuple[int, list[EventCount]]:
    """The events, most frequent first, and the first of the days (µs) that are counted.

    Args:
        snapshot: whose events.
        days: how many, back from that of the last event; days of UTC.
    """
    names = snapshot.events
    first = (snapshot.times[1] // DAY - days + 1) * DAY
    counts = np.zeros((len(names), days), np.int64)
    for block in snapshot.blocks:
        codes, times = _kept(block, block.column("event"), block.column("time"))
        late = times >= first
        cells = codes[late].astype(np.int64) * days + (times[late] - first) // DAY
        counts += np.bincount(cells, minlength=counts.size).reshape(counts.shape)
    place = {name if code else None: code for code, name in enumerate(names)}
    found = [EventCount(volume, tuple(counts[place[volume.name]].tolist())) for volume in volumes_by(snapshot, "event")]
    return first, found


def newest_of(snapshot: Snapshot, event: str, most: int) -> Array:
    """The ids of the events of a name that came last."""
    code = snapshot.code(event)
    ids = [np.empty(0, np.int64)]
    for block in snapshot.blocks:
        codes, numbers = _kept(block, block.column("event"), block.column("event_id"))
        ids.append(numbers[codes == code])
    every = np.concatenate(ids)
    return np.partition(every, len(every) - most)[-most:] if len(every) > most else every


def _kept(block: Any, codes: Array, values: Array) -> tuple[Array, Array]:
    """Two columns without the rows of customers that are masked."""
    if not len(block.keep):
        return codes, values
    shown = np.repeat(block.keep, np.diff(block.column("offsets"))).astype(bool)
    return codes[shown], values[shown]
