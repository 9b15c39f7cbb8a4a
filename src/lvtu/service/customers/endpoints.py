"""``/api/w/{workspace}/customers``: the addresses of customers. An identifier may hold anything, percent-encoded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator

from lvtu.service.access import Viewer
from lvtu.service.customers import service
from lvtu.service.customers.addresses import given
from lvtu.service.customers.schemas import Customers, Profile, Timeline
from lvtu.service.customers.timeline import Page
from lvtu.service.languages import Language

router = APIRouter(prefix="/api/w/{workspace}/customers", tags=["customers"])

_MODEL = Query(description="A journey model's key; the default one if not given.")
Id = Annotated[str, Path(description="Any identifier of theirs, or a `ref`; percent-encoded."), AfterValidator(given)]
Model = Annotated[str | None, _MODEL]


@router.get("", summary="Find customers")
def customers(
    access: Viewer,
    search: Annotated[str, Query(description="An identifier, or how one begins.", max_length=500)] = "",
    segment: Annotated[str | None, Query(description="A segment's name, or (analysts) a condition.")] = None,
    after: Annotated[str | None, Query(description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Customers:
    """A page of customers, those first who were active last."""
    return service.search(access, search, segment, after, limit)


@router.get("/{id}/timeline", summary="A customer's time line")
def timeline(
    access: Viewer,
    lang: Language,
    id: Id,
    before: Annotated[int | None, Query(description="Only events before this place, the newest first.")] = None,
    after: Annotated[int | None, Query(description="Only events after this place, the oldest first.")] = None,
    order: Annotated[str, Query(pattern="^(newest|oldest)$")] = "newest",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    model: Model = None,
) -> Timeline:
    """Everything they did and said, a page at a time."""
    return service.line(access, id, Page(before, after, order == "oldest", limit), model, lang)


@router.get("/{id}", summary="A customer")
def customer(access: Viewer, lang: Language, id: Id, model: Model = None) -> Profile:
    """Who they are, how that is known, where they are in the journey, and what they last said."""
    return service.about(access, id, model, lang)
