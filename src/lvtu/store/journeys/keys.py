"""Identifiers as 128-bit keys, and the tables that give each distinct key a small integer."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa

from lvtu.kernels.hashing import hash_strings
from lvtu.kernels.interning import find, intern, rehash
from lvtu.store.journeys.columns import Array, open_array, string_parts, write_column

ANONYMOUS_KEY = np.uint64(0xA5A5A5A5A5A5A5A5)
"""By what the low half of a customer's key differs where an anonymous id is the customer: a user may have its text."""

CROWD = 10
"""An identifier that touches more users than this says nothing about who is who."""

_FILES = ("slots", "hi", "lo", "first_time")


def seed_of(workspace: str, kind: str) -> int:
    """The seed under which one kind of identifier is hashed in one workspace."""
    return int.from_bytes(hashlib.blake2b(f"{workspace}/{kind}".encode(), digest_size=8).digest(), "little")


def keys_of(values: pa.Array | pa.ChunkedArray, seed: int) -> tuple[Array, Array]:
    """The keys (hi, lo) of strings; a missing or empty string has the key (0, 0)."""
    if isinstance(values, pa.ChunkedArray):
        parts = [keys_of(chunk, seed) for chunk in values.chunks]
        empty = np.empty(0, np.uint64)
        return (np.concatenate([p[0] for p in parts] or [empty]), np.concatenate([p[1] for p in parts] or [empty]))
    offsets, data, valid = string_parts(values)
    hi, lo = np.empty(len(values), np.uint64), np.empty(len(values), np.uint64)
    hash_strings(offsets, data, valid, np.uint64(seed), hi, lo)
    return hi, lo


class KeyTable:
    """Distinct keys in the order in which they were first met, with the earliest time of each.

    Attributes:
        known: how many keys.
        hi, lo: their keys (first ``known`` entries).
        first_time: the earliest time seen, µs.
        first_row: the row at which each came first in this build (not kept on disk).
    """

    def __init__(self, expected: int = 1024) -> None:
        self.known = 0
        self._slots = np.full(_power_of_two(2 * expected), -1, np.int32)
        room = len(self._slots) // 2
        self.hi, self.lo = np.empty(room, np.uint64), np.empty(room, np.uint64)
        self.first_time, self.first_row = np.empty(room, np.int64), np.empty(room, np.int64)

    def add(self, hi: Array, lo: Array, times: Array, first_row: int) -> Array:
        """The index of every key (int32, -1 for missing), adding those not met before."""
        self._make_room(len(hi))
        out = np.empty(len(hi), np.int32)
        self.known = intern(
            hi, lo, times, first_row, self._slots, self.hi, self.lo, self.first_time, self.first_row, self.known, out
        )
        return out

    def find(self, hi: Array, lo: Array) -> Array:
        """The index of every key, -1 where it is unknown."""
        out = np.empty(len(hi), np.int32)
        find(hi, lo, self._slots, self.hi, self.lo, out)
        return out

    def copy(self) -> KeyTable:
        """A table of the same keys that can grow."""
        table = KeyTable(self.known)
        for name in ("hi", "lo", "first_time"):
            getattr(table, name)[: self.known] = getattr(self, name)
        table.known = self.known
        rehash(table.hi, table.known, table._slots)
        return table

    def save(self, folder: Path, name: str) -> None:
        """Write the table as four columns ``<name>.<part>.arrow``."""
        parts = (self._slots, self.hi[: self.known], self.lo[: self.known], self.first_time[: self.known])
        for part, values in zip(_FILES, parts, strict=True):
            write_column(folder / f"{name}.{part}.arrow", values)

    @classmethod
    def load(cls, folder: Path, name: str) -> KeyTable:
        """Map a saved table; it can be searched, and grows only in a copy."""
        table = cls.__new__(cls)
        table._slots, table.hi, table.lo, table.first_time = (
            open_array(folder / f"{name}.{part}.arrow") for part in _FILES
        )
        table.known = len(table.hi)
        table.first_row = np.empty(0, np.int64)
        return table

    def _make_room(self, more: int) -> None:
        """Grow so that the table stays at most half full however many of ``more`` keys are new."""
        needed = _power_of_two(2 * (self.known + more))
        # a batch rarely holds only new keys: grow for what is known, and for the batch only once it matters
        if needed <= len(self._slots):
            return
        self._slots = np.full(needed, -1, np.int32)
        rehash(self.hi, self.known, self._slots)
        for name in ("hi", "lo", "first_time", "first_row"):
            old = getattr(self, name)
            grown = np.empty(needed // 2, old.dtype)
            grown[: self.known] = old[: self.known]
            setattr(self, name, grown)


def _power_of_two(at_least: int) -> int:
    return 1 << max(at_least - 1, 15).bit_length()
