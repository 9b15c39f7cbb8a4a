"""What of a workspace goes into a backup, as of one moment.

The lake and the quarantine are files that are never written twice: they are opened while the writer's lease is held,
and read afterwards, whatever becomes of their names; nothing is left behind where the process dies. SQLite copies its
own files. Journeys and the index of repeats are derived from the lake, and left out.
"""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from lvtu.store.config import Layout
from lvtu.store.lease import Lease

_PATIENCE = 600.0


@contextmanager
def members_of(folder: Path, scratch: Path) -> Iterator[list[tuple[str, BinaryIO]]]:
    """The files of a workspace, opened, by their path in it.

    Args:
        folder: the workspace.
        scratch: an empty folder for copies.
    """
    layout = Layout(folder)
    _open_many()
    with ExitStack() as opened:
        with Lease(layout.lease).hold(_PATIENCE):
            whole = [layout.config, *_below(layout.lake), *_below(layout.quarantine), *_below(layout.voice)]
            found = [(path, opened.enter_context(path.open("rb"))) for path in whole]
            copied = [layout.catalog, *sorted(layout.inbox.glob("*.sqlite"))]
            found += [(path, opened.enter_context(_copy(path, scratch).open("rb"))) for path in copied if path.exists()]
        yield [(path.relative_to(folder).as_posix(), file) for path, file in found]


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _copy(path: Path, scratch: Path) -> Path:
    """A copy of a SQLite file as of now, what is in its log included."""
    copy = scratch / path.name
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _open_many() -> None:
    """Let this process open as many files as the system lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
