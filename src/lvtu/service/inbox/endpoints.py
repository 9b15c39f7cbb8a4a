"""``/api/w/{workspace}/inbox``: everything that customers said, and how it was read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from lvtu.service.access import Analyst, Viewer
from lvtu.service.inbox import service
from lvtu.service.inbox.listing import Order
from lvtu.service.inbox.schemas import Correction, Inbox, SaidWhy
from lvtu.service.languages import Language

router = APIRouter(prefix="/api/w/{workspace}/inbox", tags=["inbox"])

Chosen = Annotated[list[str] | None, Query(max_length=100, description="Any of these values; an empty one is none.")]
Id = Annotated[int, Path(ge=0, lt=1 << 62, description="The `id` of what was said.")]
Model = Annotated[str | None, Query(description="A journey model's key; the default one if not given.")]
Bound = Annotated[str | None, Query(max_length=64)]


@router.get("", summary="What customers said")
def inbox(
    access: Viewer,
    lang: Language,
    search: Annotated[str, Query(max_length=500, description="A piece of the text, in any case.")] = "",
    where: Annotated[str | None, Query(max_length=8000, description="A condition on the event (analysts).")] = None,
    segment: Annotated[str | None, Query(description="A segment's name, or (analysts) a condition.")] = None,
    sentiment: Chosen = None,
    channel: Chosen = None,
    touchpoint: Chosen = None,
    event: Chosen = None,
    source: Chosen = None,
    scale: Chosen = None,
    language: Chosen = None,
    answered: Annotated[str | None, Query(pattern="^(yes|no)$")] = None,
    since: Bound = None,
    until: Bound = None,
    order: Annotated[Order, Query(description="`worst` and `best` go by the feeling.")] = "newest",
    after: Annotated[str | None, Query(description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    model: Model = None,
) -> Inbox:
    """A page of everything that customers said, and how many texts each filter would leave."""
    chosen = service.values_of({
        "sentiment": sentiment, "channel": channel, "touchpoint": touchpoint, "event": event, "source": source,
        "scale": scale, "language": language, "answered": [answered] if answered else None,
    })  # fmt: skip
    asked = service.Asked(chosen, search, where, segment, since, until, order, after, limit, model)
    return service.page(access, asked, lang)


@router.get("/{id}", summary="One text, and why it was read so")
def said(access: Viewer, lang: Language, id: Id, model: Model = None) -> SaidWhy:
    """The words that made its reading, what people said of it, and what the customer did around it."""
    return service.one(access, id, model, lang)


@router.put("/{id}/reading", summary="Correct how a text was read")
def correct(access: Analyst, lang: Language, id: Id, correction: Correction) -> SaidWhy:
    """It counts at once, in every answer; what is not given stays."""
    return service.correct(access, id, correction, lang)


@router.delete("/{id}/reading", summary="Take a correction back")
def undo(access: Analyst, lang: Language, id: Id) -> SaidWhy:
    """The text counts again as it was read."""
    return service.undo(access, id, lang)
