"""``/api/w/{workspace}/segments/…``: who is in a named group."""

from __future__ import annotations

from fastapi import APIRouter

from lvtu.service.access import Analyst, Viewer
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.segments import service
from lvtu.service.segments.schemas import Definition, Saving, SegmentOf, SegmentPreview

router = APIRouter(prefix="/api/w/{workspace}/segments", tags=["segments"], responses=refusals(409))


@router.post("/preview", summary="Who would be in a segment")
def preview(access: Analyst, definition: Definition, lang: Language) -> SegmentPreview:
    """How many customers a condition or a list names. Nothing is saved."""
    return service.preview(access, definition, lang)


@router.get("/{key}", summary="A named segment")
def get(access: Viewer, key: str, lang: Language) -> SegmentOf:
    """A segment's definition; ``VIP@2`` names a version."""
    return service.get(access.served, key, lang)


@router.put("/{key}", summary="Save a segment")
def put(access: Analyst, key: str, saving: Saving, lang: Language) -> SegmentOf:
    """Keep a segment as its next version. 409: somebody saved it meanwhile; ``newest`` is its version now."""
    return service.put(access, key, saving, lang)
