"""``/api/w/{workspace}/feedback``: what was said at feedback doors, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from lvtu.service.access import Access, Analyst, Editor
from lvtu.service.audit.trail import about
from lvtu.service.feedback import service
from lvtu.service.feedback.schemas import (
    FeedbackDecision,
    FeedbackMerge,
    FeedbackPieces,
    FeedbackPublication,
    FeedbackWhole,
    Kind,
    Status,
)  # fmt: skip
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/feedback", tags=["feedback"], responses=refusals(409))

_Version = Annotated[int, Query(ge=1, description="The one that is changed.")]


@router.get("", summary="Feedback")
def listed(
    request: Request, access: Analyst, lang: Language,
    status: Annotated[list[Status] | None, Query()] = None, kind: Annotated[list[Kind] | None, Query()] = None,
    owner: Annotated[str | None, Query(description="The id of who sees to it.")] = None,
    door: Annotated[str | None, Query(description="The id of the survey that it came by.")] = None,
    before: Annotated[str | None, Query(description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> FeedbackPieces:  # fmt: skip
    """What was said at feedback doors, newest first; what was merged into another piece stands with that one."""
    wanted = service.Wanted(status or (), kind or (), owner, door, before, limit)
    return service.listed(access, wanted, str(request.base_url), lang)


@router.get("/{id}", summary="A piece of feedback")
def get(request: Request, access: Analyst, id: str, lang: Language) -> FeedbackWhole:
    """A piece with what was merged into it, what was done, and whether whoever said it was told."""
    return service.get(access, id, str(request.base_url), lang)


@router.patch("/{id}", summary="Decide on a piece of feedback")
def decide(request: Request, access: Editor, id: str, decision: FeedbackDecision, lang: Language) -> FeedbackWhole:
    """Say what is to be about it: its status, who sees to it, the answer; what is not named stays.

    Each change becomes an event on the time line of whoever said it, and of those whose pieces were merged into it.
    With ``tell``, whoever left an address, or has one in their events, gets a message once it is closed. 409: somebody
    changed it meanwhile; ``newest`` is its version now.
    """
    changes = service.decide(access, id, decision)
    about(request, changed=sorted({one.what for one in changes}), status=decision.status)
    return _whole(request, access, id, lang)


@router.put("/{id}/public", summary="Publish a piece of feedback")
def publish(request: Request, access: Editor, id: str, words: FeedbackPublication, lang: Language) -> FeedbackWhole:
    """Let everybody read of it on the public page, in these words; what was said itself is never shown there."""
    service.publish(access, id, words, words.version)
    return _whole(request, access, id, lang)


@router.delete("/{id}/public", summary="Publish a piece of feedback no more")
def unpublish(request: Request, access: Editor, id: str, version: _Version, lang: Language) -> FeedbackWhole:
    """Take it off the public page; its votes stay."""
    service.publish(access, id, None, version)
    return _whole(request, access, id, lang)


@router.put("/{id}/merged", summary="Merge a piece of feedback into another")
def merge(request: Request, access: Editor, id: str, merging: FeedbackMerge, lang: Language) -> FeedbackWhole:
    """Say that it says the same as another one: what becomes of that one becomes of both from now on."""
    about(request, into=merging.into)
    service.merge(access, id, merging)
    return _whole(request, access, id, lang)


@router.delete("/{id}/merged", summary="Take a piece of feedback out of another")
def split(request: Request, access: Editor, id: str, lang: Language) -> FeedbackWhole:
    """Let it go its own way again, as it is now."""
    service.split(access, id)
    return _whole(request, access, id, lang)


def _whole(request: Request, access: Access, id: str, lang: Language) -> FeedbackWhole:
    return service.get(access, id, str(request.base_url), lang)
