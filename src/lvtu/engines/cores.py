"""Who may compute now: the cores of one machine, handed out first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Cores:
    """The cores of one machine.

    A question asked alone gets all of them; of several asked at once each gets one, and later ones wait their turn.
    Were all let loose together, eight clients' threads would take the cores from each other in mid-block: a quarter
    more work, and the shortest questions as late as the longest.

    Args:
        count: how many there are.

    Example:
        >>> cores = Cores(2)
        >>> with cores.taken() as mine:
        ...     mine
        2
    """

    def __init__(self, count: int) -> None:
        self._lock = threading.Lock()
        self._free = count
        self._waiting: deque[_Turn] = deque()

    @contextmanager
    def taken(self) -> Iterator[int]:
        """Wait for a turn; gives how many cores it comes with."""
        turn = _Turn()
        with self._lock:
            self._waiting.append(turn)
            self._hand_out()
        turn.come.wait()
        try:
            yield turn.cores
        finally:
            with self._lock:
                self._free += turn.cores
                self._hand_out()

    def _hand_out(self) -> None:
        while self._free and self._waiting:
            turn = self._waiting.popleft()
            turn.cores = 1 if self._waiting else self._free
            self._free -= turn.cores
            turn.come.set()


class _Turn:
    """One question's place in the queue."""

    def __init__(self) -> None:
        self.cores = 0
        self.come = threading.Event()
