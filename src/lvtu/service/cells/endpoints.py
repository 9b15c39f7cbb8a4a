"""``/api/w/{workspace}/maps/{id}/…``: what is behind the cells of a map, and whether they can be relied on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from lvtu.service.access import Analyst, Editor, Viewer
from lvtu.service.analyses.schemas import CustomersOf
from lvtu.service.cells import binding, evidence, fresh, service
from lvtu.service.cells.moments import MapMoments, moments_of
from lvtu.service.cells.reliance import EvidenceOffered, MapEvidence, MapFresh, WordsSettled
from lvtu.service.cells.schemas import BehindStep, BindingChoices, BindingShows, BindingTried
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}", tags=["maps"], responses=refusals(404))

Key = Annotated[str | None, Query(max_length=200)]


@router.get("/maps/{id}/behind", summary="What is behind a step of a map")
def behind(access: Viewer, lang: Language, id: str, step: Key = None, lane: Key = None) -> BehindStep:
    """A step's numbers, its four tiles, what customers said, what the cards rest on; of the head without a step."""
    return service.behind(access, id, step, lane, lang)


@router.get("/maps/{id}/customers", summary="Who is behind a number of a map")
def customers(
    access: Analyst, id: str, step: Key = None, lane: Key = None, key: Annotated[Key, Query(alias="binding")] = None,
    after: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> CustomersOf:  # fmt: skip
    """A page of the customers who came by a step, or who gave the answers of a cell."""
    return service.customers(access, id, step, lane, key, after, limit)


@router.get("/maps/{id}/choices", summary="What a map can be shown with")
def choices(access: Viewer, lang: Language, id: str) -> BindingChoices:
    """Scores, questions, topics, metrics and saved questions that its lanes, cells and head can be bound to."""
    return binding.choices(access, id, lang)


@router.post("/maps/{id}/preview", summary="What a map would show")
def preview(access: Editor, lang: Language, id: str, tried: BindingTried) -> BindingShows:
    """What a binding would show, or which steps would count other customers after an edit; nothing is kept."""
    return binding.preview(access, id, tried, lang)


@router.get("/maps/{id}/evidence", summary="What a map rests on")
def rests(access: Viewer, lang: Language, id: str) -> MapEvidence:
    """Its cards by the kind of their evidence, the share that has any, and what is assumed."""
    return evidence.ledger(access, id, lang)


@router.post("/maps/{id}/words", summary="Settle words of somebody forgotten")
def words(access: Editor, lang: Language, id: str, settled: WordsSettled) -> MapEvidence:
    """Take out what a card says and ever said, or let it stay: somebody may have said it who asked to be forgotten."""
    return evidence.settle(access, id, settled.card, settled.take, lang)


@router.get("/maps/{id}/sources", summary="What the cards of a map could rest on")
def sources(
    access: Viewer, lang: Language, id: str, step: Key = None,
    search: Annotated[str, Query(max_length=200)] = "",
) -> EvidenceOffered:  # fmt: skip
    """Insights, highlights, documents, and what customers said at a step, that hold some words."""
    return evidence.offered(access, id, step, search, lang)


@router.get("/maps/{id}/moments", summary="What a map's moments of truth may be")
def moments(access: Viewer, lang: Language, id: str) -> MapMoments:
    """Steps that are proposed as moments of truth, with weight × variance × volume, and what was decided."""
    return moments_of(access, id, lang)


@router.get("/maps/{id}/freshness", summary="Whether a map can be relied on")
def freshness(access: Viewer, lang: Language, id: str) -> MapFresh:
    """How many live cells a map has, and which of them are stale, with the reason why."""
    return fresh.of(access, id, lang)


@router.post("/maps/{id}/seen", summary="Look a map through")
def seen(access: Editor, lang: Language, id: str) -> MapFresh:
    """Say that its numbers have been looked through: what moves from now on is told against these."""
    return fresh.see(access, id, lang)
