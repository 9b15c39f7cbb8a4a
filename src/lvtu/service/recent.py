"""Figures of the newest snapshot: worked out once for all who ask, of a large workspace told for some seconds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from lvtu.service.analyses.answers import Once
from lvtu.service.jobs import Jobs
from lvtu.service.together import Together
from lvtu.workspace import Workspace

LARGE = 1_000_000
"""From so many events on figures may be `FRESH` seconds old; those of smaller workspaces are counted in no time."""

FRESH = 10.0
"""Seconds for which the figures of a large workspace are told before they are counted anew."""

OLDEST = 60.0
"""Figures that are older than this many seconds are not told any more: whoever asks waits for new ones."""

KEPT = 32
"""Figures that are kept, those asked last."""

V = TypeVar("V")


@dataclass
class _Told(Generic[V]):
    """Figures that may be told for a while.

    Attributes:
        found: they.
        since: when their snapshot was asked for, on the clock of `time.monotonic`.
        folder: of the snapshot's generation.
        counting: whether newer ones are being counted.
    """

    found: V
    since: float
    folder: Path
    counting: bool = False


class Recent(Generic[V]):
    """Figures of one workspace by what was asked for; threads may share them.

    While events come in, each moment has a snapshot of its own. Of a large workspace figures are therefore told for
    some seconds after they were counted, and counted anew beside that: nobody waits for them who has seen them lately.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        what: they are called there.
        large: from so many events on figures may be `FRESH` seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, what: str, large: int = LARGE) -> None:
        self._jobs, self._what, self._large = jobs, what, large
        self._newest = Together(workspace.snapshot)
        self._counted: Once[V] = Once(KEPT)
        self._guard = threading.Lock()
        self._lately: OrderedDict[Hashable, _Told[V]] = OrderedDict()

    def get(self, key: Hashable, count: Callable[[], V]) -> V:
        """The figures of a key, counted if nobody did so lately.

        Args:
            key: what is asked for, and the version of the documents by which it is understood.
            count: on the newest snapshot.
        """
        found = self._known(key, count)
        return self._count(key, count) if found is None else found

    def _known(self, key: Hashable, count: Callable[[], V]) -> V | None:
        """What was counted lately, if that may still be told; where it is old, it is counted anew beside that."""
        with self._guard:
            told = self._lately.get(key)
            if told is None or not told.folder.is_dir():  # an erasure takes the folder away
                return None
            age = time.monotonic() - told.since
            if age > OLDEST:
                return None
            counts, told.counting = age > FRESH and not told.counting, told.counting or age > FRESH
        if counts:
            self._jobs.start(self._what, lambda _: self._again(key, count, told))
        return told.found

    def _again(self, key: Hashable, count: Callable[[], V], told: _Told[V]) -> None:
        try:
            self._count(key, count)
        finally:
            told.counting = False

    def _count(self, key: Hashable, count: Callable[[], V]) -> V:
        """Count, unless that was done on the newest snapshot; large workspaces may tell it for a while."""
        since, snapshot = time.monotonic(), self._newest.get()
        found = self._counted.get((key, snapshot.token), count)
        if snapshot.manifest.rows >= self._large:
            with self._guard:
                self._lately[key] = _Told(found, since, snapshot.folder)
                self._lately.move_to_end(key)
                while len(self._lately) > KEPT:
                    self._lately.popitem(last=False)
        return found
