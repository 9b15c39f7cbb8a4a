"""The one who compacts, while questions go on being answered from the base and its tail.

The writer's lease is held only for the first and the last step, each a matter of milliseconds: the folder is made
while nobody erases, and the finished generation is published if the one it came from is still the newest. Between
them only the compactor's own lease is held, so that one process works at a time; it dies with its holder, and what a
killed one leaves behind the next one removes.
"""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from lvtu.errors import Busy
from lvtu.store.journeys import compaction
from lvtu.store.journeys.manifest import Manifest
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.lease import Lease

_PARTIAL = ".compacting-"
_PAUSE = 0.2

Newest = Callable[[Manifest], bool]
"""Whether a generation is the published one and may go on."""

Publish = Callable[[Path, Manifest], None]
"""Moves a folder into its place and publishes its manifest."""


class GivenUp(Exception):
    """The compaction was not finished, and nothing is left of it."""


class Compactor:
    """Compacts in a thread of its own, or in the caller's.

    Args:
        journeys: the folder of the journeys.
        lease: the writer's lease.
        own: the compactor's.
        newest: whether a generation is still the newest. Called under the writer's lease.
        publish: called under the writer's lease.
    """

    def __init__(self, journeys: Path, lease: Lease, own: Lease, newest: Newest, publish: Publish) -> None:
        self._journeys, self._lease, self._own = journeys, lease, own
        self._newest, self._publish = newest, publish
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._tried = ""
        self.trouble: BaseException | None = None
        """Why the last one in the background was given up."""

    def begin(self, snapshot: Snapshot) -> None:
        """Compact a snapshot in the background, unless that is being done or was just tried in vain."""
        if self._closing.is_set() or self._tried == snapshot.token or self.running:
            return
        self._tried = snapshot.token
        self._thread = threading.Thread(target=self._run, args=(snapshot,), name="lvtu-compact")
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether a compaction goes on in the background of this process."""
        return self._thread is not None and self._thread.is_alive()

    def join(self) -> None:
        """Wait for the compaction in the background to end."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Give up what goes on in the background; returns when nothing is left of it."""
        self._closing.set()
        self.join()
        self._closing.clear()
        self._thread = None

    def compact(self, snapshot: Snapshot, patience: float) -> None:
        """Compact a snapshot here and now.

        Args:
            snapshot: a generation with its tail.
            patience: seconds to wait for another process that compacts.

        Raises:
            GivenUp: the generation is not the newest any more.
            Busy: another process compacts.
        """
        self._compact(snapshot, patience, lambda: None)

    def sweep(self) -> None:
        """Remove what killed compactions have left, unless one is going on."""
        if any(self._journeys.glob(_PARTIAL + "*")):
            with suppress(Busy), self._own.hold(timeout=0):
                self._sweep()

    def _run(self, snapshot: Snapshot) -> None:
        self.trouble = None
        try:
            self._compact(snapshot, 0.0, self._check)
        except BaseException as error:  # questions go on without it, and the next commit brings another try
            self.trouble = error

    def _check(self) -> None:
        if self._closing.is_set() or not threading.main_thread().is_alive():
            raise GivenUp

    def _compact(self, snapshot: Snapshot, patience: float, check: compaction.Check) -> None:
        with self._own.hold(timeout=patience):
            self._sweep()
            place = self._journeys / f"{_PARTIAL}{uuid.uuid4().hex[:12]}"
            self._make(place, snapshot, check)
            try:
                manifest = compaction.compact(snapshot, place, check)
                with self._writing(check):
                    self._make_sure(snapshot)
                    self._publish(place, manifest)
            finally:
                shutil.rmtree(place, ignore_errors=True)

    def _make(self, place: Path, snapshot: Snapshot, check: compaction.Check) -> None:
        """Make the folder. An erasure removes all that are there; after it none is made from what was before."""
        with self._writing(check):
            self._make_sure(snapshot)
            place.mkdir()

    def _make_sure(self, snapshot: Snapshot) -> None:
        if not self._newest(snapshot.manifest):
            raise GivenUp

    def _sweep(self) -> None:
        for folder in self._journeys.glob(_PARTIAL + "*"):
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writing(self, check: compaction.Check) -> Iterator[None]:
        """Hold the writer's lease; whoever waits for it can still be stopped."""
        with ExitStack() as held:
            while True:
                check()
                with suppress(Busy):
                    held.enter_context(self._lease.hold(timeout=_PAUSE))
                    break
            yield


def partial_folders(journeys: Path) -> list[Path]:
    """The folders of compactions that are not finished."""
    return list(journeys.glob(_PARTIAL + "*"))
