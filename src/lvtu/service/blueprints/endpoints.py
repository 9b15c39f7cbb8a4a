"""``/api/w/{workspace}/maps/{id}/…``: a map as a service blueprint. Findings are waived by edits of the map."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from lvtu.service.access import Viewer
from lvtu.service.blueprints import service
from lvtu.service.blueprints.schemas import BlueprintFindings, BlueprintLists
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}", tags=["maps"], responses=refusals(404))

Name = Literal["handoffs", "dependencies", "interactions", "unowned"]


@router.get(
    "/blueprint", summary="A map as a service blueprint", response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}, "description": "The picture."}},
)  # fmt: skip
def blueprint(access: Viewer, lang: Language, id: str, dark: bool = False, headed: bool = True) -> Response:
    """The blueprint as SVG, with what the data say now; parts carry ``data-kind`` and ``data-key``."""
    return Response(service.blueprint(access, id, lang, dark=dark, headed=headed), media_type="image/svg+xml")


@router.get("/findings", summary="What is wrong with a map as a service blueprint")
def findings(access: Viewer, lang: Language, id: str) -> BlueprintFindings:
    """What the checks find, the gravest first, with who waived what; and the rules."""
    return service.findings(access, id, lang)


@router.get("/lists", summary="Hand-offs, dependencies, interactions, and what nobody owns")
def lists(access: Viewer, lang: Language, id: str) -> BlueprintLists:
    """Which department hands over to which, what depends on what, where both meet, what nobody answers for."""
    return service.lists(access, id, lang)


@router.get(
    "/lists/{name}", summary="A list of a service blueprint as a file", response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "The list."}},
)  # fmt: skip
def table(access: Viewer, lang: Language, id: str, name: Name) -> Response:
    """The list as CSV, its heads in the reader's language; durations in µs."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(service.table(access, id, name, lang), media_type="text/csv; charset=utf-8", headers=headers)
