"""Which event carries an identifier: an index in memory, for who looks customers up again and again."""

from __future__ import annotations

import threading

import numpy as np
import pyarrow as pa

from lvtu.errors import LvtuError
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import KeyTable, keys_of
from lvtu.store.lake import Lake

_COLUMNS = ("event_id", "user_id", "anonymous_id", "identifiers")
_SEED = 7


class Carriers:
    """By the hash of an identifier of any kind, an event for each id that it was seen with.

    It holds hashes and the numbers of events, 16 bytes for each pair, and follows the lake: what is new is read when
    somebody asks.

    Args:
        lake: the event log.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._lock = threading.Lock()
        self._upto, self._erased = -1, -1
        self._keys, self._events = np.empty(0, np.uint64), np.empty(0, np.int64)
        self._beginning: threading.Thread | None = None

    def of(self, identifier: str, erased: int) -> Array:
        """The numbers of some events that carry an identifier, one for each id that it was seen with.

        Args:
            identifier: of any kind.
            erased: the commit of the last erasure: after another one everything is read anew.
        """
        with self._lock:
            self._follow(erased)
            key = keys_of(pa.array([identifier]), _SEED)[0][0]
            found: Array = np.unique(self._events[self._keys == key])
            return found

    def begin(self, erased: int) -> None:
        """Read the log beside what else is done, so that whoever asks first need not wait for it."""
        if self._beginning is None:
            self._beginning = threading.Thread(target=self._read, args=(erased,), name="carriers")
            self._beginning.start()

    def close(self) -> None:
        """Wait for what was begun."""
        if self._beginning is not None:
            self._beginning.join()

    def _read(self, erased: int) -> None:
        try:
            with self._lock:
                self._follow(erased)
        except (LvtuError, OSError):  # an erasure may have taken files away; whoever asks reads again
            return

    def _follow(self, erased: int) -> None:
        newest = self._lake.version
        if erased != self._erased:
            self._upto, self._erased = -1, erased
            self._keys, self._events = np.empty(0, np.uint64), np.empty(0, np.int64)
        if newest == self._upto:
            return
        met, keys, events = KeyTable(), [self._keys], [self._events]
        for batch in self._lake.read(_COLUMNS, after_commit=self._upto, upto_commit=newest):
            key, seen_with, event = _carried(batch)
            before = met.known
            met.add(key, seen_with, event, 0)
            fresh = met.first_row[before : met.known].copy()
            keys.append(key[fresh])
            events.append(event[fresh])
        self._keys, self._events = np.concatenate(keys), np.concatenate(events)
        self._upto = newest


def _carried(batch: pa.RecordBatch) -> tuple[Array, Array, Array]:
    """Of each identifier on each event its hash, that of the id that it came with, and the event's number."""
    ids = batch.column("event_id").to_numpy()
    user, device = (keys_of(batch.column(name), _SEED)[0] for name in ("user_id", "anonymous_id"))
    known = np.where(user != 0, user, device)
    sides = [(user, user, ids), (device, known, ids)]
    maps = batch.column("identifiers")
    if maps.null_count < len(maps):
        rows = np.repeat(np.arange(len(maps)), np.diff(maps.offsets.to_numpy()))
        first, last = maps.offsets[0].as_py(), maps.offsets[-1].as_py()
        sides.append((keys_of(maps.items.slice(first, last - first), _SEED)[0], known[rows], ids[rows]))
    keys, seen_with, events = (np.concatenate(side) for side in zip(*sides, strict=True))
    there = keys != 0
    return keys[there], seen_with[there], events[there]
