"""Keeping the journeys true to the lake: building, catching up, cleaning up."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.store.config import Layout
from lvtu.store.journeys import manifest as manifests
from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, Stitch, gather_arrivals
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
        self._lock = threading.RLock()
        self._current: Snapshot | None = None
        self._hold: Hold | None = None
        self._tail_batches: tuple[tuple[int, int], list[pa.RecordBatch]] = ((0, -1), [])

    def snapshot(self) -> Snapshot:
        """The newest snapshot; builds what is missing first."""
        with self._lock:
            newest = self._lake.version
            now = self._current
            if now is not None and now.commit == newest and self._published(now.manifest):
                return now
            self._current = self._renewed(newest)
            return self._current

    def rebuild(self) -> Manifest:
        """Build the journeys anew from the whole lake."""
        with self._lock, self._lease.hold(timeout=600):
            before = manifests.load(self._layout.journeys)
            identity = self._identity()
            built = build(
                self._lake, self._layout.journeys, self._stitch(), self._seed, self._message_ids, before, identity
            )
            self._current = None
            self._clean(built)
            return built

    def close(self) -> None:
        """Let go of the generation in use."""
        with self._lock:
            self._current = None
            if self._hold is not None:
                self._hold.close()
                self._hold = None

    def drop(self) -> None:
        """Remove all generations at once, whoever reads them: their mappings stay, their names go."""
        with self._lock:
            self.close()
            for folder in self._generations():
                shutil.rmtree(folder, ignore_errors=True)
            (self._layout.journeys / manifests.NAME).unlink(missing_ok=True)

    def _published(self, manifest: Manifest) -> bool:
        return manifest.identity == self._identity() and manifest.folder(self._layout.journeys).is_dir()

    def _renewed(self, newest: int) -> Snapshot:
        manifest = manifests.load(self._layout.journeys)
        if manifest is None or not self._published(manifest) or manifest.commit > newest:
            manifest = self.rebuild()
        self._keep(manifest)
        if manifest.commit == newest:
            return Snapshot(self._lake, self._layout.journeys, manifest)
        try:
            return self._with_tail(manifest, newest)
        except NeedsRebuild:
            manifest = self.rebuild()
            self._keep(manifest)
            return Snapshot(self._lake, self._layout.journeys, manifest)

    def _with_tail(self, manifest: Manifest, newest: int) -> Snapshot:
        batches = self._fresh(manifest, newest)
        rows = sum(batch.num_rows for batch in batches)
        if rows > max(SMALLEST_TAIL, LARGEST_TAIL * manifest.rows):
            raise NeedsRebuild
        plain = Snapshot(self._lake, self._layout.journeys, manifest)
        arrivals = gather_arrivals(batches, self._seed, manifest.events, manifest.channels)
        owners = own(arrivals, Known(plain.folder, manifest), self._joins(), plain.base)
        tail = Tail(newest, arrivals, owners, plain.base, self._message_ids)
        snapshot = Snapshot(self._lake, self._layout.journeys, manifest, tail)
        snapshot.base = plain.base
        for block in plain.base:
            block.belongs_to(snapshot)
        return snapshot

    def _fresh(self, manifest: Manifest, newest: int) -> list[pa.RecordBatch]:
        """The lake's rows behind the base; those read before are kept."""
        (generation, upto), batches = self._tail_batches
        if generation != manifest.generation:
            upto, batches = manifest.commit, []
        more = self._lake.read(COLUMNS, dictionary=DICTIONARY, after_commit=upto, upto_commit=newest)
        batches = [*batches, *more]
        self._tail_batches = ((manifest.generation, newest), batches)
        return batches

    def _keep(self, manifest: Manifest) -> None:
        hold = self._readers.acquire(manifest.generation)
        if self._hold is not None:
            self._hold.close()
        self._hold = hold

    def _clean(self, current: Manifest) -> None:
        """Remove generations that nobody reads any more."""
        held = self._readers.held()
        for folder in self._generations():
            if int(folder.name) != current.generation and int(folder.name) not in held:
                shutil.rmtree(folder, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [path for path in self._layout.journeys.glob("[0-9]*") if path.is_dir()]

    def _message_ids(self, event_ids: Array) -> pa.Array:
        """The message ids of some events, in the order given."""
        wanted = np.asarray(event_ids, np.int64)
        few = np.unique(wanted)
        ids, texts = [], []
        for batch in self._lake.read(["event_id", "message_id"]):
            hit = np.isin(batch.column(0).to_numpy(), few)
            if hit.any():
                found = batch.filter(pa.array(hit))
                ids.append(found.column(0))
                texts.append(found.column(1))
        places = pc.index_in(pa.array(wanted), pa.concat_arrays(ids))
        return pa.concat_arrays(texts).take(places)
