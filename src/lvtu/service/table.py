"""Times by key that the processes of one server share: copies of a process see the same ones."""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENTRY = struct.Struct("<Qd")
_WAYS = 8
"""Places that a key may take; in the worst case so many keys have them to themselves."""

_ROWS = 4096


class Table:
    """A time for each of some 30,000 keys. Made before a process is copied, it is one for all copies.

    Where there are too many keys, the one whose time comes first is forgotten.

    Example:
        >>> table = Table()
        >>> with table.held():
        ...     table.put("ann", 7.0)
        ...     table.get("ann"), table.get("bob")
        (7.0, 0.0)
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _ROWS * _WAYS * _ENTRY.size)
        self._lock = tempfile.TemporaryFile()  # noqa: SIM115 - for as long as the table lives
        self._guard = threading.Lock()
        self._key = os.urandom(16)

    def __del__(self) -> None:
        self._lock.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep all others out for a block. The system lets go of a process that ends in it."""
        with self._guard:
            fcntl.lockf(self._lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._lock, fcntl.LOCK_UN)

    def get(self, key: str) -> float:
        """The time of a key; 0 if it has none. While it is held."""
        number = self._number(key)
        return next((time for _, known, time in self._row(number) if known == number), 0.0)

    def put(self, key: str, time: float) -> None:
        """Set the time of a key. While it is held."""
        number = self._number(key)
        places = self._row(number)
        place = next((at for at, known, _ in places if known == number), None)
        if place is None:
            place = min(places, key=lambda one: one[2])[0]
        _ENTRY.pack_into(self._memory, place, number, time)

    def _number(self, key: str) -> int:
        text = key.encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(text, key=self._key, digest_size=8).digest(), "little")

    def _row(self, number: int) -> list[tuple[int, int, float]]:
        """Where a key may be: place, key and time of each."""
        first = number % _ROWS * _WAYS * _ENTRY.size
        places = range(first, first + _WAYS * _ENTRY.size, _ENTRY.size)
        return [(at, *_ENTRY.unpack_from(self._memory, at)) for at in places]
