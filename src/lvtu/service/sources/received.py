"""How much came in lately from each source: counted once, then followed."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.units import DAY, HOUR, SECOND
from lvtu.kernels.periods import widen
from lvtu.store.journeys.snapshot import Snapshot

_EVER = 1 << 62
_ROOM = 40
"""Bits of a second in the number of a cell."""


@dataclass(frozen=True)
class Lately:
    """What came in from a source.

    Attributes:
        received: when the newest of its events came in, µs; None if that was more than a day ago.
        last_hour: how many came in during the last hour.
        last_day: how many during the last 24 hours.
    """

    received: int | None
    last_hour: int
    last_day: int


class Received:
    """When the events of the last day came in, by source and second; only what is new is read. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget(-1)

    def _forget(self, erased: int) -> None:
        self._erased, self._commit = erased, -1
        self._seconds: defaultdict[str | None, Counter[int]] = defaultdict(Counter)
        self._newest: dict[str | None, int] = {}

    def lately(self, snapshot: Snapshot, now: int, since: int, erased: int) -> dict[str | None, Lately]:
        """What came in up to a snapshot, by source.

        Args:
            snapshot: whose events.
            now: the time, µs.
            since: the commit after which all events of the last 24 hours came.
            erased: the commit of the last erasure: after another one all is counted anew.
        """
        with self._lock:
            if erased != self._erased:
                self._forget(erased)
            if snapshot.commit > self._commit:
                self._read(snapshot, max(since, self._commit), now)
                self._commit = snapshot.commit
            return {name: self._of(name, now) for name in list(self._newest)}

    def _read(self, snapshot: Snapshot, after: int, now: int) -> None:
        names, since = ["source", "received_at"], (now - DAY) // SECOND
        for batch in snapshot.lake.read(names, after_commit=after, upto_commit=snapshot.commit, dictionary=names[:1]):
            column, times = batch.column(0), batch.column(1).cast(pa.int64()).to_numpy()
            coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            sources = [*coded.dictionary.to_pylist(), None]
            codes = pc.fill_null(coded.indices, len(sources) - 1).to_numpy(zero_copy_only=False)
            first, last = np.full(len(sources), _EVER), np.full(len(sources), -_EVER)
            widen(first, last, codes, times)
            for name, newest in zip(sources, last.tolist(), strict=True):
                if newest > -_EVER:
                    self._newest[name] = max(self._newest.get(name, newest), newest)
            late = times >= since * SECOND
            cells = codes[late].astype(np.int64) << _ROOM | times[late] // SECOND - since
            for cell, number in zip(*(part.tolist() for part in np.unique(cells, return_counts=True)), strict=True):
                self._seconds[sources[cell >> _ROOM]][(cell & (1 << _ROOM) - 1) + since] += number

    def _of(self, name: str | None, now: int) -> Lately:
        seconds = self._seconds[name]
        for second in [second for second in seconds if second < (now - DAY) // SECOND]:
            del seconds[second]
        if self._newest[name] < now - DAY:
            return Lately(None, 0, 0)
        hour = (now - HOUR) // SECOND
        return Lately(self._newest[name], sum(n for second, n in seconds.items() if second >= hour), seconds.total())
