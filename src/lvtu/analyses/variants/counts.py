"""How often each path occurs, however many there are: what variants are counted in."""

from __future__ import annotations

import numpy as np

from lvtu.analyses.scratch import scratch
from lvtu.kernels.variants import MOST_PLACES, part_keys, see_keys, tally_keys
from lvtu.store.journeys.columns import Array

_WAITING = 1 << 22
"""Keys that may wait to be counted, beside as many as are known to differ."""

_BITS = 8
"""For each key: so few share theirs with another that a table for those costs little."""

_NO_KEYS: Array = np.empty((0, 2), np.uint64)
_NO_TIMES: Array = np.empty(0, np.int64)


class PathCounts:
    """How often each path occurs.

    What is added waits, and is counted when somebody asks: most paths of a whole time line are nobody else's, and which
    ones those are is seen by a bit for each. One table for all of them took four times as long.

    Attributes:
        outside: units without the start or the end.
        cut: units whose path is longer than is compared.
    """

    def __init__(self) -> None:
        self.outside = self.cut = 0
        self._once: list[Array] = []  # keys of paths that occur once, once they are counted
        self._repeated, self._times = _NO_KEYS, _NO_TIMES  # keys of others, and how often
        self._waiting = 0  # keys that are not counted yet

    @property
    def once(self) -> int:
        """How many paths occur once."""
        self._count()
        return self._all_once

    @property
    def variants(self) -> int:
        """How many distinct paths there are."""
        return self.once + len(self._times)

    @property
    def units(self) -> int:
        """How many units have a path."""
        return self.once + int(self._times.sum())

    def add(self, keys: Array) -> None:
        """Count some paths, each once; a key (0, 0) is left out. The array is not to be changed afterwards."""
        self._once.append(keys)
        self._waiting += len(keys)
        if self._waiting > _WAITING + self._all_once - self._waiting:
            self._count()

    def merge(self, other: PathCounts) -> None:
        """Add what another has counted."""
        self._once = self._once + other._once
        self._repeated = np.concatenate([self._repeated, other._repeated])
        self._times = np.concatenate([self._times, other._times])
        self._waiting = self._all_once + len(self._times)
        self.outside += other.outside
        self.cut += other.cut

    def tied(self, times: int) -> int:
        """How many paths occur so often."""
        return self.once if times == 1 else int((self._times == times).sum())

    def most_frequent(self, top: int) -> tuple[Array, Array]:
        """The keys of the most frequent paths, (paths, 2), and how often each occurs.

        Of equally frequent ones always the same, whatever came first.
        """
        self._count()
        keys, times = self._repeated, self._times
        if len(times) < top:  # seldom: then some of the others are among them
            keys, times = self.counted()
        if len(times) > top:
            some = times >= np.partition(times, len(times) - top)[len(times) - top]
            keys, times = keys[some], times[some]
        order = np.lexsort((keys[:, 1], keys[:, 0], -times))[:top]
        return keys[order], times[order]

    def counted(self) -> tuple[Array, Array]:
        """The keys of all paths, (paths, 2), in any order, and how often each occurs."""
        self._count()
        return (
            np.concatenate([self._repeated, *self._once]),
            np.concatenate([self._times, np.ones(self._all_once, np.int64)]),
        )

    @property
    def _all_once(self) -> int:
        return sum(map(len, self._once))

    def _count(self) -> None:
        """Tell the distinct paths apart."""
        if not self._waiting:
            return
        size, parts = self._all_once + len(self._times), [*self._once, self._repeated]
        seen, again = np.zeros((2, 1 << (size * _BITS // 64).bit_length()), np.uint64)
        for part in parts:
            see_keys(part, seen, again)
        once, upto = np.empty((self._all_once + 1, 2), np.uint64), np.zeros(2, np.int64)
        repeated = scratch("path_repeated", 2 * size + 2, np.uint64).reshape(size + 1, 2)
        upto[1] = len(self._times)
        repeated[: upto[1]] = self._repeated
        for part in self._once:
            part_keys(part, again, once, repeated, upto)
        alone, others = upto.tolist()
        slots = np.zeros(4 << others.bit_length(), np.uint32)
        known, times = np.empty((others, 2), np.uint64), np.empty(others, np.int64)
        used = tally_keys(repeated[:others], self._times, slots, known, times) or 0
        known, times = known[:used], times[:used]
        single = times == 1  # its bit was another's too
        self._once = [once[:alone], known[single]]
        self._repeated, self._times = known[~single], times[~single]
        self._waiting = 0

    def __getstate__(self) -> tuple[Array, Array, Array, int, int]:
        """What travels: the distinct paths alone."""
        self._count()
        return np.concatenate([_NO_KEYS, *self._once]), self._repeated, self._times, self.outside, self.cut

    def __setstate__(self, state: tuple[Array, Array, Array, int, int]) -> None:
        self.__init__()  # type: ignore[misc]
        once, self._repeated, self._times, self.outside, self.cut = state
        self._once = [once]


def places_of(keys: Array) -> Array:
    """The number of places of some paths, `MOST_PLACES` for more."""
    return (keys[:, 1] & np.uint64(MOST_PLACES)).astype(np.int64)
