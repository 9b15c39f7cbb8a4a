"""``/api/w/{workspace}/maps/{id}/comments``: what people say about journey maps.

Whoever may look may say something: those whom a map is about to change seldom have more than that, and what they say
changes nothing on the map.
"""

from __future__ import annotations

from fastapi import APIRouter, Request

from lvtu.service.access import Viewer
from lvtu.service.audit.trail import about
from lvtu.service.comments import service
from lvtu.service.comments.schemas import MapThreads, NewThread, NewWords, Settled, ThreadOf
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}", tags=["maps"], responses=refusals(403, 404))


@router.get("/maps/{id}/comments", summary="What was said about a map")
def listed(access: Viewer, lang: Language, id: str) -> MapThreads:
    """The threads about the map and its parts, the newest first."""
    return service.listed(access, id, lang)


@router.post("/maps/{id}/comments", status_code=201, summary="Say something about a part of a map")
def begin(access: Viewer, lang: Language, request: Request, id: str, said: NewThread) -> ThreadOf:
    """Begin a thread. Whoever it names is told, by e-mail too, where the workspace sends any."""
    made = service.begin(access, id, said, str(request.base_url), lang)
    about(request, thread=made.id)
    return made


@router.post("/maps/{id}/comments/{comment}/replies", status_code=201, summary="Answer a comment")
def reply(access: Viewer, lang: Language, request: Request, id: str, comment: str, said: NewWords) -> ThreadOf:
    """Say something in the comment's thread."""
    return service.reply(access, id, comment, said, str(request.base_url), lang)


@router.put("/maps/{id}/comments/{comment}/settled", summary="Settle a thread, or open it again")
def settle(access: Viewer, lang: Language, id: str, comment: str, settled: Settled) -> ThreadOf:
    """Who began it may, and editors."""
    return service.settle(access, id, comment, settled.resolved, lang)


@router.put("/maps/{id}/comments/{comment}", summary="Change what one said")
def change(access: Viewer, lang: Language, request: Request, id: str, comment: str, said: NewWords) -> ThreadOf:
    """Say it in other words; one's own comments alone."""
    return service.change(access, id, comment, said, str(request.base_url), lang)


@router.delete("/maps/{id}/comments/{comment}", status_code=204, summary="Take a comment back")
def remove(access: Viewer, id: str, comment: str) -> None:
    """One's own; those of others if one is an admin. The first of a thread that was answered leaves its place."""
    service.remove(access, id, comment)
