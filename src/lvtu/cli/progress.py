"""Bars for what takes longer than two seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lvtu.core.words import say

PATIENCE = 2.0
"""Seconds before a bar appears."""


class Bar:
    """Progress on stderr, on a terminal only, and only after a while.

    Args:
        source: what is being read, for people.
    """

    def __init__(self, source: str) -> None:
        self._source, self._started = source, time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def move(self, rows: int, share: float | None) -> None:
        """Show how far it is.

        Args:
            rows: read so far.
            share: of the source, 0…1; None if unknown.
        """
        if not self._wanted or time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            self._begin()
        text = (
            say("ingest.building") if share is not None and share >= 1 else say("ingest.reading", source=self._source)
        )
        total = None if share is None else 1.0
        self._bar.update(
            self._task, description=text, completed=share or 0, total=total, rows=say("ingest.rows", rows=rows)
        )

    def _begin(self) -> None:
        from rich.progress import TextColumn

        self._bar = _progress(TextColumn("{task.fields[rows]}"))
        self._task = self._bar.add_task("", total=1.0, rows="")


@contextmanager
def waiting() -> Iterator[None]:
    """A bar that only moves, beside the time, while the block takes longer than a while; on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()

    def show() -> None:
        if done.wait(PATIENCE):
            return
        bar = _progress()
        bar.add_task(say("working"), total=None)
        done.wait()
        bar.stop()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _progress(*more: Any) -> Any:
    """A bar with what is said beside it, begun."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    parts = (TextColumn("{task.description}"), BarColumn(), *more, TimeElapsedColumn())
    bar = Progress(*parts, console=Console(stderr=True), transient=True)
    bar.start()
    return bar
