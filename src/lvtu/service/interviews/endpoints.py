"""``/api/w/{workspace}/interviews``: interviews, notes and documents, and the passages that are marked in them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from lvtu.service.access import Analyst, Viewer
from lvtu.service.interviews import service
from lvtu.service.interviews.schemas import ChangedInterview, FileRead, InterviewOf, InterviewRow, Quotes, Renamed
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.uploads.receive import FORM, receive
from lvtu.voice.interviews.files import MOST_BYTES, Form
from lvtu.voice.interviews.models import Coding, Interview, NewHighlight
from lvtu.voice.interviews.quotes import MEDIA, Format
from lvtu.voice.interviews.sounds import MOST_SOUND

router = APIRouter(prefix="/api/w/{workspace}", tags=["voice"], responses=refusals(404, 409))

PART = 1 << 20
"""Bytes of a recording that are sent at once where a part is asked for."""

Words = Annotated[str, Query(max_length=200)]
Coded = Annotated[str | None, Query(max_length=80)]
Within = Annotated[str | None, Query(max_length=80)]


@router.get("/interviews", summary="Interviews and documents")
def listed(access: Viewer, lang: Language, search: Words = "", form: Form | None = None) -> list[InterviewRow]:
    """All texts in which some words stand, the newest first."""
    return service.listed(access, search, form, lang)


@router.post("/interviews", status_code=201, summary="Bring in an interview or a document")
def add(access: Analyst, interview: Interview, lang: Language) -> InterviewOf:
    """Keep a transcript, a note or a document. Times of subtitles and of transcripts are kept beside the text."""
    return service.add(access, interview, lang)


@router.post("/interviews/read", summary="Look into a file", openapi_extra=FORM, responses=refusals(413))
async def look(access: Analyst, request: Request) -> FileRead:
    """What is in a file (text, Markdown, subtitles, Word, PDF, a saved web page): nothing is kept yet.

    The file is one part of a form (``multipart/form-data``). It is read and let go; what is kept is the text.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = await receive(request.stream(), request.headers.get("content-type", ""), Path(folder), MOST_BYTES)
        return await run_in_threadpool(service.look, path)


@router.get("/interviews/{id}", summary="An interview or a document")
def one(access: Viewer, id: str, lang: Language) -> InterviewOf:
    """A text with who speaks where and when, and what is marked in it."""
    return service.one(access, id, lang)


@router.put("/interviews/{id}", summary="Change an interview or a document")
def put(access: Analyst, id: str, changed: ChangedInterview, lang: Language) -> InterviewOf:
    """Put a text in the place of its version; highlights go where their words went. 409: somebody changed it."""
    return service.put(access, id, changed, lang)


@router.delete("/interviews/{id}", status_code=204, summary="Remove an interview or a document")
def remove(access: Analyst, id: str) -> None:
    """Remove a text with its highlights, for good."""
    service.remove(access, id)


@router.post("/interviews/{id}/highlights", status_code=201, summary="Mark a passage")
def highlight(access: Analyst, id: str, new: NewHighlight, lang: Language) -> InterviewOf:
    """Mark a passage and say what it is about: evidence, with its place."""
    return service.highlight(access, id, new, lang)


@router.put("/interviews/{id}/highlights/{highlight}", summary="Say what a passage is about")
def code(access: Analyst, id: str, highlight: str, coding: Coding, lang: Language) -> InterviewOf:
    """Change the codes, the note and the colour of a highlight."""
    return service.code(access, id, highlight, coding, lang)


@router.delete("/interviews/{id}/highlights/{highlight}", summary="Unmark a passage")
def forget(access: Analyst, id: str, highlight: str, lang: Language) -> InterviewOf:
    """Remove a highlight."""
    return service.forget(access, id, highlight, lang)


@router.put(
    "/interviews/{id}/recording", summary="Keep the recording of an interview", openapi_extra=FORM,
    responses=refusals(413),
)  # fmt: skip
async def record(access: Analyst, request: Request, id: str, lang: Language) -> InterviewOf:
    """Keep what was recorded beside the text: MP3, M4A, WAV, Ogg, FLAC, WebM, AAC, AMR. There is one of each text."""
    with tempfile.TemporaryDirectory() as folder:
        path = await receive(request.stream(), request.headers.get("content-type", ""), Path(folder), MOST_SOUND)
        return await run_in_threadpool(service.record, access, id, path, lang)


@router.get(
    "/interviews/{id}/recording", summary="The recording of an interview", response_class=Response,
    responses={200: {"content": {"audio/*": {}}}, 206: {"content": {"audio/*": {}}, "description": "A part of it."}},
)  # fmt: skip
def recording(access: Analyst, id: str, range: Annotated[str | None, Header()] = None) -> Response:
    """What was recorded; with the header ``Range`` a part of it."""
    first = _first(range)
    kept, content = service.sound(access, id, first or 0, MOST_SOUND if first is None else PART)
    headers = {"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    if first is None:
        return Response(content, media_type=kept.type, headers=headers)
    if not content:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{kept.size}"})
    part = f"bytes {first}-{first + len(content) - 1}/{kept.size}"
    return Response(content, 206, media_type=kept.type, headers={**headers, "Content-Range": part})


@router.delete("/interviews/{id}/recording", summary="Remove the recording of an interview")
def unrecord(access: Analyst, id: str, lang: Language) -> InterviewOf:
    """Remove what was recorded; the text stays."""
    return service.unrecord(access, id, lang)


def _first(range: str | None) -> int | None:
    """The first byte of the part that is asked for; None for all. A part ends where the next is asked for."""
    found = re.fullmatch(r"bytes=(\d{1,12})-\d{0,12}", range or "")
    return int(found[1]) if found else None


@router.get("/highlights", summary="What is marked in all texts")
def quotes(access: Viewer, code: Coded = None, search: Words = "", interview: Within = None) -> Quotes:
    """The highlights of all interviews and documents, the newest first, and how often each code is used."""
    return service.quotes(access, code, search, interview)


@router.post("/highlights/codes", summary="Call a code otherwise")
def rename(access: Analyst, renamed: Renamed) -> Quotes:
    """Rename a code in all texts; one that is there already takes it in. Returns what carries the new one."""
    return service.rename(access, renamed.code, renamed.becomes)


@router.get(
    "/highlights/export",
    summary="Quotes as a file",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind, _ in MEDIA.values()}}},
)
def export(
    access: Viewer, lang: Language, format: Format = "csv", code: Coded = None, search: Words = "",
    interview: Within = None,
) -> Response:  # fmt: skip
    """Highlights as CSV, JSON or Markdown: each with its id, where it stands, who says it (pseudonym) and when."""
    body = service.exported(access, code, search, interview, format, lang)
    kind, ending = MEDIA[format]
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="quotes.{ending}"'})
