"""``GET /api/w/{workspace}/overview``: the address of the overview."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from lvtu.core.units import instant
from lvtu.service.access import Viewer
from lvtu.service.languages import Language
from lvtu.service.overview.schemas import Overview
from lvtu.service.overview.service import Asked
from lvtu.service.segments.named import named_only

router = APIRouter(prefix="/api/w/{workspace}", tags=["overview"])


@router.get("/overview", summary="The workspace's journey at a glance", response_model=Overview)
def overview(
    access: Viewer,
    lang: Language,
    since: Annotated[str | None, Query(description="The period's first instant (ISO-8601).")] = None,
    until: Annotated[str | None, Query(description="The first instant after it.")] = None,
    segment: Annotated[str | None, Query(description="A segment's name, or (analysts) a condition.")] = None,
    model: Annotated[str | None, Query(description="A journey model's key; the default one if not given.")] = None,
) -> Response:
    """Stages, figures, what changed since the period before, and what needs a person's eye, on one snapshot."""
    named_only(access, segment)
    start, end = (None if time is None else instant(time) for time in (since, until))
    told = access.served.overviews.ask(Asked(start, end, segment, model), lang)
    return Response(told, media_type="application/json")
