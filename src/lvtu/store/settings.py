"""The settings of a workspace that people change while it is in use: its title and its time zone."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path

from lvtu.core.model.text import Text
from lvtu.store import files
from lvtu.store.config import Config, Layout, both, folder_of, load, stored
from lvtu.store.lease import Lease

CHANGED = ("title", "zone")
"""What people change; everything else counts from when the workspace is opened."""


def change(path: str | os.PathLike[str], title: str | Text | None = None, zone: str | None = None) -> None:
    """Give a workspace another title or time zone; whoever has it open reads it at the next question.

    Args:
        path: the folder.
        title, zone: see `Config`; as they are where not given. That the zone exists is the caller's to see to.
    """
    layout = Layout(folder_of(path))
    with Lease(layout.settings).hold(timeout=30):
        new = {"title": None if title is None else asdict(both(title)), "zone": zone}
        stored(layout)  # refuses what this version cannot read
        kept = files.read_json(layout.config)
        files.replace_json(layout.config, kept | {name: value for name, value in new.items() if value is not None})


def overridden() -> list[str]:
    """Which of the settings that people change a variable of the environment overrides."""
    return [name for name in CHANGED if f"LVTU_{name.upper()}" in os.environ]


class Current:
    """The configuration as it is now: another process may change the file.

    Args:
        root: the workspace's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = _stamp(root)
        self._read = load(root)

    def __call__(self) -> Config:
        """The title and the zone of now, everything else as it was when the workspace was opened."""
        stamp = _stamp(self._root)
        if stamp not in (None, self._seen):
            now = load(self._root)
            self._read = replace(self._read, **{name: getattr(now, name) for name in CHANGED})
            self._seen = stamp
        return self._read


def _stamp(root: Path) -> tuple[int, int, int] | None:
    """Another one after every change of the file; None where there is none (any more)."""
    try:
        found = Layout(root).config.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
