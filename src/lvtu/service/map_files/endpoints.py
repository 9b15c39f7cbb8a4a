"""``/api/w/{workspace}/maps/import``, ``/{id}/export`` and ``/{id}/frames``: maps as files, and frame by frame."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from lvtu.maps.exchange.formats import MEDIA, Format, file_name
from lvtu.maps.exchange.incoming import MOST_BYTES
from lvtu.service.access import Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.map_files import service
from lvtu.service.map_files.schemas import MapFrames, MapImport
from lvtu.service.maps.looking import Looking
from lvtu.service.problems import refusals
from lvtu.service.uploads.receive import FORM, receive

router = APIRouter(prefix="/api/w/{workspace}/maps", tags=["maps"], responses=refusals(404))

_Paper = Annotated[str, Query(max_length=32, description="Of a PDF: 16:9, A4 to A0, or tiled.")]

_CONTENT: dict[str, dict[str, Any]] = {media.partition(";")[0]: {} for media in MEDIA.values()}


@router.post("/import", summary="Look into a file that may hold a map", openapi_extra=FORM, responses=refusals(413))
async def look(access: Editor, lang: Language, request: Request) -> MapImport:
    """The map in a file, and what became of everything in it: nothing is kept yet.

    The file is one part of a form (``multipart/form-data``): a workbook, CSV, a journey diagram of Mermaid, JSON or
    YAML. What comes back as `map` is kept by ``POST /maps``.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = await receive(request.stream(), request.headers.get("content-type", ""), Path(folder), MOST_BYTES)
        return await run_in_threadpool(service.look, access, path, lang)


@router.get(
    "/{id}/export", summary="A map as a file", response_class=Response,
    responses={200: {"content": _CONTENT, "description": "The file; ``x-notes`` has what must be said with it."}},
)  # fmt: skip
def export(
    access: Viewer, lang: Language, id: str, look: Looking,
    format: Annotated[Format, Query(description="What it becomes.")],
    paper: _Paper = "16:9",
    scale: Annotated[float, Query(description="Of PNG: pixels for each pixel of the drawing.")] = 2.0,
    blueprint: Annotated[bool, Query(description="As a service blueprint, where it is drawn.")] = False,
) -> Response:  # fmt: skip
    """The map with what the data say now, called by its title."""
    title, written = service.written(access, id, look, format, paper, scale, blueprint=blueprint)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file_name(title, format), safe='')}",
        "X-Notes": quote("\n".join(note.text(lang) for note in written.notes)),
    }
    return Response(written.content, media_type=MEDIA[format], headers=headers)


@router.get("/{id}/frames", summary="The frames of a map")
def frames(access: Viewer, lang: Language, id: str) -> MapFrames:
    """What is shown one by one when the map is presented: its own frames, or the whole and each stage."""
    return service.frames(access, id, lang)
