"""Keeping the journeys true to the lake: building, catching up, cleaning up."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lvtu.errors import Corrupt
from lvtu.store import files
from lvtu.store.config import Layout
from lvtu.store.journeys import durable
from lvtu.store.journeys import manifest as manifests
from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, Stitch, gather_arrivals
from lvtu.store.journeys.asides import Asides
from lvtu.store.journeys.build import build
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.manifest import Manifest
from lvtu.store.journeys.owners import Known, NeedsRebuild, own
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.journeys.tail import Tail
from lvtu.store.lake import Lake
from lvtu.store.lease import Hold, Lease, ReaderLeases

LARGEST_TAIL = 0.05
"""The tail is built into the journeys when it grows beyond this share of them."""

SMALLEST_TAIL = 20_000
"""Smaller tails are kept as they are, whatever the base."""

PATIENCE = 600.0
"""Seconds to wait for another process that writes."""

_TROUBLES = 3


class Keeper:
    """The journeys of one workspace.

    Args:
        layout: where things lie.
        lake: the event log.
        lease: the writer's lease.
        seed: the workspace's seed for identifiers.
        stitch: makes the function that says who is who, from what is stored now.
        identity: the version of what is stored about who is who.
        joins: the kinds of identifier that join by rule.
    """

    def __init__(
        self, layout: Layout, lake: Lake, lease: Lease, seed: int, stitch: Callable[[], Stitch],
        identity: Callable[[], int], joins: Callable[[], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self._layout, self._lake, self._lease, self._seed = layout, lake, lease, seed
        self._stitch, self._identity, self._joins = stitch, identity, joins
        self._readers = ReaderLeases(layout.readers)
        self._asides = Asides(layout)
        self._lock = threading.RLock()
        self._current: Snapshot | None = None
        self._hold: Hold | None = None
        self._seen = -1
        self._syncing: threading.Thread | None = None
        self._tail_batches: tuple[tuple[int, int], list[pa.RecordBatch]] = ((0, -1), [])

    def snapshot(self) -> Snapshot:
        """The newest snapshot, with every commit made before the call; builds what is missing first.

        Whoever holds both takes the lease before the lock; so a build is begun with neither.
        """
        troubles = 0
        while True:
            with self._lock:
                try:
                    return self._newest()
                except NeedsRebuild:
                    pass
                except Exception as error:
                    troubles += 1
                    if troubles > _TROUBLES or not _vanished(error):
                        raise
                seen = self._seen
            built = self._built_unless_newer(seen)
            if built is not None:
                return built

    def rebuild(self) -> Manifest:
        """Build the journeys anew from the whole lake."""
        with self._lease.hold(timeout=PATIENCE), self._lock:
            return self._build(manifests.load(self._layout.journeys))

    def aside(self, stitch: Stitch) -> Snapshot:
        """All time lines of now, whose they are by `stitch`: built beside the published ones, gone with its reader."""
        with self._lease.hold(timeout=PATIENCE), self._lock:
            self._lake.recover()
            return self._asides.build(self._lake, stitch, self._seed, self._message_ids)

    def close(self) -> None:
        """Let go of the generation in use, and see that it is on disk."""
        with self._lock:
            self._asides.sweep()
            self._current, self._hold = None, None
            self._tail_batches = ((0, -1), [])
            if self._syncing is not None:
                self._syncing.join()
                self._syncing = None

    def drop(self) -> None:
        """Remove all generations at once, whoever reads them: their mappings stay, their names go. Under the lease.

        The numbers of generations go on, so that no process takes a later one for one it knew.
        """
        with self._lock:
            self.close()
            journeys = files.make_folder(self._layout.journeys)
            before = manifests.load(journeys) or Manifest()
            number = max([before.generation, *(int(folder.name) for folder in self._generations())])
            Manifest(generation=number, identity=-1).save(journeys)
            # renamed first: a column being made there finds no place any more
            for folder in (*self._generations(), *self._asides.places()):
                folder.rename(journeys / f".{folder.name}.{uuid.uuid4().hex[:8]}.gone")
            for folder in journeys.glob(".*.gone"):
                _remove(folder)
            files.remove_leftovers(journeys)
            files.disk.sync_dir(journeys)

    def _newest(self) -> Snapshot:
        now = self._current
        if now is not None and now.commit == self._lake.version and self._published(now.manifest):
            return now
        manifest = self._held()
        newest = self._lake.version
        if manifest is None or not self._usable(manifest) or manifest.commit > newest:
            raise NeedsRebuild
        tail = None if manifest.commit == newest else self._tail(manifest, newest)
        self._current = self._snapshot(manifest, tail)
        return self._current

    def _held(self) -> Manifest | None:
        """The published generation; it stays for as long as the hold does."""
        self._seen = -1
        while True:
            manifest = manifests.load(self._layout.journeys)
            if manifest is None:
                return None
            if self._seen == manifest.generation:
                return manifest
            self._hold = self._readers.acquire(manifest.generation)
            self._seen = manifest.generation  # it may have been replaced before we held it: look again

    def _published(self, manifest: Manifest) -> bool:
        return manifest.identity == self._identity() and manifest.folder(self._layout.journeys).is_dir()

    def _usable(self, manifest: Manifest) -> bool:
        return self._published(manifest) and manifest.boot == durable.boot()

    def _built_unless_newer(self, seen: int) -> Snapshot | None:
        """Build, unless another process has published a usable generation since `seen` was looked at."""
        with self._lease.hold(timeout=PATIENCE), self._lock:
            self._lake.recover()
            before = manifests.load(self._layout.journeys)
            if before is not None and self._published(before) and before.generation != seen and self._usable(before):
                return None
            if before is not None and self._survived(before):
                return None
            manifest = self._build(before)
            self._held()
            self._current = self._snapshot(manifest, None)
            return self._current

    def _survived(self, manifest: Manifest) -> bool:
        """Whether the machine was restarted after the generation was on disk; it is trusted again then."""
        folder = manifest.folder(self._layout.journeys)
        if manifest.boot == durable.boot() or not self._published(manifest) or not durable.is_synced(folder):
            return False
        durable.remove_unsynced(folder)
        replace(manifest, boot=durable.boot()).save(self._layout.journeys)
        return True

    def _build(self, before: Manifest | None) -> Manifest:
        journeys = files.make_folder(self._layout.journeys)
        built = build(self._lake, journeys, self._stitch(), self._seed, self._message_ids, before, self._identity())
        self._current = None
        self._clean(built)
        if self._syncing is not None:
            self._syncing.join()
        self._syncing = durable.sync_later(built.folder(journeys))
        return built

    def _snapshot(self, manifest: Manifest, tail: Tail | None) -> Snapshot:
        snapshot = Snapshot(self._lake, self._layout.journeys, manifest, tail)
        snapshot.hold = self._hold
        if tail is not None:
            snapshot.base = tail.buckets
            for block in tail.buckets:
                block.belongs_to(snapshot)
        return snapshot

    def _tail(self, manifest: Manifest, newest: int) -> Tail:
        batches = self._fresh(manifest, newest)
        rows = sum(batch.num_rows for batch in batches)
        if rows > max(SMALLEST_TAIL, LARGEST_TAIL * manifest.rows):
            raise NeedsRebuild
        plain = Snapshot(self._lake, self._layout.journeys, manifest)
        arrivals = gather_arrivals(batches, self._seed, manifest.events, manifest.channels)
        owners = own(arrivals, Known(plain.folder, manifest), self._joins(), plain.base)
        return Tail(newest, arrivals, owners, plain.base, self._message_ids)

    def _fresh(self, manifest: Manifest, newest: int) -> list[pa.RecordBatch]:
        """The lake's rows behind the base; those read before are kept."""
        (generation, upto), batches = self._tail_batches
        if generation != manifest.generation:
            upto, batches = manifest.commit, []
        more = self._lake.read(COLUMNS, dictionary=DICTIONARY, after_commit=upto, upto_commit=newest)
        batches = [*batches, *more]
        self._tail_batches = ((manifest.generation, newest), batches)
        return batches

    def _clean(self, current: Manifest) -> None:
        """Remove generations that nobody reads any more."""
        self._asides.sweep()
        held = self._readers.held()
        for folder in self._generations():
            if int(folder.name) != current.generation and int(folder.name) not in held:
                shutil.rmtree(folder, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [path for path in self._layout.journeys.glob("[0-9]*") if path.is_dir()]

    def _message_ids(self, event_ids: Array) -> pa.Array:
        """The message ids of some events, in the order given."""
        found: pa.Array = self._lake.take(event_ids, ["message_id"])["message_id"].combine_chunks()
        return found


def _vanished(error: Exception) -> bool:
    """Whether it may come of files that an erasure or a build in another process has replaced under our hands."""
    from deltalake.exceptions import DeltaError

    return isinstance(error, Corrupt | OSError | DeltaError)


def _remove(folder: Path) -> None:
    """Remove a folder into which others may still be writing."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)
    shutil.rmtree(folder)
