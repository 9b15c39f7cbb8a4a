"""In ``/api/w/{workspace}/``: ``events``, ``fields``, ``segments``, ``metrics``, ``models``; ``count``, ``parse``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.service.access import Role, Viewer
from lvtu.service.languages import Language
from lvtu.service.masking import identifying
from lvtu.service.names import service
from lvtu.service.names.schemas import (
    Counted,
    Counting,
    EventName,
    FieldName,
    FieldValue,
    MetricName,
    ModelName,
    Parsed,
    Parsing,
    SegmentName,
)
from lvtu.service.problems import Forbidden, refusals
from lvtu.service.segments.named import named_only

router = APIRouter(prefix="/api/w/{workspace}", tags=["names"], responses=refusals(410))

Search = Annotated[str, Query(max_length=200, description="What was typed so far.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="So many at most.")]


@router.get("/events", summary="Event names")
def events(access: Viewer, lang: Language, search: Search = "", limit: Limit = 200) -> list[EventName]:
    """The event names that fit what was typed, the most frequent first; near ones where none fits.

    What the journey model calls an event fits, too.
    """
    return service.events(access.served, access.served.answers.moment(), search, limit, lang)


@router.get("/fields", summary="Fields and properties")
def fields(access: Viewer, lang: Language) -> list[FieldName]:
    """What can be compared or broken down by: the record's fields, the model's columns, the events' properties."""
    return service.fields(access.served, access.served.answers.moment(), lang)


@router.get("/fields/{name:path}/values", summary="Values of a field")
def values(
    access: Viewer, lang: Language, name: str, search: Search = "", limit: Limit = 50
) -> list[FieldValue]:  # fmt: skip
    """The values that fit what was typed, the most frequent first. Numbers and times have no list of values.

    Of a field that says who somebody is a viewer sees none, nor values that are an address or a phone number.
    """
    if access.masked and identifying(name):
        return []
    return service.values(access.served, access.served.answers.moment(), name, search, limit, lang, access.masked)


@router.get("/segments", summary="Named segments")
def segments(access: Viewer, lang: Language) -> list[SegmentName]:
    """Those that every workspace has, and its own."""
    return service.segments(access.served, lang)


@router.get("/metrics", summary="Metrics")
def metrics(access: Viewer, lang: Language) -> list[MetricName]:
    """Those that every workspace has, and its own."""
    return service.metrics(access.served, lang)


@router.get("/models", summary="Journey models")
def models(access: Viewer, lang: Language) -> list[ModelName]:
    """The workspace's journey models."""
    return service.models(access.served, lang)


@router.post("/count", summary="Count customers and events")
def count(access: Viewer, asked: Counting) -> Counted:
    """How many customers and events fit a condition or a segment; a viewer asks of segments by their names alone.

    With a condition, whoever may not see identifiers could find out whether somebody is here.
    """
    named_only(access, asked.segment)
    if access.masked and asked.where is not None:
        raise Forbidden("role_too_small", role=access.role.name, needed=Role.analyst.name)
    return service.count(access.served.answers.moment(), asked)


@router.post("/parse", summary="Read a condition")
def parse(access: Viewer, asked: Parsing, lang: Language) -> Parsed:
    """What a condition means; or what is wrong with it, and where."""
    naming = service.naming_of(access.served, access.served.answers.moment())
    return service.parsed(asked.condition, lang, naming)
