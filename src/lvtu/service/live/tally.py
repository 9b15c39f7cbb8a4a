"""How many events came in, second by second, by source and event."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from lvtu.service.arrivals.groups import Door
from lvtu.service.live.schemas import Arrivals, Arriving
from lvtu.store.inbox import Clock, Violation

SECONDS = 60
"""How far back it is remembered."""

_LISTED = 20


class Tally:
    """Counts what was put on disk in the last minute; threads may share it.

    Args:
        clock: the time in seconds.

    Example:
        >>> now = [100.0]
        >>> tally = Tally(lambda: now[0])
        >>> tally.add(pa.table({"source": ["shop", "shop"], "event": ["Paid", "Seen"]}))
        >>> now[0] += 1
        >>> tally.told().last_second, tally.told().last_minute
        (2, 2)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seconds: deque[tuple[int, Counter[tuple[str | None, str]]]] = deque()

    def add(self, records: pa.Table) -> None:
        """Count some records."""
        counted = records.group_by(["source", "event"]).aggregate([([], "count_all")]).to_pydict()
        found = Counter(dict(zip(zip(counted["source"], counted["event"], strict=True), counted["count_all"],
                                 strict=True)))  # fmt: skip
        second = int(self._clock())
        with self._lock:
            self._forget(second)
            if self._seconds and self._seconds[-1][0] == second:
                self._seconds[-1][1].update(found)
            else:
                self._seconds.append((second, found))

    def told(self) -> Arrivals:
        """The last full second and the last minute; of the minute the most frequent sources and events."""
        second = int(self._clock())
        with self._lock:
            self._forget(second)
            whole: Counter[tuple[str | None, str]] = Counter()
            for _, counts in self._seconds:
                whole.update(counts)
            last = sum(sum(counts.values()) for at, counts in self._seconds if at == second - 1)
        by = [Arriving(source=source, event=event, last_minute=n) for (source, event), n in whole.most_common(_LISTED)]
        return Arrivals(last_second=last, last_minute=whole.total(), by=by)

    def _forget(self, second: int) -> None:
        while self._seconds and self._seconds[0][0] <= second - SECONDS:
            self._seconds.popleft()


class Counting:
    """A door that counts what goes through it.

    Args:
        door: it.
        tally: counts.
    """

    def __init__(self, door: Door, tally: Tally) -> None:
        self._door, self._tally = door, tally

    def receive(
        self,
        records: pa.Table,
        refused: Sequence[Mapping[str, Any]],
        clocks: Sequence[Clock],
        violations: Sequence[Violation],
    ) -> None:
        """Put what arrived on disk, and count it."""
        self._door.receive(records, refused, clocks, violations)
        if records.num_rows:
            self._tally.add(records)

    def flush(self) -> None:
        """Move what is on disk to the lake."""
        self._door.flush()

    def drop_clocks(self, before: int, most: int) -> None:
        """Drop the clocks of devices that were not heard since a time (µs), and all but `most`."""
        self._door.drop_clocks(before, most)
