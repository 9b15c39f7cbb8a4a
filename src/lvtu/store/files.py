"""Bytes that stay: writing, renaming and syncing files so that a power cut loses nothing acknowledged.

A file is on disk only when its bytes *and* the name that leads to it are: the file is synced, then its
folder. Every sync of the product goes through the one object `disk`, so that a test can put a layer
in its place that drops whatever was not synced.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lvtu.errors import Corrupt


class Disk:
    """The calls that touch the disk. Tests replace the module's `disk` by one that can lose power."""

    def write(self, path: Path, data: bytes) -> None:
        """Write a whole file; nothing is durable yet."""
        path.write_bytes(data)

    def sync_file(self, path: Path) -> None:
        """Make a file's bytes durable; its name is not until `sync_dir` of its folder."""
        handle = os.open(path, os.O_RDONLY)
        try:
            _full_sync(handle)
        finally:
            os.close(handle)

    def sync_dir(self, path: Path) -> None:
        """Make the names in a folder durable (new, renamed and removed ones)."""
        if os.name == "nt":  # Windows keeps names itself and cannot open a folder
            return
        self.sync_file(path)

    def replace(self, src: Path, dst: Path) -> None:
        """Rename a file over another in one step; not durable until `sync_dir`."""
        src.replace(dst)


def _full_sync(handle: int) -> None:
    if sys.platform == "darwin":  # plain fsync stops at the drive's cache there
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


disk = Disk()
"""The one object through which everything is written and synced; use it as ``files.disk``."""


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that readers and power cuts see the old bytes or the new ones, never a mixture.

    Args:
        path: the file; its folder must exist.
        data: the whole new content.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}.tmp")
    try:
        disk.write(temporary, data)
        disk.sync_file(temporary)
        disk.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    disk.sync_dir(path.parent)


def sync_tree(paths: Iterable[Path]) -> None:
    """Sync files written by someone else (a library), then the folders that name them.

    Args:
        paths: files, or folders whose names alone are to be synced.
    """
    folders: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            folders[path] = None
        else:
            disk.sync_file(path)
            folders[path.parent] = None
    for folder in folders:
        disk.sync_dir(folder)


def make_folder(path: Path) -> Path:
    """Make a folder and the missing ones above it, each name durable; an existing one is left alone."""
    missing = []
    folder = path
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        disk.sync_dir(folder.parent)
    return path


def remove_durably(paths: Iterable[Path]) -> None:
    """Remove files, and make it durable; files already gone are no error."""
    folders: dict[Path, None] = {}
    for path in paths:
        path.unlink(missing_ok=True)
        folders[path.parent] = None
    for folder in folders:
        disk.sync_dir(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that killed writers left in a folder. Call it under the writer's lease."""
    leftovers = [path for path in folder.glob(".*.tmp") if path.is_file()]
    if leftovers:
        remove_durably(leftovers)


def replace_json(path: Path, obj: object) -> None:
    """Write a value as JSON text, durably and in one step.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "manifest.json"
        >>> replace_json(path, {"version": 1})
        >>> read_json(path)
        {'version': 1}
    """
    write_durably(path, (json.dumps(obj, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace"))


def read_json(path: Path) -> Any:
    """The value in a JSON file.

    Raises:
        FileNotFoundError: there is no such file.
        Corrupt: the file holds something else than JSON.
    """
    data = path.read_bytes()
    try:
        return json.loads(data)
    except ValueError as error:
        raise Corrupt("file_not_json", file=str(path), error=str(error)) from error
