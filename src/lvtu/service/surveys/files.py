"""Files as answers: looked at before they are kept, and read by those only who may."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi.responses import Response

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.surveys import KeptSurvey
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.documents import looked_up
from lvtu.service.home import Home
from lvtu.service.problems import Forbidden, TooLarge
from lvtu.service.surveys.answering import name_of
from lvtu.service.surveys.published import asked
from lvtu.service.surveys.schemas import GivenFile, SentFile
from lvtu.service.surveys.service import kept_of
from lvtu.voice.surveys.questions import File

MOST = 20 << 20
"""No question takes larger files."""

_TRIES = 4
"""Files that may be sent for each that an answer may hold: people change their minds."""

_ENDINGS = {
    "image/png": (".png",), "image/jpeg": (".jpg", ".jpeg"), "image/webp": (".webp",),
    "application/pdf": (".pdf",), "text/plain": (".txt",), "text/csv": (".csv",),
}  # fmt: skip
"""What names of each type end with; the first where a name ends otherwise."""

_ODD = re.compile(r'[\\/:*?"<>|]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST = 120


def take(
    home: Home, catalog: Catalog, link: str, kept: KeptSurvey | None, *, response: str, question: str, name: str,
    content: bytes,
) -> SentFile:  # fmt: skip
    """Keep a file for a response that is under way.

    Raises:
        NotFound, Gone: see `asked`.
        BadInput: the question takes no files (``no_such_file_question``), none of this kind (``file_kind``), or has
            enough (``files_enough``).
        TooLarge: it takes none so large.
    """
    found = asked(home, catalog, link, kept)
    wanted = next((one for one in found.survey.questions() if one.key == question and isinstance(one, File)), None)
    if not isinstance(wanted, File):
        raise BadInput("no_such_file_question", question=question[:64])
    if len(content) > wanted.megabytes << 20:
        raise TooLarge("body_too_large", most=wanted.megabytes << 10)
    type_ = type_of(content, name)
    if type_ not in wanted.types:
        raise BadInput("file_kind", types=", ".join(wanted.types))
    row = catalog.files.add(
        found.kept.id, found.kept.workspace_id, name_of(found, response), question, name=safe_name(name, type_),
        type=type_, content=content, most=_TRIES * wanted.files,
    )  # fmt: skip
    return SentFile(file=row.id, name=row.name, type=row.type, bytes=row.size)


def type_of(content: bytes, name: str) -> str | None:
    """What a file is, by what it begins with, never by what it says of itself; None of what is not taken at all.

    Example:
        >>> type_of(b"%PDF-1.7 ...", "a.exe"), type_of(b"MZ\\x90\\x00", "photo.jpg"), type_of("名,值".encode(), "a.csv")
        ('application/pdf', None, 'text/csv')
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _text_type(content, name)


def _text_type(content: bytes, name: str) -> str | None:
    """Plain text; none that a system runs, or that a browser shows as a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    begin = text.lstrip()[:100].lower()
    if not text.strip() or _CONTROL.search(text) or begin.startswith(("#!", "<", "@echo", "mz")):
        return None
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def safe_name(name: str, type_: str) -> str:
    """A name that is one on every system, says nothing of folders, and ends as its type does.

    Example:
        >>> safe_name("..\\\\..\\\\photo.exe", "image/jpeg"), safe_name("盒子.JPG", "image/jpeg")
        ('photo.exe.jpg', '盒子.JPG')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    plain = _ODD.sub("_", kept).strip(". ")[:_LONGEST] or "file"
    return plain if plain.lower().endswith(_ENDINGS[type_]) else plain + _ENDINGS[type_][0]


def listed(access: Access, id: str, question: str) -> list[GivenFile]:
    """The files that a question was answered with, newest first.

    Raises:
        NotFound: there is no survey of that id.
        Forbidden: whoever asks sees no names of customers, and these may show them.
    """
    survey = _of(access, id)
    return [
        GivenFile(file=one.id, name=one.name, type=one.type, bytes=one.size, came=one.claimed or one.created)
        for one in access.catalog.files.given(survey.id, question)
    ]


def download(access: Access, id: str, file: str) -> Response:
    """A file, to be saved: no browser shows or runs it in this place.

    Raises:
        NotFound: there is none of that id.
        Forbidden: see `listed`.
    """
    survey = _of(access, id)
    with looked_up("file", file):
        kept, content = access.catalog.files.content(survey.id, file)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.name, safe='')}",
        "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }  # fmt: skip
    return Response(content, media_type=kept.type, headers=headers)


def _of(access: Access, id: str) -> KeptSurvey:
    if access.masked:
        raise Forbidden("personal_data_hidden")
    return kept_of(access, id)
