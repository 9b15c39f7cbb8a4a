"""What a source is: files, folders, patterns, tables, rows; and what each file holds."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lvtu.core.sentences import Term
from lvtu.errors import BadInput

_FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".ndjson": "json", ".jsonl": "json", ".json": "json",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".xes": "xes",
}  # fmt: skip
_COMPRESSED = (".gz", ".zst", ".gzip", ".zstd")

ENDINGS = tuple(_FORMATS)
"""The endings of names whose format is known."""

KNOWN = ("csv", "tsv", "txt", "parquet", "ndjson", "jsonl", "json", "xlsx", "xes", Term("also_packed"))
_SHEET = re.compile(r"(.+?\.xls[xm])#(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class File:
    """One file to read.

    Attributes:
        path: where it is.
        place: its short name, for messages.
        format: csv, parquet, json, xlsx or xes.
        sheet: the sheet that was named with it: ``orders.xlsx#May``.
    """

    path: Path
    place: str
    format: str
    sheet: str | None = None


def files(source: str | Path) -> list[File]:
    """The files of a path, a folder or a pattern, in the order of their names.

    Raises:
        BadInput: nothing is there, or nothing that can be read.
    """
    text = str(source)
    path = Path(text).expanduser()
    if path.is_dir():
        found = in_folder(path)
        known = [File(p, str(p.relative_to(path)), kind) for p in found if (kind := by_name(p))]
        if not known:
            raise BadInput("no_readable_file", file=text, known=[p.name for p in found] or KNOWN)
        return known
    if path.is_file():
        return [File(path, path.name, by_name(path) or _by_content(path))]
    if parted := _SHEET.fullmatch(text):
        return [replace(file, sheet=parted[2]) for file in files(parted[1])]
    if glob.has_magic(text):
        # Path.glob refuses absolute patterns
        matched = [p for p in map(Path, sorted(glob.glob(str(path), recursive=True))) if p.is_file()]  # noqa: PTH207
        if not matched:
            raise BadInput("no_file_matches", pattern=text, known=_beside(path))
        return [File(p, p.name, by_name(p) or _by_content(p)) for p in matched]
    raise BadInput("no_file", file=text, known=_beside(path))


def in_folder(folder: Path) -> list[Path]:
    """The files in a folder and below, by name; not hidden ones, nor what a spreadsheet puts beside an open file."""
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not _hidden(p.relative_to(folder))]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_", "~$")) for part in path.parts)


def _beside(path: Path) -> list[str]:
    """What the nearest folder that exists holds."""
    folder = path.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    try:
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return []


def by_name(path: Path) -> str | None:
    """The format that a file's name tells, or None."""
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
    if magic == b"\xd0\xcf\x11\xe0":
        raise BadInput("old_workbook", file=path.name)
    if magic == b"PK\x03\x04" and _is_workbook(path):
        return "xlsx"
    head = text_head(path, None, 4096).lstrip()
    if not head or b"\0" in head or magic[:4] in (b"PK\x03\x04", b"%PDF"):
        raise BadInput("no_format", file=path.name, known=KNOWN)
    if head[:1] == b"<" and b"<log" in head:
        return "xes"
    return "json" if head[:1] in (b"{", b"[") else "csv"


def _is_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BadZipFile:
        return False


def is_rows(source: Any) -> bool:
    """Whether the source is rows in memory: dicts, in a list or coming one by one."""
    if isinstance(source, list | tuple):
        return all(isinstance(row, dict) for row in source[:10])
    return isinstance(source, Iterator)


def name_of(source: Any) -> str:
    """A short name of a source in memory."""
    return "rows" if isinstance(source, Iterable) and is_rows(source) else type(source).__name__.lower()
