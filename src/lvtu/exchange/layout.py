"""What an export's folder holds, and the page that says so."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from lvtu.errors import BadInput

FORMAT = 1
"""The newest layout of the folder that this version writes and reads."""

ABOUT = "lvtu-export.json"
DOCUMENTS = "documents.json"
IDENTITY = "identity.json"
QUARANTINE = "quarantine.ndjson"

EVENTS = ("parquet", "ndjson", "csv")
"""How events can be written; the file is ``events.`` and this."""


def write_json(path: Path, value: Any) -> None:
    """Write a value for people and programs to read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def sum_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def about(folder: Path) -> dict[str, Any]:
    """What an export says of itself, once each file that it names is there as it was written.

    Raises:
        BadInput: it is none, is of a newer layout, or a file is missing or changed.
    """
    page = folder / ABOUT
    try:
        told: dict[str, Any] = json.loads(page.read_text(encoding="utf-8"))
        version, sums = told["format"], told["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput("not_an_export", path=str(folder), file=ABOUT) from None
    if version > FORMAT:
        raise BadInput("export_newer", path=str(folder), format=version, known=[f"1 … {FORMAT}"])
    for name, sum in sums.items():
        if not (folder / name).is_file() or sum_of(folder / name) != sum:
            raise BadInput("export_damaged", path=str(folder), file=name)
    return told
