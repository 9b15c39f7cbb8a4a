"""The build of the web app on disk: which file an address means, packed how, and how long it may be kept."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from fastapi.responses import Response

FOLDER = Path(__file__).parents[1] / "web"
"""Where ``make web`` puts the build, and where a wheel has it."""

_PACKED = (("br", ".br"), ("gzip", ".gz"))
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_BY_NAME = {"lvtu.js": "public, max-age=3600"}
"""How long files of a fixed name may be kept: websites include the script, and an hour brings them a new one."""


_ANYWHERE = "survey-"
"""What the files begin with that websites load as modules from here, for which a browser asks whether they may."""


def asked_for(path: str, headers: Mapping[str, str], folder: Path) -> Response | None:
    """The answer to a request for a file of the build, or for its first page; None where there is no build.

    Args:
        path: below the root, without a leading slash.
        headers: of the request: what it unpacks, and what it has already.
        folder: the build.
    """
    file = _within(folder, path) or folder / "index.html"
    if not file.is_file():
        return None
    kept = _FOREVER if file.parent.name == "assets" else _BY_NAME.get(path, _ASK_AGAIN)
    told = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if file.parent.name == "assets" and file.name.startswith(_ANYWHERE):
        told["Access-Control-Allow-Origin"] = "*"
    accepted = {one.partition(";")[0].strip() for one in headers.get("accept-encoding", "").split(",")}
    sent = file
    for coding, suffix in _PACKED:
        packed = file.with_name(file.name + suffix)
        if coding in accepted and packed.is_file():
            sent, told["Content-Encoding"] = packed, coding
            break
    state = sent.stat()
    told["ETag"] = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    if told["ETag"] in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Response(sent.read_bytes(), media_type=kind, headers=told)


def _within(folder: Path, path: str) -> Path | None:
    """A file of the build; None for what lies elsewhere or is not there."""
    if "\0" in path:
        return None
    file = (folder / path).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() and not path.startswith(".") else None
