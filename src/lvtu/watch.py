"""A folder watched for new files: each is read once it has stopped growing, and nothing is moved.

Looking every few seconds needs no other package, sees what other machines put on a network drive (their changes wake
nobody here), and is needed anyway: that a file is whole shows only in that it does not change any more.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from os import PathLike
from pathlib import Path
from threading import Event
from typing import Any, Literal, NamedTuple, Protocol, TypedDict, Unpack

from lvtu.collect.mapping import Mapping
from lvtu.collect.sources import by_name, in_folder
from lvtu.core.sentences import Cause
from lvtu.core.units import duration
from lvtu.errors import BadInput, Busy, LvtuError
from lvtu.reports import IngestReport
from lvtu.store.ledger import Ledger

_COUNTS = ("accepted", "duplicates", "rejected", "suppressed")

Outcome = Literal["read", "known", "failed", "growing", "busy"]


@dataclass(frozen=True)
class Seen:
    """What became of one file.

    Attributes:
        path: the file.
        outcome: ``read``; ``known``: the same bytes were read before; ``failed``: set aside, tried again when it
            changes; ``growing``: it still changes; ``busy``: another process writes, so it is tried again.
        report: what became of its rows, if any were read.
        error: why it failed.
    """

    path: Path
    outcome: Outcome
    report: IngestReport | None = None
    error: LvtuError | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        told = {"file": str(self.path), "outcome": self.outcome}
        return told | (self.report.as_dict() if self.report else {}) | (self.error.problem() if self.error else {})


Progress = Callable[[int, float | None], None]
"""Told the rows read so far and the share of the file."""


class Aside(Protocol):
    """Where files wait that cannot be read."""

    def refuse(self, place: str, error: LvtuError) -> None:
        """Set a file aside that cannot be read at all."""
        ...

    def readmit(self, place: str) -> None:
        """Take back that a file was set aside."""
        ...


class _Mark(NamedTuple):
    """By what a change of a file shows: its size, and when it was written (ns)."""

    size: int
    written: int


class Watcher:
    """One folder and what was seen in it. Stopped or killed at any moment, the next one goes on where it was.

    Args:
        folder: it, with all below.
        but: a folder in it that is left out: the workspace.
        read: reads one file.
        aside: where those wait that cannot be read.
        ledger: the books in which files are entered once they are read.
        every: seconds between two looks.
        stop: set to end it, also in the middle of a file.

    """

    def __init__(
        self,
        folder: Path,
        but: Path,
        read: Callable[[Path, Progress], IngestReport],
        aside: Aside,
        ledger: Ledger,
        every: float,
        stop: Event,
    ) -> None:
        self._folder, self._but, self._read, self._aside = folder, but.resolve(), read, aside
        self._ledger, self._every, self._stop = ledger, every, stop
        self._looked: dict[Path, _Mark] = {}
        self._done: dict[Path, _Mark] = {}
        entered = (file for file in ledger.files() if "written" in file.report)
        self._before = {file.name: _Mark(file.size, file.report["written"]) for file in entered}

    def seen(self, once: bool) -> Iterator[Seen]:
        """What becomes of each file, as it happens; without end unless stopped, or ``once`` through."""
        for look in count(1):
            settled, growing = self._look()
            for path, mark in settled:
                told = self._take(path, mark)
                if told is not None:
                    yield told
                if self._stop.is_set():
                    return
            if once and (look == 2 or not growing):
                yield from (Seen(path, "growing") for path in growing)
                return
            if self._stop.wait(self._every):
                return

    def _look(self) -> tuple[list[tuple[Path, _Mark]], list[Path]]:
        """The files that have stopped growing since they were read last, and those that may still grow.

        A file has stopped when two looks see the same, or when it was written longer ago than the time between two.
        """
        now, settled, growing = time.time_ns(), [], []
        for path in in_folder(self._folder):
            mark = None if by_name(path) is None or self._but in path.parents else _mark_of(path)
            if mark is None or mark.size == 0 or self._is_done(path, mark):
                continue
            if self._looked.get(path) == mark or now - mark.written > self._every * 1e9:
                settled.append((path, mark))
            else:
                growing.append(path)
            self._looked[path] = mark
        return settled, growing

    def _is_done(self, path: Path, mark: _Mark) -> bool:
        if path not in self._done and (before := self._before.get(self._name(path))) is not None:
            self._done[path] = before
        return self._done.get(path) == mark

    def _name(self, path: Path) -> str:
        """What the books call a file: its path may name a person, who may have to be forgotten."""
        return self._ledger.keyed_hash(str(path)).hex()

    def _take(self, path: Path, mark: _Mark) -> Seen | None:
        """Read one file; None if it is gone, or if all is to stop."""
        place = str(path.relative_to(self._folder))
        try:
            hash = _hash_of(path)
            known = self._ledger.files(hash)
            report = None if known else self._read(path, self._go_on)
        except _Stopped:
            return None
        except Busy as error:
            return Seen(path, "busy", error=error)
        except (LvtuError, OSError) as error:
            if not path.exists():
                return None
            trouble = _told(path, error)
            self._aside.refuse(place, trouble)
            self._done[path] = mark
            return Seen(path, "failed", error=trouble)
        if _mark_of(path) != mark:  # what came in meanwhile is read at the next look; what was read is not read twice
            return Seen(path, "growing", report)
        counts = (
            {} if report is None else {name: getattr(report, name) for name in _COUNTS}
        )  # reasons quote people's data
        now = time.time_ns() // 1000
        self._ledger.add_file(self._name(path), mark.size, hash, now, {**counts, "written": mark.written})
        self._aside.readmit(place)
        self._done[path] = mark
        return Seen(path, "known" if known else "read", report)

    def _go_on(self, _rows: int, _share: float | None) -> None:
        if self._stop.is_set():
            raise _Stopped


class Options(TypedDict, total=False):
    """How a folder is watched.

    Attributes:
        every: how long between two looks, ``"5s"`` unless said; a file that was the same at two is whole.
        once: end when what is there has been read.
        source_name: the field ``source`` of records that name none.
        stop: set it, from another thread, to end the watch.
    """

    every: str
    once: bool
    source_name: str | None
    stop: Event | None


def watched(
    ingest: Callable[..., IngestReport],
    aside: Aside,
    ledger: Ledger,
    root: Path,
    folder: str | PathLike[str],
    mapping: Any = None,
    **options: Unpack[Options],
) -> Iterator[Seen]:
    """Read what comes into a folder; nothing is moved, and nothing happens while nobody asks for the next file.

    A file is known by its bytes: under another name it is not read again, changed it is. One that cannot be read
    is set aside with its reason, and tried again when it changes. Hidden files and the workspace are left out.

    Args:
        ingest: reads a file through a mapping, as `lvtu.workspace.Workspace.ingest`.
        aside: where files wait that cannot be read.
        ledger: the workspace's books.
        root: the workspace's folder.
        folder: what is watched, with all below.
        mapping: which column feeds which field, for all files.
        **options: see `Options`.

    Raises:
        BadInput: there is no such folder or mapping.
    """
    chosen = Mapping.load(mapping)

    def read(path: Path, progress: Progress) -> IngestReport:
        return ingest(path, chosen, source_name=options.get("source_name"), progress=progress)

    seconds = duration(options.get("every", "5s")) / 1_000_000
    stop = options.get("stop") or Event()
    return Watcher(folder_of(folder), root, read, aside, ledger, seconds, stop).seen(options.get("once", False))


def folder_of(path: str | PathLike[str]) -> Path:
    """The folder at a path.

    Raises:
        BadInput: there is none.
    """
    folder = Path(path).expanduser().resolve()
    if not folder.is_dir():
        raise BadInput("no_folder", folder=str(path))
    return folder


class _Stopped(Exception):
    """The watch ends in the middle of a file."""


def _mark_of(path: Path) -> _Mark | None:
    """A file's mark; None if it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _Mark(found.st_size, found.st_mtime_ns)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(path: Path, error: LvtuError | OSError) -> LvtuError:
    return (
        BadInput("cannot_read", file=path.name, reason=Cause.of_system(error)) if isinstance(error, OSError) else error
    )
