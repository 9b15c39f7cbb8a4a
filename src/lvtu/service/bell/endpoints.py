"""``/api/w/{workspace}/bell``: what whoever asks is to know of journey maps."""

from __future__ import annotations

from fastapi import APIRouter

from lvtu.service.access import Viewer
from lvtu.service.bell import service
from lvtu.service.bell.schemas import Bell, BellNew, ReadBell
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/bell", tags=["maps"], responses=refusals(404))


@router.get("", summary="What is under one's bell")
def listed(access: Viewer, lang: Language) -> Bell:
    """Comments that name one, or are about what one answers for; reviews; numbers that are not to be relied on."""
    return service.listed(access, lang)


@router.get("/new", summary="How much under one's bell is new")
def new(access: Viewer) -> BellNew:
    """The number that stands at the bell."""
    return service.new(access)


@router.post("/read", summary="Say what one has read")
def read(access: Viewer, read: ReadBell) -> BellNew:
    """It no longer counts as new."""
    return service.read(access, read)
