"""Bringing a backup back: all of it, checked, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from lvtu.catalog.database import Database
from lvtu.catalog.rows import is_empty, load, revisions
from lvtu.errors import BadInput, Corrupt
from lvtu.service.backup.write import ABOUT, FORMAT, ROWS, SUMS
from lvtu.store import files

_PIECE = 1 << 20


def restore(file: Path, home: Path) -> list[str]:
    """Bring a backup back into an empty folder, and into the database of ``LVTU_DATABASE_URL`` if there is one.

    Args:
        file: the backup.
        home: a folder that is absent or empty.

    Returns:
        The workspaces' names.

    Raises:
        BadInput: the file is no backup, or one that a newer version made; something is in the folder or the database.
        Corrupt: its bytes are not those that were written.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise BadInput("restore_into_used", home=str(home))
    files.make_folder(home.absolute())
    staging = home / f".restoring.{uuid.uuid4().hex[:12]}"
    staging.mkdir(mode=0o700)
    try:
        about = _unpack(file, staging)
        _put_in_place(staging, home, about)
    except BaseException:
        _empty(home)
        raise
    return [one["folder"] or home.absolute().name for one in about["workspaces"]]


def _put_in_place(staging: Path, home: Path, about: dict[str, Any]) -> None:
    database = Database.of(home)
    try:
        if not is_empty(database):
            raise BadInput("restore_into_used", home=database.url.render_as_string())
        for number, one in enumerate(about["workspaces"]):
            unpacked = staging / "workspaces" / str(number)
            if one["folder"]:
                unpacked.rename(home / one["folder"])
            else:  # the home is a workspace itself
                for path in unpacked.iterdir():
                    path.rename(home / path.name)
        files.sync_tree([path for path in home.rglob("*") if staging not in path.parents])
        load(database, _rows(staging / ROWS))
        shutil.rmtree(staging)
    finally:
        database.close()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _unpack(file: Path, staging: Path) -> dict[str, Any]:
    """Unpack and check an archive; what it says of itself."""
    sums: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:*") as archive:
            for member in archive:
                sums[member.name] = _unpack_one(archive, member, staging)
        about = files.read_json(staging / ABOUT)
        expected = files.read_json(staging / SUMS)
    except (tarfile.TarError, EOFError, FileNotFoundError) as error:
        if not file.exists():
            raise
        raise BadInput("no_backup", file=str(file), reason=str(error)) from None
    del sums[SUMS]
    if wrong := sorted(name for name in sums.keys() | expected.keys() if sums.get(name) != expected.get(name)):
        raise Corrupt("backup_damaged", file=str(file), member=wrong[0])
    if about["format"] > FORMAT or about["revision"] not in revisions():
        raise BadInput("newer_backup", file=str(file), version=about["lvtu"])
    names = [one["folder"] for one in about["workspaces"]]
    if any(name in (".", "..") or "/" in name for name in names):
        raise BadInput("no_backup", file=str(file), reason=str(names))
    return dict(about)


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> str:
    """Unpack a member into the staging folder and nowhere else; the hash of its bytes."""
    place = PurePosixPath(member.name)
    if not member.isreg() or place.is_absolute() or ".." in place.parts:
        raise tarfile.TarError(f"{member.name!r} is no file of a backup")
    target, source, hashed = staging / place, archive.extractfile(member), hashlib.sha256()
    assert source is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("xb") as out:
        while piece := source.read(_PIECE):
            hashed.update(piece)
            out.write(piece)
    return hashed.hexdigest()


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            table, row = json.loads(line)
            yield table, row
