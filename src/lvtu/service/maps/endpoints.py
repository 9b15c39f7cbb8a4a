"""``/api/w/{workspace}/maps``: journey maps, drawn from the data, read as pictures, edited."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.maps import service
from lvtu.service.maps.looking import Compare, Looking, Weighted, Who
from lvtu.service.maps.schemas import (
    MapAnswers,
    MapDrawing,
    MapOf,
    MapQuestion,
    Maps,
)
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps", tags=["maps"], responses=refusals(404, 409))


@router.get("", summary="Journey maps")
def listed(access: Viewer, lang: Language) -> Maps:
    """The maps of a workspace, the one that was edited last first."""
    return service.listed(access, lang)


@router.post("/draw", status_code=201, summary="Draw a map from the data")
def draw(access: Editor, lang: Language, request: Request, drawing: MapDrawing) -> MapOf:
    """Draw a map: stages and steps of the journey model, and the lanes that the data can fill."""
    made = service.draw(access, drawing, lang)
    about(request, id=made.id)
    return made


@router.get("/questions", summary="What of a survey can be steps of a map")
def rated(access: Editor, lang: Language) -> list[MapQuestion]:
    """The questions that customers rated, in the order in which they were asked; `draw` takes those that are wished."""
    return service.rated(access, lang)


@router.post("", status_code=201, summary="Bring a map in")
def load(access: Editor, lang: Language, request: Request, document: dict[str, Any]) -> MapOf:
    """Keep a map: a new one, or the next state of one that is there."""
    made = service.load(access, document, lang)
    about(request, id=made.id)
    return made


@router.get("/{id}", summary="A journey map")
def one(access: Viewer, lang: Language, id: str) -> MapOf:
    """A map's document, and its named versions."""
    return service.one(access, id, lang)


@router.get(
    "/{id}/picture", summary="A map as a picture", response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}, "description": "The picture."}},
)  # fmt: skip
def picture(access: Viewer, id: str, look: Looking) -> Response:
    """The map as SVG, with what the data say now; parts carry ``data-kind`` and ``data-key``."""
    return Response(service.picture(access, id, look), media_type="image/svg+xml")


@router.get("/{id}/answers", summary="What the data say to a map")
def answers(
    access: Viewer, lang: Language, id: str, who: Who = None, compare: Compare = None, weighted: Weighted = True
) -> MapAnswers:
    """The numbers of the map's cells, what customers said at its steps, and who was there."""
    return service.answers(access, id, lang, who, compare, weighted)


@router.delete("/{id}", status_code=204, summary="Take a map away")
def remove(access: Editor, id: str) -> None:
    """Take the map away, with its history and versions."""
    service.remove(access, id)
