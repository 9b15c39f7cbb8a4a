"""The lake: every accepted event, durably, in a Delta Lake table that others can read without us.

One committer at a time, under the workspace's writer lease. A commit is its data files, then one log
entry, then syncs; when `Lake.append` returns, the events survive a power cut.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lvtu.errors import Busy
from lvtu.store import deltalog, files, parts, rewrite
from lvtu.store.parts import SCHEMA, Part

if TYPE_CHECKING:
    from deltalake import DeltaTable

CHECKPOINT_EVERY = 50
"""Commits between checkpoints: opening without one costs 7 ms at first and 97 ms after 2,000 commits."""

_CONFIGURATION = {
    # Identifying columns carry no statistics: a log entry outlives the rows it describes.
    "delta.dataSkippingStatsColumns": "time,event",
    # Entries and old files go when *we* say so: at an erasure and when sweeping.
    "delta.enableExpiredLogCleanup": "false",
}

Check = Callable[[], None]
"""Called just before a commit; raises when the commit must not be made (a lost lease)."""


class NotInLake(KeyError):
    """Events that are asked for are not in the newest version: an erasure may have taken them meanwhile."""


class Lake:
    """The event log of a workspace in a folder.

    Args:
        path: the folder; it comes into being at the first append.

    Example:
        >>> import tempfile
        >>> lake = Lake(Path(tempfile.mkdtemp()) / "lake")
        >>> lake.version
        -1
        >>> events = pa.table({"event_id": [0, 1], "event": ["A", "B"]})
        >>> lake.append(events, app=("inbox", 7))
        0
        >>> lake.append(events, app=("inbox", 7))  # again, after a crash
        0
        >>> [batch.to_pydict() for batch in lake.read(["event", "commit"])]
        [{'event': ['A', 'B'], 'commit': [0, 0]}]
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listed: tuple[int, list[Part]] = (-1, [])
        self._handle: DeltaTable | None = None

    @property
    def version(self) -> int:
        """The number of the last commit, -1 when there is no table. Costs one listing of a folder."""
        return deltalog.version(self.path)

    @property
    def rows(self) -> int:
        """How many events the newest version holds."""
        if self.version < 0:
            return 0
        return int(sum(pa.table(self._snapshot().get_add_actions(flatten=True))["num_records"].to_pylist()))

    def files(self) -> list[Path]:
        """The Parquet files of the newest version, in the order of their commits."""
        return [part.path for part in self.parts()]

    def parts(self) -> list[Part]:
        """The parts of the newest version, in the order of their commits; the log is read once for a version."""
        version = self.version
        if version < 0:
            return []
        if self._listed[0] != version:
            snapshot = self._snapshot()
            self._listed = int(snapshot.version()), self._parts(snapshot)
        return self._listed[1]

    def app_version(self, id: str) -> int:
        """How far an application's batches have been committed (see `append`), -1 when none has."""
        return _app_version(self._for_commit(), id) if self.version >= 0 else -1

    def append(
        self,
        table: pa.Table | Iterable[pa.Table],
        *,
        app: tuple[str, int] | None = None,
        note: dict[str, Any] | None = None,
        check: Check | None = None,
    ) -> int:
        """Commit events; durable when it returns. The caller holds the writer's lease.

        Args:
            table: one table or a stream of them: columns of the record, with `event_id`; absent columns
                are null, `commit` is filled in with this commit's number. Text may be dictionary-encoded.
            app: who sends the batch and its number there: a batch that is already committed is skipped,
                whatever happened to the process that sent it.
            note: a small JSON object kept with the commit (see `notes`).
            check: called just before the commit.

        Returns:
            The number of the commit; the current version if the batch was skipped.

        Raises:
            Busy: somebody else committed in the meantime; nothing was committed here.
        """
        deltalog.recover(self.path)
        snapshot = self._for_commit() if self.version >= 0 else None
        if snapshot is not None and app is not None and _app_version(snapshot, app[0]) >= app[1]:
            return int(snapshot.version())
        files.make_folder(self.path)
        number = 0 if snapshot is None else int(snapshot.version()) + 1
        written = parts.write_all(self.path, [table] if isinstance(table, pa.Table) else table, number)
        return self._commit(snapshot, add=written, app=app, note=note, check=check)

    def read(
        self,
        columns: Sequence[str] | None = None,
        *,
        after_commit: int | None = None,
        upto_commit: int | None = None,
        dictionary: Sequence[str] = (),
    ) -> Iterator[pa.RecordBatch]:
        """The events in the order of their commits, some 262,144 rows at a time.

        They are read ahead on several threads. An erasure by another process may take away a file while
        it is waiting to be read (`FileNotFoundError`): read again.

        Args:
            columns: their names, all by default.
            after_commit: only events of later commits.
            upto_commit: only events of this commit and earlier ones.
            dictionary: text columns to leave dictionary-encoded; dictionaries differ between batches.
        """
        names = list(SCHEMA.names if columns is None else columns)
        low = 0 if after_commit is None else after_commit + 1
        high = 1 << 62 if upto_commit is None else upto_commit
        wanted = [part for part in self.parts() if part.last >= low and part.first <= high]
        stretches = [(part, groups) for part in wanted for groups in parts.stretches(part)]

        def job(where: tuple[Part, list[int]]) -> pa.Table:
            part, groups = where
            if low <= part.first and part.last <= high:
                return parts.read(part, groups, names, dictionary)
            table = parts.read(part, groups, list(dict.fromkeys([*names, "commit"])), dictionary)
            commits = table["commit"].to_numpy()
            return table.filter(pa.array((commits >= low) & (commits <= high))).select(names)

        for table in parts.in_order(job, stretches):
            yield from (batch for batch in table.combine_chunks().to_batches() if batch.num_rows)

    def take(self, event_ids: npt.NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Some columns of some events, in the order of `event_ids`; only row groups that can hold them are read.

        Raises:
            NotInLake: an event is not in the newest version.
        """
        wanted = np.asarray(event_ids, np.int64)
        few = np.unique(wanted)
        names = list(dict.fromkeys([*columns, "event_id"]))

        def job(where: tuple[Part, list[int]]) -> pa.Table:
            table = parts.read(*where, names)
            return table.filter(pa.array(np.isin(table["event_id"].to_numpy(), few, kind="sort")))

        stretches = [(part, groups) for part in self.parts() for groups in parts.stretches(part, few)]
        empty = SCHEMA.empty_table().select(names)
        found = pa.concat_tables([empty, *parts.in_order(job, stretches)])
        order = np.argsort(found["event_id"].to_numpy())
        places = np.searchsorted(found["event_id"].to_numpy(), wanted, sorter=order)
        if found.num_rows < len(few):
            raise NotInLake(f"{len(few) - found.num_rows} of {len(few)} events are not in the lake")
        return found.take(pa.array(order[places])).select(list(columns))

    def compact(self, *, check: Check | None = None) -> int:
        """Merge runs of small files into larger ones; rows, their order and their numbers stay.

        The merged files stay on disk until `sweep`, for those who are reading them.

        Returns:
            The new version, or the current one when there was nothing to merge.
        """
        if self.version < 0:
            return -1
        snapshot = self._snapshot()
        runs = rewrite.small_runs(self._parts(snapshot))
        if not runs:
            return int(snapshot.version())
        add = [rewrite.merged(run) for run in runs]
        remove = [part for run in runs for part in run]
        return self._commit(snapshot, add=add, remove=remove, rearranged=True, check=check)

    def erase(self, event_ids: npt.NDArray[np.int64], *, check: Check | None = None) -> None:
        """Remove events for good: no data file, statistic or log entry of theirs is left when it returns.

        Only file names and counts reach the log. It can be killed at any point and called again with
        the same numbers. Versions before it can no longer be opened.

        Args:
            event_ids: the surrogate numbers of the events; unknown ones are passed over.
        """
        if self.version < 0:
            return
        deltalog.recover(self.path)
        ids = np.unique(np.asarray(event_ids, np.int64))
        snapshot = self._snapshot()
        old = self._parts(snapshot)
        new = list(parts.in_order(lambda part: rewrite.without(part, ids), old))
        changed = [(before, after) for before, after in zip(old, new, strict=True) if after != before]
        if changed:
            add = [after for _, after in changed if after is not None]
            self._commit(snapshot, add=add, remove=[before for before, _ in changed], check=check)
        self._leave_no_trace()

    def sweep(self, hours: float = 168.0) -> None:
        """Remove data files that no longer belong to the newest version and are older than some hours."""
        if not self.path.is_dir():
            return
        alive = {path.name for path in self.files()}
        before = time.time() - hours * 3600
        dead = [
            path for path in self.path.glob("*.parquet") if path.name not in alive and path.stat().st_mtime <= before
        ]
        if dead:
            files.remove_durably(dead)

    def recover(self) -> None:
        """Take out what a power cut may have left half-written in the log; needs the writer's lease."""
        deltalog.recover(self.path)

    def notes(self, after: int = -1) -> Iterator[tuple[int, dict[str, object]]]:
        """The commits above `after` with the notes they were given; an erasure removes older ones."""
        return deltalog.notes(self.path, after)

    def _snapshot(self) -> DeltaTable:
        from deltalake import DeltaTable  # 0.1 s, and a start without it is common

        return DeltaTable(str(self.path))

    def _for_commit(self) -> DeltaTable:
        """The newest snapshot; looking at it and then committing on it reads the log once (5 ms). Under the lease."""
        if self._handle is None or self._handle.version() != self.version:
            self._handle = self._snapshot()
        return self._handle

    def _parts(self, snapshot: DeltaTable) -> list[Part]:
        return sorted(Part.of(self.path / Path(uri).name) for uri in snapshot.file_uris())

    def _commit(
        self,
        snapshot: DeltaTable | None,
        *,
        add: Sequence[Part],
        remove: Sequence[Part] = (),
        rearranged: bool = False,
        app: tuple[str, int] | None = None,
        note: dict[str, Any] | None = None,
        check: Check | None = None,
    ) -> int:
        """One commit on the snapshot that was looked at, made durable; fails if another came between."""
        from deltalake import CommitProperties, PostCommitHookProperties, Schema, Transaction
        from deltalake.exceptions import DeltaError
        from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

        now = int(time.time() * 1000)
        number = 0 if snapshot is None else int(snapshot.version()) + 1
        adds = [
            AddAction(part.path.name, part.path.stat().st_size, {}, now, not rearranged, parts.statistics(part.path))
            for part in add
        ]
        removes = [RemoveAction(part.path.name, not rearranged, now) for part in remove]
        properties: dict[str, Any] = {
            "commit_properties": CommitProperties(
                custom_metadata={"lvtu": json.dumps(note, ensure_ascii=False)} if note else None,
                max_commit_retries=0,
                app_transactions=[Transaction(*app)] if app else None,
            ),
            "post_commithook_properties": PostCommitHookProperties(False, False),
        }
        schema = Schema.from_arrow(SCHEMA)
        files.disk.sync_dir(self.path)
        self._handle = None
        if check is not None:
            check()
        try:
            if snapshot is None:
                create_table_with_add_actions(str(self.path), schema, adds, configuration=_CONFIGURATION, **properties)
            else:
                snapshot.create_write_transaction([*adds, *removes], "append", schema, **properties)
        except DeltaError as error:
            if self.version < number:
                raise
            raise Busy("changed_meanwhile", path=str(self.path), error=str(error)) from error
        deltalog.sync_commit(self.path, number)
        if self._listed[0] == number - 1:
            self._listed = number, sorted({*self._listed[1], *add} - {*remove})
        if (number + 1) % CHECKPOINT_EVERY == 0:
            self._checkpoint()
        return number

    def _checkpoint(self) -> int:
        snapshot = self._snapshot()
        snapshot.create_checkpoint()
        deltalog.sync_checkpoint(self.path, snapshot.version())
        return int(snapshot.version())

    def _leave_no_trace(self) -> None:
        deltalog.forget_before(self.path, self._checkpoint())
        self.sweep(hours=0)


def _app_version(snapshot: DeltaTable, id: str) -> int:
    version = snapshot.transaction_version(id)
    return -1 if version is None else int(version)
