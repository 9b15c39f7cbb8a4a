"""``/api/w/{workspace}/maps/{id}/assessment``: how the team rates its own service, beside how customers do."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from lvtu.core.words import say
from lvtu.maps.exchange.formats import MEDIA, file_name
from lvtu.maps.exchange.incoming import MOST_BYTES
from lvtu.service.access import Editor, Viewer
from lvtu.service.assessments import service
from lvtu.service.assessments.schemas import MapAssessment
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.uploads.receive import FORM, receive

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}/assessment", tags=["maps"], responses=refusals(404))

_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA["xlsx"]: {}}, "description": "The workbook."}}


@router.get("", summary="How a team rates its own service")
def assessment(access: Viewer, lang: Language, id: str) -> MapAssessment:
    """Every step as the team and as customers rate it, and what lies between."""
    return service.assessment(access, id, lang)


@router.get("/workbook", summary="A workbook to rate one's own service in", response_class=Response, responses=_FILE)
def workbook(access: Viewer, lang: Language, id: str) -> Response:
    """A row for each step, and a column to fill in from 1 to 5."""
    title, content = service.workbook(access, id, lang)
    name = file_name(f"{title} - {say('maps.assessment.name', lang)}", "xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=MEDIA["xlsx"], headers=headers)


@router.post("", summary="Read a workbook that was filled in", openapi_extra=FORM, responses=refusals(413))
async def read(access: Editor, lang: Language, request: Request, id: str) -> MapAssessment:
    """Take the team's scores from a workbook, one part of a form; one left empty takes back what was given."""
    with tempfile.TemporaryDirectory() as folder:
        path = await receive(request.stream(), request.headers.get("content-type", ""), Path(folder), MOST_BYTES)
        return await run_in_threadpool(service.read, access, id, path, lang)
