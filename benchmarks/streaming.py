"""How fast this machine streams: summing an array far larger than its caches in two threads, by NumPy or Numba.

No question can be answered faster than its columns can be read, so answers are compared with this speed.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

THREADS = 2
WORDS = 100_000_000


@numba.njit(nogil=True)
def _sum(array: np.ndarray) -> int:
    total = 0
    for i in range(len(array)):
        total += array[i]
    return total


class Stream:
    """An array of 800 MB and the threads that read it."""

    def __init__(self, words: int = WORDS) -> None:
        self.array = np.arange(words, dtype=np.int64)
        self.pool = ThreadPoolExecutor(THREADS)
        _sum(self.array[:8])

    def speed(self) -> float:
        """Bytes per second, the better of the two ways, once."""
        return max(self._speed(_sum), self._speed(np.sum))

    def _speed(self, add) -> float:
        began = time.perf_counter()
        total = sum(int(part) for part in self.pool.map(add, np.array_split(self.array, THREADS)))
        took = time.perf_counter() - began
        assert total == len(self.array) * (len(self.array) - 1) // 2
        return self.array.nbytes / took
