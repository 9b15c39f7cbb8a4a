"""``/api/w/{workspace}/maps/registers/…``: what stands on all maps, as lists. They are changed by edits of the maps."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from lvtu.core.words import say
from lvtu.maps.document.details import Rung, Status
from lvtu.maps.exchange.formats import MEDIA
from lvtu.maps.registers.entry import EntryKind
from lvtu.maps.registers.files import REGISTER_FORMATS, RegisterFormat
from lvtu.service.access import Viewer
from lvtu.service.languages import Language
from lvtu.service.map_registers import service
from lvtu.service.map_registers.schemas import KeyMoments, MapRegister, MapSwot
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps/registers", tags=["maps"], responses=refusals(404))

OfMap = Annotated[str | None, Query(max_length=100, description="The id of the map; all if not given.")]

_CONTENT: dict[str, dict[str, Any]] = {MEDIA[one].partition(";")[0]: {} for one in REGISTER_FORMATS}


@router.get("/moments", summary="The key moments of all maps")
def moments(access: Viewer, lang: Language) -> KeyMoments:
    """The numbers at moments of truth beside their targets, those that miss them beyond chance first."""
    return service.moments(access, lang)


@router.get("/swot", summary="Strengths, weaknesses, opportunities and threats")
def swot(access: Viewer, lang: Language, map: OfMap = None) -> MapSwot:
    """Strengths, pains that are neither solved nor dismissed, opportunities; threats are cards in a lane called so."""
    service.unknown_map(access, map)
    return service.swot(access, lang, map)


@router.get(
    "/export", summary="Registers as a file", response_class=Response,
    responses={200: {"content": _CONTENT, "description": "The file."}},
)  # fmt: skip
def export(
    access: Viewer, lang: Language,
    format: Annotated[RegisterFormat, Query(description="A workbook of all, one as CSV, Markdown or slides of SWOT.")],
    kind: Annotated[EntryKind | Literal["moments"], Query(description="Of CSV: which register.")] = "pain",
) -> Response:  # fmt: skip
    """All registers as a workbook, one as CSV, or strengths and weaknesses as Markdown or slides."""
    called = {"xlsx": "name", "csv": f"kinds.{kind}"}.get(format, "swot.name")
    name = f"{say(f'maps.registers.{called}', lang)}.{format}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(service.file(access, format, kind, lang), media_type=MEDIA[format], headers=headers)


@router.get("/{kind}", summary="A register of all maps")
def register(
    access: Viewer, lang: Language, kind: EntryKind, map: OfMap = None,
    rung: Annotated[Rung | None, Query(description="Of needs: how deep they lie.")] = None,
    persona: Annotated[str | None, Query(max_length=100, description="The key of the persona.")] = None,
    status: Annotated[Status | None, Query(description="Of pains: how far one is with them.")] = None,
    effort: Annotated[
        float | None, Query(gt=0, description="Of opportunities: what they may take at most, in months of one person.")
    ] = None,
) -> MapRegister:  # fmt: skip
    """Needs, pains, strengths, opportunities or actions, those that matter most first, and which seem alike."""
    service.unknown_map(access, map)
    return service.register(access, kind, lang, map, rung, persona, status, effort)
