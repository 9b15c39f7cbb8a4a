"""The uploads of a workspace: a folder for each, with the file and what became of it."""

from __future__ import annotations

import fcntl
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from lvtu.errors import Corrupt
from lvtu.service.problems import Conflict, NotFound
from lvtu.service.uploads.receive import STATE
from lvtu.store import files

KEPT = 7 * 86_400
"""Seconds after which a file that nobody imports goes."""

_ID = re.compile(r"[0-9a-f]{32}")

State = Literal["ready", "importing", "done", "failed", "interrupted"]


@dataclass(frozen=True)
class Upload:
    """One file that somebody sent.

    Attributes:
        id: its name in addresses.
        name: what the file is called.
        size: its bytes.
        created: when it came, s since 1970.
        state: where it is: ``ready`` to be imported, ``importing``, ``done``, ``failed``, or ``interrupted`` by the end
            of the service, after which importing again is safe.
        rows: how many of its rows have been read.
        share: how much of it that is, 0…1; None before.
        mapping: what it is or was imported with.
        report: what became of its rows.
        error: why it failed.
    """

    id: str
    name: str
    size: int
    created: float
    state: State = "ready"
    rows: int = 0
    share: float | None = None
    mapping: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    error: dict[str, Any] | None = field(default=None)


class Uploads:
    """The folders of a workspace's uploads.

    Args:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> Path:
        """A folder for a file that is about to come."""
        return files.make_folder(self.folder / uuid.uuid4().hex)

    def enter(self, path: Path) -> Upload:
        """Keep a file that lies in its folder."""
        made = Upload(path.parent.name, path.name, path.stat().st_size, time.time())
        self.save(made)
        return made

    def list(self) -> list[Upload]:
        """All of them, newest first."""
        found = [self._read(path) for path in self.folder.glob(f"*/{STATE}")]
        return sorted((upload for upload in found if upload), key=lambda upload: -upload.created)

    def get(self, id: str) -> Upload:
        """One by its id.

        Raises:
            NotFound: there is none.
        """
        found = self._read(self.folder / id / STATE) if _ID.fullmatch(id) else None
        if found is None:
            raise NotFound("upload", id, [])
        return found

    def path(self, upload: Upload) -> Path:
        """The file itself.

        Raises:
            NotFound: it is gone: it was forgotten together with somebody it named.
        """
        path = self.folder / upload.id / upload.name
        if not path.is_file():
            raise NotFound("upload", upload.id, [])
        return path

    def save(self, upload: Upload) -> None:
        """Keep what became of an upload."""
        if (folder := self.folder / upload.id).is_dir():
            files.replace_json(folder / STATE, asdict(upload))

    def drop(self, id: str) -> None:
        """Take an upload away, the file and all.

        Raises:
            Conflict: it is being imported.
        """
        with self.alone(id):
            shutil.rmtree(self.folder / id, ignore_errors=True)

    def sweep(self) -> None:
        """Take away what is old, and what never came in whole."""
        old = time.time() - KEPT
        for folder in self.folder.glob("*/"):
            if folder.stat().st_mtime < old and not self._busy(folder.name):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def alone(self, id: str) -> Iterator[None]:
        """Hold an upload for a block; the hold ends with the process, however that ends.

        Raises:
            Conflict: somebody holds it: it is being imported.
        """
        with (self.folder / id / ".held").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Conflict("upload_busy", upload=id) from None
            yield

    def _busy(self, id: str) -> bool:
        try:
            with self.alone(id):
                return False
        except (Conflict, OSError):
            return True

    def _read(self, path: Path) -> Upload | None:
        try:
            found = Upload(**files.read_json(path))
        except (FileNotFoundError, Corrupt):
            return None
        if found.state == "importing" and not self._busy(found.id):
            again = Upload(**files.read_json(path))  # it may have ended in between
            return again if again.state != "importing" else Upload(**{**asdict(again), "state": "interrupted"})
        return found
