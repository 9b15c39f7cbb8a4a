"""``/api/w/{workspace}/maps``: journey maps, drawn from the data, read as pictures, edited."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.languages import Language
from lvtu.service.maps import service
from lvtu.service.maps.schemas import (
    MapAnswers,
    MapDrawing,
    MapOf,
    MapQuestion,
    Maps,
)
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps", tags=["maps"], responses=refusals(404, 409))

Name = Annotated[str, Query(max_length=32)]
Who = Annotated[
    str | None,
    Query(
        description="From whose perspective: persona:KEY, customer:IDENTIFIER, a segment's name, or (analysts) a "
        "condition; everybody's if not given.",
        max_length=4000,
    ),
]
Compare = Annotated[
    str | None, Query(description="Whose answers are set beside them, likewise, or everybody.", max_length=4000)
]
ToBe = Annotated[bool, Query(description="Whether the curve of its to-be map, where it has one, is drawn over it.")]
Weighted = Annotated[bool, Query(description="Whether survey weights count; else every answer counts as one.")]


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
def rated(access: Editor) -> list[MapQuestion]:
    """The questions that customers rated, in the order in which they were asked; `draw` takes those that are wished."""
    return service.rated(access)


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
def picture(
    access: Viewer, lang: Language, id: str,
    type: Annotated[Name, Query(description="How they are arranged: linear, cyclic, stage, channel, role.")] = "linear",
    style: Annotated[Name, Query(description="timeline, chart, flowchart or persona: how they are told.")] = "timeline",
    overlay: Annotated[
        Name | None, Query(description="What tints them: volume, drop_off, feeling, effort, time, cost, plan, gap.")
    ] = None,
    dark: bool = False,
    headed: Annotated[bool, Query(description="Whether title, scenario and numbers stand above it.")] = True,
    lane: Annotated[list[str] | None, Query(description="Lanes it shows; the experience if not given.")] = None,
    folded: Annotated[list[str] | None, Query(description="Lanes that it shows folded.")] = None,
    frame: Annotated[str | None, Query(max_length=200, description="A frame: a part of it. None: all.")] = None,
    who: Who = None,
    compare: Compare = None,
    weighted: Weighted = True,
    to_be: ToBe = True,
) -> Response:  # fmt: skip
    """The map as SVG, with what the data say now; parts carry ``data-kind`` and ``data-key``."""
    look = {"dark": dark, "headed": headed, "lanes": lane, "folded": folded or (), "overlay": overlay}
    look |= {"frame": frame, "to_be": to_be}
    return Response(
        service.picture(access, id, type, style, lang, who, compare, weighted, **look), media_type="image/svg+xml"
    )


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
