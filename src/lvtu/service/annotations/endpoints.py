"""``/api/w/{workspace}/annotations``: what happened, written beside a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.analyses.base import FOREVER
from lvtu.core.units import instant
from lvtu.service.access import Analyst, Viewer
from lvtu.service.annotations import service
from lvtu.service.annotations.schemas import Annotation, AnnotationOf, ChangedAnnotation
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/annotations", tags=["boards"], responses=refusals(409))

Bound = Annotated[str | None, Query(max_length=64)]


@router.get("", summary="The annotations")
def listed(access: Viewer, since: Bound = None, until: Bound = None) -> list[AnnotationOf]:
    """The annotations of a stretch of time, by time."""
    low = -FOREVER if since is None else instant(since)
    return service.during(access, low, FOREVER if until is None else instant(until))


@router.post("", status_code=201, summary="Annotate")
def add(access: Analyst, annotation: Annotation) -> AnnotationOf:
    """Write something beside a time; charts over time show it."""
    return service.add(access, annotation)


@router.put("/{id}", summary="Change an annotation")
def put(access: Analyst, id: str, changed: ChangedAnnotation) -> AnnotationOf:
    """Put an annotation in the place of its version. 409: somebody changed it meanwhile."""
    return service.put(access, id, changed, changed.version)


@router.delete("/{id}", status_code=204, summary="Remove an annotation")
def remove(access: Analyst, id: str) -> None:
    """Remove an annotation for good."""
    service.remove(access, id)
