"""``/api/w/{workspace}/sources`` and ``…/catalogue``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.service.access import Viewer
from lvtu.service.problems import refusals
from lvtu.service.sources import service
from lvtu.service.sources.schemas import Catalogue, EventDetail, Sources

router = APIRouter(prefix="/api/w/{workspace}", tags=["data"], responses=refusals())


@router.get("/sources", summary="Where the data comes from")
def sources(access: Viewer) -> Sources:
    """Each source with how much there is of it, how fast it comes, and what of it was set aside."""
    return service.sources(access.served)


@router.get("/catalogue", summary="Which events there are")
def catalogue(access: Viewer, search: Annotated[str, Query(max_length=200)] = "") -> Catalogue:
    """Every event name with its volume, when it was seen, and how its contract is held."""
    return service.catalogue(access.served, search)


@router.get("/catalogue/{event:path}", summary="What an event carries")
def event(access: Viewer, event: str) -> EventDetail:
    """One event with its fields and properties, by its newest 300."""
    return service.event(access, event)
