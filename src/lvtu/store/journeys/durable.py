"""What of the journeys survives a power cut.

Syncing half a gigabyte of columns before they are published would double the time of a build, and all of it can be
made again. So a generation is published at once and synced in the background; it is trusted as it is while the
machine runs on, and after a restart only if the sync was finished. Columns that were made for single questions
afterwards are never synced: after a restart they go.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from lvtu.store import files

_MARK = "synced"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@cache
def boot() -> str:
    """Names the time since the machine was started; the same for ever where that cannot be told."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def is_synced(folder: Path) -> bool:
    """Whether everything that was published with a generation is on disk."""
    mark = folder / _MARK
    return mark.exists() and mark.read_bytes() == b"1"


def sync_later(folder: Path) -> threading.Thread:
    """Sync a generation's files in a thread of their own, then mark it."""
    paths = [*folder.rglob("*"), folder, folder.parent]

    def sync() -> None:
        try:
            files.sync_tree(paths)
            files.write_durably(folder / _MARK, b"1")
        except BaseException:  # the generation was removed, or power was cut: without the mark it is built anew
            return

    thread = threading.Thread(target=sync, name="lvtu-sync")
    thread.start()
    return thread


def remove_unsynced(folder: Path) -> None:
    """Remove the columns that were made for single questions."""
    for path in (*folder.rglob("field-*"), *folder.rglob(".*.tmp")):
        path.unlink(missing_ok=True)
