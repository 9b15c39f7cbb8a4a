"""Writing a backup: one archive of the database and every workspace, made while the server runs."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from lvtu import __version__
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.rows import dump, revisions
from lvtu.errors import BadInput
from lvtu.service.backup.members import members_of
from lvtu.service.home import Home, folders
from lvtu.store import config, files

FORMAT = 1
ABOUT, ROWS, SUMS = "backup.json", "server.ndjson", "sums.json"
"""The first member says what the archive is; then the database's rows; the last one has every member's hash."""


def backup(home: Home, catalog: Catalog, file: Path, progress: Callable[[str], None] = lambda _: None) -> None:
    """Write a home into one file, which is there once it is whole.

    Args:
        home: the workspaces.
        catalog: the home's.
        file: packed with gzip where it ends in ``gz``; it must not be there yet.
        progress: told each workspace's name.

    Raises:
        BadInput: the file is there already.
        Busy: a workspace is being written, for longer than one waits.
    """
    if file.exists():
        raise BadInput("backup_there", file=str(file))
    found = {"" if folder == home.folder else folder.name: folder for folder in folders(home.folder)}
    about = {
        "format": FORMAT, "lvtu": __version__, "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": revisions()[0],
        "workspaces": [{"folder": name, "id": config.load(folder).id} for name, folder in found.items()],
    }  # fmt: skip
    temporary = file.with_name(f".{file.name}.{uuid.uuid4().hex[:12]}.tmp")
    try:
        with (
            temporary.open("xb") as raw,
            tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".") as scratch,
        ):
            temporary.chmod(0o600)  # people and customers are in it
            with _Archive(raw, packed=file.name.endswith("gz")) as archive:
                archive.add_json(ABOUT, about)
                archive.add_rows(ROWS, catalog, Path(scratch))
                for number, (name, folder) in enumerate(found.items()):
                    progress(name or home.folder.name)
                    archive.add_workspace(f"workspaces/{number}", folder, Path(scratch) / str(number))
                archive.add_json(SUMS, archive.sums)
        files.disk.sync_file(temporary)
        files.disk.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    files.disk.sync_dir(file.absolute().parent)


@dataclass
class _Archive:
    """A tar file that is being written, and the hash of each member."""

    raw: BinaryIO
    packed: bool
    sums: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> _Archive:
        self._tar = tarfile.open(fileobj=self.raw, mode="w:gz" if self.packed else "w", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()

    def add_json(self, name: str, value: Any) -> None:
        data = json.dumps(value, ensure_ascii=False, indent=1).encode()
        self._add(name, io.BytesIO(data), len(data))

    def add_rows(self, name: str, catalog: Catalog, scratch: Path) -> None:
        path = scratch / "rows"
        with path.open("w+b") as rows:
            for table, row in dump(catalog.database):
                rows.write(json.dumps([table, row], ensure_ascii=False).encode() + b"\n")
            size = rows.tell()
            rows.seek(0)
            self._add(name, rows, size)

    def add_workspace(self, under: str, folder: Path, scratch: Path) -> None:
        scratch.mkdir()
        with members_of(folder, scratch) as members:
            for name, file in members:
                self._add(f"{under}/{name}", file, os.fstat(file.fileno()).st_size)

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashed(file)
        self._tar.addfile(info, hashed)
        self.sums[name] = hashed.sum.hexdigest()


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data
