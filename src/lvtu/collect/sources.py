"""What a source is: files, folders, patterns, tables, rows; and what each file holds."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lvtu.core.sentences import Term
from lvtu.errors import BadInput

_FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".ndjson": "json", ".jsonl": "json", ".json": "json",
}  # fmt: skip
_COMPRESSED = (".gz", ".zst", ".gzip", ".zstd")

KNOWN = ("csv", "tsv", "txt", "parquet", "ndjson", "jsonl", "json", Term("also_packed"))


@dataclass(frozen=True)
class File:
    """One file to read.

    Attributes:
        path: where it is.
        place: its short name, for messages.
        format: csv, parquet or json.
    """

    path: Path
    place: str
    format: str


def files(source: str | Path) -> list[File]:
    """The files of a path, a folder or a pattern, in the order of their names.

    Raises:
        BadInput: nothing is there, or nothing that can be read.
    """
    text = str(source)
    path = Path(text).expanduser()
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path))]
        known = [File(p, str(p.relative_to(path)), kind) for p in found if (kind := _by_name(p))]
        if not known:
            raise BadInput("no_readable_file", file=text, known=[p.name for p in found] or KNOWN)
        return known
    if path.is_file():
        return [File(path, path.name, _by_name(path) or _by_content(path))]
    if glob.has_magic(text):
        # Path.glob refuses absolute patterns
        matched = [p for p in map(Path, sorted(glob.glob(str(path), recursive=True))) if p.is_file()]  # noqa: PTH207
        if not matched:
            raise BadInput("no_file_matches", pattern=text, known=_beside(path))
        return [File(p, p.name, _by_name(p) or _by_content(p)) for p in matched]
    raise BadInput("no_file", file=text, known=_beside(path))


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _beside(path: Path) -> list[str]:
    """What the nearest folder that exists holds."""
    folder = path.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    try:
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return []


def _by_name(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return _FORMATS.get(suffixes[-1]) if suffixes else None


def _by_content(path: Path) -> str:
    """The format of a file whose name does not tell it.

    Raises:
        BadInput: it is none of ours.
    """
    from lvtu.collect.streams import text_head

    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"PAR1":
        return "parquet"
    head = text_head(path, None, 4096).lstrip()
    if not head or b"\0" in head or magic[:4] in (b"PK\x03\x04", b"%PDF"):
        raise BadInput("no_format", file=path.name, known=KNOWN)
    return "json" if head[:1] in (b"{", b"[") else "csv"


def is_rows(source: Any) -> bool:
    """Whether the source is rows in memory: dicts, in a list or coming one by one."""
    if isinstance(source, list | tuple):
        return all(isinstance(row, dict) for row in source[:10])
    return isinstance(source, Iterator)


def name_of(source: Any) -> str:
    """A short name of a source in memory."""
    return "rows" if isinstance(source, Iterable) and is_rows(source) else type(source).__name__.lower()
