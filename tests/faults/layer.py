"""A power cut: everything that was written but not synced is gone.

`Shadow` watches one folder. It stands in for `lvtu.store.files.disk` and remembers, from the syncs alone,
what a disk would still hold: a file's bytes as of the last sync of the *file*, a folder's names as of the last
sync of the *folder*. It does not matter who wrote the bytes (Python, Arrow, the lake's library): what nobody
synced through `disk` does not survive. `crash` puts what is left into a new folder.

SQLite syncs by itself, below Python. Its files are taken as they are at the moment of the crash, as after a
killed process; that its settings ask for a sync at each commit is tested apart.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lvtu.store import files

Inode = tuple[int, int]


@dataclass
class _Kept:
    """What the disk holds: the synced bytes of files and the synced names of folders, by inode."""

    bytes: dict[Inode, bytes] = field(default_factory=dict)
    names: dict[Inode, dict[str, tuple[Inode, bool]]] = field(default_factory=dict)


class Shadow(files.Disk):
    """What a power cut would leave of a folder. What is in it at the start counts as synced.

    Attributes:
        root: the folder.
        syncs: how many files and folders have been synced.
        cut_after: lose power right after that many syncs: later ones raise `PowerCut` and change nothing.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.syncs = 0
        self.cut_after: int | None = None
        self._kept = _Kept()
        self._guard = threading.Lock()
        self._pins: list[int] = []  # open handles, so that the system gives no inode twice
        for folder, _, names in os.walk(self.root):
            for name in names:
                self._keep_bytes(Path(folder) / name)
            self._keep_names(Path(folder))

    def sync_file(self, path: Path) -> None:
        super().sync_file(path)
        if not path.is_dir():
            self._count(path, self._keep_bytes)

    def sync_dir(self, path: Path) -> None:
        super().sync_dir(path)
        self._count(path, self._keep_names)

    def _count(self, path: Path, keep: object) -> None:
        with self._guard:
            if self.cut_after is not None and self.syncs >= self.cut_after:
                raise PowerCut(f"power was cut before {path} was synced")
            if path.resolve().is_relative_to(self.root):
                assert callable(keep)
                keep(path)
                self.syncs += 1

    def _keep_bytes(self, path: Path) -> None:
        self._pin(path)
        self._kept.bytes[_inode(path)] = path.read_bytes()

    def _keep_names(self, folder: Path) -> None:
        names = {}
        for path in folder.iterdir():
            self._pin(path)
            names[path.name] = (_inode(path), path.is_dir())
        self._kept.names[_inode(folder)] = names

    def _pin(self, path: Path) -> None:
        self._pins.append(os.open(path, os.O_RDONLY))

    def crash(self, target: Path, *, harsh: bool = False) -> Path:
        """What is left, as a new folder.

        Args:
            target: the folder to make.
            harsh: names reach the disk early, as many file systems allow: files that were never synced, and
                names that no sync of their folder has seen, are there, but empty.
        """
        with self._guard:
            self._rebuild(_inode(self.root), target)
            if harsh:
                self._add_empty(self.root, target)
            for path in self.root.rglob("*.sqlite*"):
                copy = target / path.relative_to(self.root)
                if copy.parent.is_dir():
                    shutil.copyfile(path, copy)
        return target

    def _rebuild(self, folder: Inode, target: Path) -> None:
        target.mkdir(parents=True)
        for name, (inode, is_folder) in self._kept.names.get(folder, {}).items():
            if is_folder:
                self._rebuild(inode, target / name)
            elif inode in self._kept.bytes:
                (target / name).write_bytes(self._kept.bytes[inode])

    def _add_empty(self, source: Path, target: Path) -> None:
        for path in source.iterdir():
            copy = target / path.name
            if path.is_dir():
                copy.mkdir(exist_ok=True)
                self._add_empty(path, copy)
            elif _inode(path) not in self._kept.bytes:
                copy.write_bytes(b"")
            elif not copy.exists():
                copy.write_bytes(self._kept.bytes[_inode(path)])

    def close(self) -> None:
        for handle in self._pins:
            os.close(handle)
        self._pins.clear()


class PowerCut(BaseException):
    """The machine is off. No handler of ordinary errors sees it."""


def _inode(path: Path) -> Inode:
    stat = path.stat()
    return stat.st_dev, stat.st_ino


@contextmanager
def shadow(root: Path) -> Iterator[Shadow]:
    """A `Shadow` of a folder in the place of `files.disk` for a block."""
    with pytest.MonkeyPatch.context() as patch:
        watching = Shadow(root)
        patch.setattr(files, "disk", watching)
        try:
            yield watching
        finally:
            watching.close()
