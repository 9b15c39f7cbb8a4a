"""How much each write key may send."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from lvtu.service.limits import Buckets, Rate
from lvtu.service.problems import TooMany
from lvtu.service.table import Table

_SAVED = 10
"""Seconds of silence that a key may make up for at once."""


class Rates:
    """A bucket for each key, which fills by the second.

    Args:
        each: messages a second; 0 for any number.
        clock: tells seconds.
        table: of all the server's processes: they share the buckets.

    Attributes:
        each: messages a second.

    Example:
        >>> now = [0.0]
        >>> rates = Rates(5, clock=lambda: now[0])
        >>> rates.take("key", 50), rates.take("other", 1)
        (None, None)
        >>> rates.take("key", 10)
        Traceback (most recent call last):
            ...
        lvtu.service.problems.TooMany: this key may send 5 messages a second; it may again in 2 s
        >>> now[0] = 2.0
        >>> rates.take("key", 10)
    """

    def __init__(self, each: int, clock: Callable[[], float] = time.monotonic, table: Table | None = None) -> None:
        self.each = each
        self._buckets = Buckets(Rate(_SAVED * each, 1 / each), clock, table, "key ") if each else None

    def take(self, key: str, messages: int) -> None:
        """Let a key send messages.

        A request larger than the bucket passes when the bucket is full, and is made up for afterwards.

        Raises:
            TooMany: it has to wait, and for how long.
        """
        if self._buckets and (wait := self._buckets.take(key, messages)):
            raise TooMany("too_many_events", rate=self.each, seconds=math.ceil(wait))
