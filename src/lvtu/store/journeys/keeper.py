"""Keeping the journeys true to the lake: building, catching up, cleaning up."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lvtu.errors import Busy, Corrupt
from lvtu.store import files
from lvtu.store.config import Layout
from lvtu.store.journeys import durable
from lvtu.store.journeys import manifest as manifests
from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, Arrivals, Stitch, gather_arrivals
from lvtu.store.journeys.asides import Asides
from lvtu.store.journeys.behind import Behind
from lvtu.store.journeys.build import Write, build
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.compactor import Compactor, GivenUp, partial_folders
from lvtu.store.journeys.derived import Readings
from lvtu.store.journeys.manifest import Manifest
from lvtu.store.journeys.owners import own
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.journeys.tail import Tail
from lvtu.store.journeys.who import Known, NeedsRebuild
from lvtu.store.lake import Lake, NotInLake
from lvtu.store.lease import Hold, Lease, ReaderLeases

LARGE_TAIL = 0.05
"""The tail is built into the journeys, beside the questions, when it grows beyond this share of them."""

LARGEST_TAIL = 0.25
"""Beyond this share a question waits for that."""

MERGED_TAIL = 0.5
"""Beyond this share the journeys are built anew instead."""

SMALLEST_TAIL = 20_000
"""Smaller tails are kept as they are, whatever the base."""

PATIENCE = 600.0
"""Seconds to wait for another process that writes."""

_TROUBLES = 3


class LongTail(Exception):
    """There is too much behind the base to be merged for each question."""


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
        readings: how texts are read, by edition.
        edition: the one that counts now.
    """

    def __init__(
        self, layout: Layout, lake: Lake, lease: Lease, seed: int, stitch: Callable[[], Stitch],
        identity: Callable[[], int], joins: Callable[[], tuple[str, ...]], readings: Callable[[str], Readings],
        edition: Callable[[], str],
    ) -> None:  # fmt: skip
        self._layout, self._lake, self._lease, self._seed = layout, lake, lease, seed
        self._stitch, self._identity, self._joins = stitch, identity, joins
        self._readings, self._edition = readings, edition
        self._readers = ReaderLeases(layout.readers)
        self._asides = Asides(layout)
        self._lock = threading.RLock()
        self._current: Snapshot | None = None
        self._hold: Hold | None = None
        self._seen = -1
        self._syncing: threading.Thread | None = None
        self._tail_batches: tuple[tuple[int, int], list[pa.RecordBatch]] = ((0, -1), [])
        self._known: tuple[int, Known] | None = None
        self._behind: tuple[int, Behind] | None = None
        self._stamp: tuple[int, int] | None = None
        self.compactor = Compactor(layout.journeys, lease, Lease(layout.compactor), self._goes_on, self._publish)

    def snapshot(self) -> Snapshot:
        """The newest snapshot, with every commit made before the call; builds what is missing first.

        Whoever holds both takes the lease before the lock; so a build is begun with neither.
        """
        troubles = 0
        while True:
            with self._lock:
                try:
                    return self._newest()
                except LongTail:
                    long = True
                except NeedsRebuild:
                    long = False
                except Exception as error:
                    troubles += 1
                    if troubles > _TROUBLES or not _vanished(error):
                        raise
                    long = False
                seen = self._seen
            if long:
                self.compact()
                continue
            built = self._built_unless_newer(seen)
            if built is not None:
                return built

    def again(self, token: str) -> Snapshot | None:
        """The snapshot of a token as another process has it; None where its generation was replaced since."""
        newest = self.snapshot()
        generation, _, rest = token.partition(".")
        text, _, edition = rest.partition(".")
        manifest = newest.manifest
        same = generation == str(manifest.generation) and edition == newest.edition
        if token == newest.token or not same or not text.isdecimal():
            return newest if token == newest.token else None
        commit = int(text)
        if not manifest.commit <= commit < newest.commit:
            return None
        with self._lock:
            tail = None
            if commit > manifest.commit:
                batches = self._lake.read(
                    COLUMNS, dictionary=DICTIONARY, after_commit=manifest.commit, upto_commit=commit
                )
                tail = self._merged(manifest, commit, list(batches))
            return self._snapshot(manifest, tail, newest.hold)

    def settle(self) -> None:
        """See that the journeys are true to the lake, and wait while what came behind them is built in."""
        self.snapshot()
        self.compactor.join()

    def rebuild(self, write: Write | None = None) -> None:
        """Build the journeys anew from the whole lake.

        Args:
            write: who sorts and writes the buckets; threads of this machine if not given.
        """
        with self._lease.hold(timeout=PATIENCE), self._lock:
            self._lake.recover()
            manifest = self._build(manifests.load(self._layout.journeys), write)
            self._held()
            self._current = self._snapshot(manifest, None)

    def compact(self) -> None:
        """Build the tail into the journeys, in this thread; build them anew if only that settles who is who."""
        with self._lock:
            self._asides.sweep()
            try:
                snapshot = self._newest(MERGED_TAIL)
            except (NeedsRebuild, LongTail):
                snapshot = None
            seen = self._seen
        if snapshot is None:
            self._built_unless_newer(seen)
        elif snapshot.tail is not None and snapshot.tail.rows:
            try:
                # Whoever compacts may be waiting for the writer's lease: with it in hand nobody is waited for.
                self.compactor.compact(snapshot, 0.0 if self._lease.mine else PATIENCE)
            except Busy:
                self._built_unless_newer(seen)
            except GivenUp:  # another process was quicker
                return

    def aside(self, stitch: Stitch) -> Snapshot:
        """All time lines of now, whose they are by `stitch`: built beside the published ones, gone with its reader."""
        with self._lease.hold(timeout=PATIENCE), self._lock:
            self._lake.recover()
            return self._read(self._asides.build(self._lake, stitch, self._seed, self._message_ids))

    def close(self) -> None:
        """Give up what goes on in the background, let go of the generation in use, and see that it is on disk."""
        self.compactor.close()
        self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            self._asides.sweep()
            self._current, self._hold, self._known, self._behind = None, None, None, None
            self._tail_batches = ((0, -1), [])
            if self._syncing is not None:
                self._syncing.join()
                self._syncing = None

    def drop(self) -> None:
        """Remove all generations at once, whoever reads them: their mappings stay, their names go. Under the lease.

        The numbers of generations go on, so that no process takes a later one for one it knew.
        """
        with self._lock:
            self._let_go()
            journeys = files.make_folder(self._layout.journeys)
            before = manifests.load(journeys) or Manifest()
            number = max([before.generation, *(int(folder.name) for folder in self._generations())])
            Manifest(generation=number, identity=-1).save(journeys)
            # Renamed first: a column being made there finds no place any more.
            for folder in (*self._generations(), *self._asides.places(), *partial_folders(journeys)):
                with suppress(FileNotFoundError):  # whoever gave it up has just removed it
                    folder.rename(journeys / f".{folder.name}.{uuid.uuid4().hex[:8]}.gone")
            for folder in journeys.glob(".*.gone"):
                _remove(folder)
            files.remove_leftovers(journeys)
            files.disk.sync_dir(journeys)

    def _newest(self, longest: float = LARGEST_TAIL) -> Snapshot:
        now = self._current
        if now is not None and now.commit == self._lake.version and self._is_newest(now.manifest):
            if now.edition != (edition := self._edition()):
                now = self._current = now.read_anew(edition)
            return now
        manifest = self._held()
        newest = self._lake.version
        if manifest is None or not self._usable(manifest) or manifest.commit > newest:
            raise NeedsRebuild
        tail = None if manifest.commit == newest else self._tail(manifest, newest, longest)
        self._current = self._snapshot(manifest, tail)
        if tail is not None and tail.rows > max(SMALLEST_TAIL, LARGE_TAIL * manifest.rows):
            self.compactor.begin(self._current)
        return self._current

    def _held(self) -> Manifest | None:
        """The published generation; it stays for as long as the hold does."""
        self._seen = -1
        while True:
            self._stamp = manifests.stamp(self._layout.journeys)
            manifest = manifests.load(self._layout.journeys)
            if manifest is None:
                return None
            if self._seen == manifest.generation:
                return manifest
            self._hold = self._readers.acquire(manifest.generation)
            self._seen = manifest.generation  # it may have been replaced before we held it: look again

    def _published(self, manifest: Manifest) -> bool:
        return manifest.identity == self._identity() and manifest.folder(self._layout.journeys).is_dir()

    def _is_newest(self, manifest: Manifest) -> bool:
        """Whether nothing was published since a generation was looked up, and its folder is there."""
        return self._stamp == manifests.stamp(self._layout.journeys) and self._published(manifest)

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

    def _build(self, before: Manifest | None, write: Write | None = None) -> Manifest:
        journeys = files.make_folder(self._layout.journeys)
        built = build(
            self._lake, journeys, self._stitch(), self._seed, self._message_ids, before, self._identity(), write
        )
        self._replaced(built)
        return built

    def _goes_on(self, manifest: Manifest) -> bool:
        """Whether a generation is the newest, and what it was made from is still so."""
        newest = manifests.load(self._layout.journeys)
        return newest is not None and newest.generation == manifest.generation and self._usable(newest)

    def _publish(self, place: Path, manifest: Manifest) -> None:
        """Put a finished generation in its place. Under the lease."""
        target = manifest.folder(self._layout.journeys)
        shutil.rmtree(target, ignore_errors=True)
        place.rename(target)
        manifest.save(self._layout.journeys)
        self._replaced(manifest)

    def _replaced(self, manifest: Manifest) -> None:
        """Turn to a generation that has just been published."""
        with self._lock:
            self._current, self._hold = None, None
        self._clean(manifest)
        if self._syncing is not None:
            self._syncing.join()
        self._syncing = durable.sync_later(manifest.folder(self._layout.journeys))

    def _snapshot(self, manifest: Manifest, tail: Tail | None, hold: object = None) -> Snapshot:
        snapshot = self._read(Snapshot(self._lake, self._layout.journeys, manifest, tail))
        snapshot.hold = hold or self._hold
        if tail is not None:
            snapshot.base = tail.buckets
            for block in tail.buckets:
                block.belongs_to(snapshot)
        return snapshot

    def _read(self, snapshot: Snapshot) -> Snapshot:
        """Say how its texts are read."""
        snapshot.read_by, snapshot.edition = self._readings, self._edition()
        return snapshot

    def _tail(self, manifest: Manifest, newest: int, longest: float) -> Tail:
        batches = self._fresh(manifest, newest)
        rows = sum(batch.num_rows for batch in batches)
        if rows > max(SMALLEST_TAIL, MERGED_TAIL * manifest.rows):
            raise NeedsRebuild
        if rows > max(SMALLEST_TAIL, longest * manifest.rows):
            raise LongTail
        return self._merged(manifest, newest, batches)

    def _merged(self, manifest: Manifest, newest: int, batches: list[pa.RecordBatch]) -> Tail:
        plain = Snapshot(self._lake, self._layout.journeys, manifest)
        if self._current is not None and self._current.manifest.generation == manifest.generation:
            plain.base = [bucket.of(plain) for bucket in self._current.base]
        arrivals = gather_arrivals(batches, self._seed, manifest.events, manifest.channels)
        if self._known is None or self._known[0] != manifest.generation:
            self._known = manifest.generation, Known(plain.folder, manifest)
        owners = own(arrivals, self._known[1], self._joins(), plain.base)
        return Tail(newest, arrivals, owners, plain.base, self._message_ids, self._behind_of(plain, arrivals))

    def _behind_of(self, plain: Snapshot, arrivals: Arrivals) -> Behind:
        """The fields of the rows behind a base; kept while it is the newest."""
        manifest = plain.manifest
        if self._behind is not None and self._behind[0] == manifest.generation:
            return self._behind[1]
        first = int(arrivals.event_id.min()) if len(arrivals.event_id) else 0
        behind = Behind(self._lake, plain.folder, manifest.commit, first)
        if len(arrivals.event_id):
            self._behind = manifest.generation, behind
        return behind

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
        self.compactor.sweep()

    def _generations(self) -> list[Path]:
        return [path for path in self._layout.journeys.glob("[0-9]*") if path.is_dir()]

    def _message_ids(self, event_ids: Array) -> pa.Array:
        """The message ids of some events, in the order given."""
        found: pa.Array = self._lake.take(event_ids, ["message_id"])["message_id"].combine_chunks()
        return found


def _vanished(error: Exception) -> bool:
    """Whether it may come of what an erasure or a build in another process has replaced under our hands."""
    from deltalake.exceptions import DeltaError

    return isinstance(error, Corrupt | OSError | DeltaError | NotInLake)


def _remove(folder: Path) -> None:
    """Remove a folder into which others may still be writing."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)
    shutil.rmtree(folder)
