"""Side views: generations built beside the published one for whoever asks, which go when nobody reads them any more."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from lvtu.store import files
from lvtu.store.config import Layout
from lvtu.store.journeys.arrivals import Stitch
from lvtu.store.journeys.build import MessageIds, build
from lvtu.store.journeys.manifest import Manifest
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.lake import Lake
from lvtu.store.lease import ReaderLeases

_NUMBERS = 1 << 53


class Asides:
    """The side views of one workspace, in a folder of their own: no reader of the journeys meets them.

    A side view is numbered by chance, so that two processes never mean the same folder, and locked before the folder
    is made, so that whoever sweeps spares it. They are never synced: after a restart nobody holds one, and they go.

    Args:
        layout: where things lie.
    """

    def __init__(self, layout: Layout) -> None:
        self.folder = layout.journeys / "aside"
        self._readers = ReaderLeases(layout.readers / "aside")

    def build(self, lake: Lake, stitch: Stitch, seed: int, message_ids: MessageIds) -> Snapshot:
        """Time lines of all that is in the lake, with whose they are by `stitch`. Under the writer's lease.

        Without the lease an erasure might be finished while the erased rows are still being written here.
        """
        self.sweep()
        number = 1 + secrets.randbelow(_NUMBERS)
        hold = self._readers.acquire(number)
        place = files.make_folder(self.folder / str(number))
        manifest = build(lake, place, stitch, seed, message_ids, Manifest(generation=number - 1))
        snapshot = Snapshot(lake, place, manifest)
        snapshot.hold = hold
        return snapshot

    def sweep(self) -> None:
        """Remove the side views that nobody reads."""
        if not self.folder.is_dir():
            return
        there = self.places()  # listed before the locks are looked at: one that is made meanwhile is not in the list
        held = self._readers.held()
        for place in there:
            if int(place.name) not in held:
                shutil.rmtree(place, ignore_errors=True)

    def places(self) -> list[Path]:
        """The folders of all side views."""
        return [path for path in self.folder.glob("[0-9]*") if path.is_dir()]
