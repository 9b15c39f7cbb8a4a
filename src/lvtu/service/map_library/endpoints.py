"""``/api/w/{workspace}/maps/library``, ``…/templates`` and ``…/{id}/nesting``: the library of journey maps."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.map_library import service, touchpoints
from lvtu.service.map_library.schemas import (
    MapFromTemplate,
    MapLibrary,
    MapNesting,
    MapTemplates,
    NewTouchpoint,
    StepChild,
    TouchpointChanges,
    TouchpointLibrary,
)
from lvtu.service.maps.schemas import MapOf
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps", tags=["maps"], responses=refusals(404, 409))

_SVG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/svg+xml": {}}, "description": "The picture."}}


@router.get("/library", summary="The library of maps")
def library(access: Viewer, lang: Language) -> MapLibrary:
    """Every map with where it stands among the others."""
    return service.library(access, lang)


@router.get("/templates", summary="Templates of maps")
def templates(access: Viewer, lang: Language) -> MapTemplates:
    """What a map can be begun from: maps tagged ``template``, and those that come with the program."""
    return service.templates(access, lang)


@router.post("/templates/{key}", status_code=201, summary="Begin a map from a template")
def begin(access: Editor, lang: Language, request: Request, key: str, given: MapFromTemplate) -> MapOf:
    """Keep a new map that is what the template is; what a map says in one language only is in that of the request."""
    made = service.begin(access, key, given, lang)
    about(request, id=made.id)
    return made


@router.get("/templates/{key}/preview", summary="A template at a glance", response_class=Response, responses=_SVG)
def preview(access: Viewer, lang: Language, key: str, dark: bool = False) -> Response:
    """A small picture (SVG): stages, steps, and how customers are assumed to feel."""
    return Response(service.preview(access, key, lang, dark=dark), media_type="image/svg+xml")


@router.get("/touchpoints", summary="The touchpoint library")
def shared(access: Viewer, lang: Language) -> TouchpointLibrary:
    """The touchpoints of all journey models, each with the maps that use it."""
    return touchpoints.listed(access, lang)


@router.post("/touchpoints", status_code=201, summary="Add a touchpoint")
def add(access: Editor, lang: Language, request: Request, made: NewTouchpoint) -> TouchpointLibrary:
    """Keep another touchpoint, in the default journey model."""
    about(request, id=made.id)
    return touchpoints.add(access, made, lang)


@router.patch("/touchpoints/{id}", summary="Change a touchpoint")
def change(access: Editor, lang: Language, id: str, changes: TouchpointChanges) -> TouchpointLibrary:
    """Say something else of a touchpoint, everywhere that it is used."""
    return touchpoints.change(access, id, changes, lang)


@router.delete("/touchpoints/{id}", summary="Take a touchpoint away")
def remove(access: Editor, lang: Language, id: str) -> TouchpointLibrary:
    """Take a touchpoint away that nothing uses."""
    return touchpoints.remove(access, id, lang)


@router.get("/{id}/nesting", summary="Where a map stands")
def nesting(access: Viewer, lang: Language, id: str) -> MapNesting:
    """The maps above it, and those that tell its steps in detail with their numbers rolled up."""
    return service.nesting(access, id, lang)


@router.put("/{id}/steps/{step}/child", summary="Let a map tell a step in detail")
def nest(access: Editor, lang: Language, id: str, step: str, child: StepChild) -> MapNesting:
    """Link another map to a step, or none; a map that would contain itself is refused."""
    return service.nest(access, id, step, child.map, lang)
