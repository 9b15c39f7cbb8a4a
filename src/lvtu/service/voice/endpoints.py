"""``GET /api/w/{workspace}/voice``: what customers score, and what goes with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from lvtu.core.units import instant
from lvtu.service.access import Access, Analyst, Viewer
from lvtu.service.languages import Language
from lvtu.service.segments.named import named_only
from lvtu.service.voice import behind
from lvtu.service.voice import quotes as quoting
from lvtu.service.voice import themes as told
from lvtu.service.voice.schemas import After, BehindNumber, Drivers, Themes, Voice, VoiceQuotes
from lvtu.service.voice.service import Asked, By

router = APIRouter(prefix="/api/w/{workspace}/voice", tags=["voice"])


class Chosen(BaseModel):
    """What all addresses of the voice are asked with.

    Attributes:
        since: the period's first instant (ISO-8601).
        until: the first instant after it.
        segment: a segment's name, or (analysts) a condition.
        model: a journey model's key; the default one if not given.
        by: what scores are broken down by.
    """

    since: str | None = None
    until: str | None = None
    segment: str | None = None
    model: str | None = None
    by: By | None = None


class OfOutcome(Chosen):
    """The same of an outcome.

    Attributes:
        outcome: as `outcomes` of the answer name it.
    """

    outcome: str | None = Field(default=None, max_length=400)


class OnScale(Chosen):
    """The same of the answers on a scale.

    Attributes:
        scale: which.
    """

    scale: str | None = Field(default=None, max_length=100)


class OfKind(Chosen):
    """The same of themes.

    Attributes:
        kind: as `kinds` of the answer name them.
    """

    kind: str | None = Field(default=None, max_length=100)


def _asked(access: Access, chosen: Chosen) -> Asked:
    named_only(access, chosen.segment)
    start, end = (None if time is None else instant(time) for time in (chosen.since, chosen.until))
    return Asked(start, end, chosen.segment, chosen.model, chosen.by)


@router.get("", summary="What customers score", response_model=Voice)
def voice(access: Viewer, lang: Language, chosen: Annotated[Chosen, Query()]) -> Response:
    """Each scale by itself: the score with its interval, what changed since the period before, by place, over time."""
    return Response(access.served.voices.ask(_asked(access, chosen), lang), media_type="application/json")


@router.get("/drivers", summary="Which experiences go with an outcome")
def drivers(access: Viewer, lang: Language, chosen: Annotated[OfOutcome, Query()]) -> Drivers:
    """Which share of what all experiences explain each has, with intervals; association, not cause."""
    return behind.drivers(access.served, _asked(access, chosen), chosen.outcome, lang)


@router.get("/after", summary="What happens after an answer")
def after(access: Viewer, lang: Language, chosen: Annotated[OnScale, Query()]) -> After:
    """What customers did after they answered, and did not, by how satisfied they were; association, not cause."""
    return behind.after(access.served, _asked(access, chosen), chosen.scale, lang)


@router.get("/themes", summary="What customers talk about")
def themes(access: Viewer, lang: Language, chosen: Annotated[OfKind, Query()]) -> Themes:
    """The topics of a taxonomy, or themes found in the words: how many texts, how they feel, what changed, quotes."""
    return told.themes(access, _asked(access, chosen), chosen.kind, lang)


@router.post("/quotes", summary="What was said behind a number")
def quotes(access: Analyst, lang: Language, asked: BehindNumber) -> VoiceQuotes:
    """Quotes that stand for many, of different themes, each with the way to its time line."""
    return quoting.quotes(access, asked, lang)
