"""``/api/w/{workspace}/maps/{id}/history``, ``versions``, ``diff`` and ``to-be``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from lvtu.service.access import Editor, Viewer
from lvtu.service.audit.trail import about
from lvtu.service.comments.schemas import Part
from lvtu.service.languages import Language
from lvtu.service.maps.schemas import MapOf
from lvtu.service.problems import refusals
from lvtu.service.versions import service
from lvtu.service.versions.schemas import MapDiff, MapHistory, MapPair, NewToBe, VersionName, VersionNumber

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}", tags=["maps"], responses=refusals(404, 409))

Which = Annotated[
    str, Query(max_length=64, description="`now`, the number of a version, or the id of another map.")
]  # fmt: skip


@router.get("/history", summary="The edits of a map")
def history(
    access: Viewer, lang: Language, id: str,
    part: Annotated[Part | None, Query(description="Of which sort of part alone.")] = None,
    key: Annotated[str, Query(max_length=400, description="Its key; of a cell `lane/step`.")] = "",
    most: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> MapHistory:  # fmt: skip
    """What was done to the map or to a part of it, in words, by whom, the newest first."""
    return service.history(access, id, lang, part, key, most)


@router.post("/versions", status_code=201, summary="Keep a map under a name")
def publish(access: Editor, lang: Language, id: str, version: VersionName) -> MapOf:
    """Keep the map as it is, for good. 409: it does not say in which situation the journey is told (`scenarios`)."""
    return service.publish(access, id, version.name, lang)


@router.post("/restore", summary="Restore a version of a map")
def restore(access: Editor, lang: Language, id: str, version: VersionNumber) -> MapOf:
    """Make the map what it was when a version was kept; what came between stays in the history."""
    return service.restore(access, id, version.number, lang)


@router.get("/diff", summary="What is otherwise in a map")
def diff(
    access: Viewer, lang: Language, id: str, other: Annotated[Which, Query(alias="with")], of: Which = "now"
) -> MapDiff:
    """What is otherwise than in a version, or in another map: cell by cell, by step."""
    return service.diff(access, id, other, of, lang)


@router.get("/pairs", summary="The other map of a pair")
def pairs(access: Viewer, lang: Language, id: str) -> list[MapPair]:
    """Of a map that tells how a journey is to be, the one of how it is; otherwise those that were made of it."""
    return service.pairs(access, id, lang)


@router.post("/to-be", status_code=201, summary="Make a map of how a journey is meant to be")
def to_be(access: Editor, lang: Language, request: Request, id: str, wanted: NewToBe) -> MapOf:
    """A copy of the map with the same keys, so that the two can be compared cell by cell."""
    made = service.to_be(access, id, wanted, lang)
    about(request, made=made.id)
    return made
