"""``/api/w/{workspace}/maps/{id}/timer`` and ``voting``: workshops on a map. ``…/here`` tells both each second."""

from __future__ import annotations

from fastapi import APIRouter

from lvtu.service.access import Editor, Viewer
from lvtu.service.languages import Language
from lvtu.service.map_editor.schemas import MapEdited
from lvtu.service.problems import refusals
from lvtu.service.workshops import service
from lvtu.service.workshops.schemas import DotsGiven, TimerOf, TimerSet, VotingNew, VotingOf

router = APIRouter(prefix="/api/w/{workspace}/maps/{id}", tags=["maps"], responses=refusals(404, 409))


@router.put("/timer", summary="Set the timer of a map")
def set_timer(access: Editor, lang: Language, id: str, wanted: TimerSet) -> TimerOf:
    """Let the timer have so many seconds left, running or standing still: so it is begun, lengthened and halted."""
    return service.set_timer(access, id, wanted, lang)


@router.delete("/timer", status_code=204, summary="Take the timer of a map away")
def take_timer(access: Editor, id: str) -> None:
    """Take the timer away, over or not."""
    service.take_timer(access, id)


@router.post("/voting", status_code=201, summary="Begin a voting on a map")
def begin(access: Editor, lang: Language, id: str, new: VotingNew) -> VotingOf:
    """Let everybody who sees the map put dots on its cards. A map has one voting at a time."""
    return service.begin(access, id, new, lang)


@router.put("/voting/dots", summary="Vote on a card of a map")
def put(access: Viewer, lang: Language, id: str, given: DotsGiven) -> VotingOf:
    """Say how many of one's dots stand on a card. Nobody else is told before the voting is over."""
    return service.put(access, id, given, lang)


@router.post("/voting/end", summary="End a voting on a map")
def end(access: Editor, id: str) -> MapEdited:
    """Count the dots. What the cards got is kept in the map's `votings`, ranked; whose dots they were is not."""
    return service.end(access, id)


@router.delete("/voting", status_code=204, summary="Drop a voting on a map")
def drop(access: Editor, id: str) -> None:
    """End a voting, and keep nothing of it."""
    service.drop(access, id)
