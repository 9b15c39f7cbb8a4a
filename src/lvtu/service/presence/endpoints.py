"""``/api/w/{workspace}/maps/{id}/here``, ``locks`` and ``changes``: several people on one map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from lvtu.service.access import Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.presence import service
from lvtu.service.presence.schemas import LockOf, MapChanges, MapTogether, Whereabouts
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}", tags=["maps"], responses=refusals(404, 409))

Card = Annotated[str, Path(max_length=200, description="The card's key.")]


@router.post("/here", summary="Say that one has a map open")
def here(access: Viewer, lang: Language, id: str, whereabouts: Whereabouts) -> MapTogether:
    """Who has the map open, and which cards they type in. Say so each second: whoever is silent for 12 s is gone."""
    return service.here(access, id, whereabouts, lang)


@router.delete("/here/{tab}", status_code=204, summary="Say that one has closed a map")
def leave(access: Viewer, id: str, tab: Annotated[str, Path(max_length=64)]) -> None:
    """What one typed in is free at once, if it was one's last tab with the map."""
    service.leave(access, id, tab)


@router.put("/locks/{card}", summary="Lock a card while one types")
def lock(access: Editor, lang: Language, id: str, card: Card) -> LockOf:
    """Keep others from changing a card, for 15 s; do so again while one types. 409: somebody else types in it."""
    return service.lock(access, id, card, lang)


@router.delete("/locks/{card}", status_code=204, summary="Let go of a card")
def release(access: Editor, id: str, card: Card) -> None:
    """Let others change a card again."""
    service.release(access, id, card)


@router.get("/changes", summary="What was done to a map since one last looked")
def changes(access: Viewer, id: str, after: Annotated[int, Query(ge=0)] = 0) -> MapChanges:
    """The edits behind a step with what they changed, in order: to be made on the map that one has."""
    return service.changes(access, id, after)
