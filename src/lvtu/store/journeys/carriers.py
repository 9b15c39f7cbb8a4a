"""Which event carries an identifier: an index in memory, for who looks customers up again and again."""

from __future__ import annotations

import threading

import numpy as np
import pyarrow as pa

from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import keys_of
from lvtu.store.lake import Lake

_COLUMNS = ("event_id", "user_id", "anonymous_id", "identifiers")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SEED = 7


class Carriers:
    """By the hash of an identifier of any kind, an event for each id that it was seen with.

    It holds hashes and the numbers of events, and follows the lake: what is new is read when somebody asks.

    Args:
        lake: the event log.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._lock = threading.Lock()
        self._upto, self._erased = -1, -1
        self._keys = self._pairs = np.empty(0, np.uint64)
        self._events = np.empty(0, np.int64)

    def of(self, identifier: str, erased: int) -> Array:
        """The numbers of some events that carry an identifier, one for each id that it was seen with.

        Args:
            identifier: of any kind.
            erased: the commit of the last erasure: after another one everything is read anew.
        """
        with self._lock:
            self._follow(erased)
            key = keys_of(pa.array([identifier]), _SEED)[0][0]
            low, high = np.searchsorted(self._keys, key, side="left"), np.searchsorted(self._keys, key, side="right")
            found: Array = self._events[low:high].copy()
            return found

    def _follow(self, erased: int) -> None:
        newest = self._lake.version
        if erased != self._erased:
            self._upto, self._erased = -1, erased
            self._keys = self._pairs = np.empty(0, np.uint64)
            self._events = np.empty(0, np.int64)
        if newest == self._upto:
            return
        fresh = self._lake.read(_COLUMNS, after_commit=self._upto, upto_commit=newest)
        parts = [(self._keys, self._pairs, self._events), *(_once(*_carried(batch)) for batch in fresh)]
        keys, pairs, events = (np.concatenate(side) for side in zip(*parts, strict=True))
        keys, pairs, events = _once(keys, pairs, events)
        order = np.argsort(keys, kind="stable")
        self._keys, self._pairs, self._events, self._upto = keys[order], pairs[order], events[order], newest


def _once(keys: Array, pairs: Array, events: Array) -> tuple[Array, Array, Array]:
    first = np.unique(pairs, return_index=True)[1]
    return keys[first], pairs[first], events[first]


def _carried(batch: pa.RecordBatch) -> tuple[Array, Array, Array]:
    """Of each identifier on each event its hash, that with the id it came with, and the event's number."""
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
    pairs = (keys * _MIX ^ seen_with)[there]
    return keys[there], pairs, events[there]
