"""Arrays that threads keep between blocks."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from lvtu.store.journeys.columns import Array


class Scratch(threading.local):
    """Arrays that a thread keeps between blocks: asking the system for memory costs more than the merge itself."""

    def __init__(self) -> None:
        self._arrays: dict[tuple[str, Any], Array] = {}

    def __reduce__(self) -> str:
        """Sent by its name, as a module is: every thread everywhere has its own."""
        return "scratch"

    def __call__(self, name: str, size: int, kind: Any) -> Array:
        """An array of at least a size, with whatever its last user left in it."""
        array = self._arrays.get((name, kind))
        if array is None or len(array) < size:
            array = self._arrays[name, kind] = np.empty(max(size, 1024) * 5 // 4, kind)
        return array[:size]


scratch = Scratch()
"""This thread's scratch arrays, by name."""
