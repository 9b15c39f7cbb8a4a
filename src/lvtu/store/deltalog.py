"""The lake's transaction log as files: what is in it, what a crash leaves, what an erasure must take out.

Commits are made by the `deltalake` library, which writes without syncing; here is what it leaves to us.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from lvtu.store import files

_ENTRY = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint\.parquet")
_HINT = "_last_checkpoint"


def folder(lake: Path) -> Path:
    """Where a lake's log lies."""
    return lake / "_delta_log"


def version(lake: Path) -> int:
    """The newest version in the log, -1 when there is none. Only lists the folder: no library is loaded."""
    versions = [*_numbered(lake, _ENTRY), *_numbered(lake, _CHECKPOINT)]
    return max(versions, default=-1)


def entry(lake: Path, number: int) -> Path:
    """The file of one version's log entry."""
    return folder(lake) / f"{number:020d}.json"


def _numbered(lake: Path, pattern: re.Pattern[str]) -> dict[int, Path]:
    if not folder(lake).is_dir():
        return {}
    matches = ((pattern.fullmatch(path.name), path) for path in folder(lake).iterdir())
    return {int(match[1]): path for match, path in matches if match}


def sync_commit(lake: Path, number: int) -> None:
    """Make a commit durable whose data files are: its log entry, and the folders that name what is new."""
    files.disk.sync_file(entry(lake, number))
    files.disk.sync_dir(folder(lake))
    files.disk.sync_dir(lake)  # names the parts, and the log's folder at the first commit


def sync_checkpoint(lake: Path, number: int) -> None:
    """Make a checkpoint durable, and the hint that leads to it."""
    checkpoint, hint = _numbered(lake, _CHECKPOINT)[number], folder(lake) / _HINT
    if _leads_somewhere(hint, {number}):
        files.sync_tree([checkpoint, hint])
        return
    # The library writes none when the checkpoint was there already (a crash can take the hint alone).
    files.sync_tree([checkpoint])
    import pyarrow.parquet as pq

    rows = pq.ParquetFile(checkpoint).metadata.num_rows
    files.write_durably(hint, json.dumps({"version": number, "size": rows}).encode())


def recover(lake: Path) -> None:
    """Take out what a crash or a power cut left half-written. Call it under the writer's lease.

    An entry is synced before its commit is acknowledged, and older entries are removed only once a checkpoint
    is synced; so a torn last entry was never acknowledged, and a torn checkpoint is not needed.
    """
    entries, checkpoints = _numbered(lake, _ENTRY), _numbered(lake, _CHECKPOINT)
    torn = [path for path in [entries[max(entries)]] if not _is_whole(path)] if entries else []
    torn += [path for path in checkpoints.values() if not _is_parquet(path)]
    torn += [path for path in folder(lake).iterdir() if _is_leftover(path)] if entries or checkpoints else []
    hint = folder(lake) / _HINT
    if hint.exists() and not _leads_somewhere(
        hint, set(checkpoints) - {n for n, p in checkpoints.items() if p in torn}
    ):
        torn.append(hint)
    if torn:
        files.remove_durably(torn)


def _is_whole(path: Path) -> bool:
    text = path.read_bytes()
    try:
        return bool(text.strip()) and all(isinstance(json.loads(line), dict) for line in text.splitlines() if line)
    except ValueError:
        return False


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        head, size = file.read(4), path.stat().st_size
        file.seek(max(0, size - 4))
        return size > 12 and head == b"PAR1" and file.read(4) == b"PAR1"


def _is_leftover(path: Path) -> bool:
    return "#" in path.name or path.name.endswith(".tmp")


def _leads_somewhere(hint: Path, checkpoints: set[int]) -> bool:
    try:
        return json.loads(hint.read_bytes())["version"] in checkpoints
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False


def forget_before(lake: Path, number: int) -> None:
    """Remove every entry and checkpoint older than a checkpoint that is durable, statistics and paths and all."""
    old = [
        path
        for pattern in (_ENTRY, _CHECKPOINT)
        for version, path in _numbered(lake, pattern).items()
        if version < number
    ]
    leftovers = [path for path in folder(lake).iterdir() if _is_leftover(path)]
    if old or leftovers:
        files.remove_durably(old + leftovers)


def notes(lake: Path, after: int) -> Iterator[tuple[int, dict[str, object]]]:
    """The versions above `after` whose entries are still there, with the notes their commits carried."""
    for number, path in sorted(_numbered(lake, _ENTRY).items()):
        if number > after:
            yield number, _note(path)


def _note(path: Path) -> dict[str, object]:
    for line in path.read_bytes().splitlines():
        info = json.loads(line).get("commitInfo")
        if info is not None and isinstance(info.get("lvtu"), str):
            note = json.loads(info["lvtu"])
            return note if isinstance(note, dict) else {}
    return {}
