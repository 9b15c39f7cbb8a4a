"""``/api/w/{workspace}/insights``: what was learnt about customers, and the verbatim quotes it stands on."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from lvtu.insights.insight import State
from lvtu.insights.tables import Format
from lvtu.service.access import Analyst, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.insights import service
from lvtu.service.insights.schemas import ChangedInsight, InsightOf, Insights, NewInsight, NewQuote
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/insights", tags=["voice"], responses=refusals(404, 409))

Key = Annotated[str, Query(max_length=200)]

_FILES: dict[Format, str] = {
    "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json",
}  # fmt: skip


@router.get("", summary="Insights")
def listed(
    access: Viewer,
    lang: Language,
    search: Key = "",
    state: State | Literal[""] = "",
    stage: Key = "",
    touchpoint: Key = "",
    topic: Annotated[str, Query(max_length=200, description="This topic, or those within it.")] = "",
    comment: Annotated[str, Query(max_length=20, description="Those that quote what was said there.")] = "",
    interview: Annotated[str, Query(max_length=64, description="Those that quote this interview.")] = "",
) -> Insights:
    """What was learnt, the newest first, with how far its quotes carry it; and what may be said of insights."""
    return service.listed(access, service.Wanted(search, state, stage, touchpoint, topic, comment, interview), lang)


@router.post("", status_code=201, summary="Write an insight down")
def add(access: Analyst, lang: Language, request: Request, insight: NewInsight) -> InsightOf:
    """Write an insight down, with the quotes that it stands on from the beginning."""
    made = service.add(access, insight, lang)
    about(request, id=made.id)
    return made


@router.get("/export", summary="Insights as a file", response_class=Response)
def export(
    access: Viewer, lang: Language, format: Format = "md",
    id: Annotated[str | None, Query(max_length=64, description="The one that is wanted; else all.")] = None,
) -> Response:  # fmt: skip
    """The insights with their quotes word for word: to be read (``md``), counted (``csv``) or taken elsewhere."""
    text = service.export(access, id, format, lang)
    headers = {"Content-Disposition": f'attachment; filename="insights.{format}"'}
    return Response(text, media_type=_FILES[format], headers=headers)


@router.get("/{id}", summary="An insight")
def one(access: Viewer, lang: Language, id: str) -> InsightOf:
    """An insight with its quotes, each with its place, and what was done to it."""
    return service.one(access, id, lang)


@router.put("/{id}", summary="Change an insight")
def put(access: Analyst, lang: Language, id: str, changed: ChangedInsight) -> InsightOf:
    """Put an insight in the place of its version. 409: somebody changed it meanwhile."""
    return service.put(access, id, changed, lang)


@router.delete("/{id}", status_code=204, summary="Remove an insight")
def remove(access: Analyst, id: str) -> None:
    """Remove an insight for good, with its quotes where no other stands on them."""
    service.remove(access, id)


@router.post("/{id}/quotes", status_code=201, summary="Quote somebody for an insight")
def quote(access: Analyst, lang: Language, id: str, new: NewQuote) -> InsightOf:
    """Have an insight stand on what a customer said, or on what is marked in an interview. Twice is once."""
    return service.quote(access, id, new, lang)


@router.delete("/{id}/quotes/{quote}", summary="Take a quote away from an insight")
def unquote(access: Analyst, lang: Language, id: str, quote: str) -> InsightOf:
    """Have an insight no longer stand on a quote."""
    return service.unquote(access, id, quote, lang)
