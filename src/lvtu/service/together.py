"""Work that is done once for all who wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

V = TypeVar("V")


class Together(Generic[V]):
    """Something that is looked up again and again, never by two threads at once.

    Whoever asks while it is being looked up waits for the next look-up, together with all others who do: so each gets
    what was so after they asked, and however many ask, one look-up follows another.

    Example:
        >>> numbers = iter(range(9))
        >>> newest = Together(lambda: next(numbers))
        >>> newest.get(), newest.get()
        (0, 1)
    """

    def __init__(self, look: Callable[[], V]) -> None:
        self._look = look
        self._guard, self._looking = threading.Lock(), threading.Lock()
        self._next: Future[V] | None = None

    def get(self) -> V:
        """What comes of a look that begins after the call."""
        with self._guard:
            turn, first = self._next, self._next is None
            if turn is None:
                turn = self._next = Future()
        if first:
            with self._looking:
                with self._guard:
                    self._next = None  # whoever comes from now on waits for the next look
                try:
                    turn.set_result(self._look())
                except BaseException as error:
                    turn.set_exception(error)
        return turn.result()
