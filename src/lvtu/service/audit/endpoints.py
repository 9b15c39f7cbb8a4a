"""``GET /api/w/{workspace}/audit``: who did what, on what, when, from where."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from lvtu.core.words import known
from lvtu.service.access import Admin
from lvtu.service.audit.trail import key_of
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.session.schemas import PersonSeen

router = APIRouter(tags=["audit"], responses=refusals())


class EntrySeen(BaseModel):
    """A line of the audit log.

    Attributes:
        id: a UUID; ids sort by time.
        at: when.
        person: who; null where they are not known.
        token: the id of the personal token that was used, if it was one.
        action: the method and the address's pattern.
        what: the same in words.
        target: on what, by name.
        status: the HTTP status of the answer: below 400, it was done.
        address: from where.
    """

    id: str
    at: datetime
    person: PersonSeen | None
    token: str | None
    action: str
    what: str
    target: dict[str, Any]
    status: int
    address: str


class Entries(BaseModel):
    """Lines of the audit log.

    Attributes:
        entries: newest first.
        next: what to send as ``before`` for older ones; null where there are none.
    """

    entries: list[EntrySeen]
    next: str | None


@router.get("/api/w/{workspace}/audit", summary="Who did what")
def audit(
    access: Admin,
    lang: Language,
    before: str | None = None,
    person: Annotated[str | None, Query(description="Only what the person of this id did.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Entries:
    """What was changed in the workspace, or was to be changed and refused."""
    found = access.catalog.audit.entries(access.workspace_id, before=before, person_id=person, limit=limit + 1)
    people = access.catalog.people.named({one.person_id for one in found if one.person_id})
    seen = [
        EntrySeen(
            id=one.id, at=one.at, token=one.token_id, action=one.action, target=one.target, status=one.status,
            what=known(key_of(one.action), lang) or one.action, address=one.address,
            person=PersonSeen.of(people[one.person_id]) if one.person_id in people else None,
        )
        for one in found[:limit]
    ]  # fmt: skip
    return Entries(entries=seen, next=seen[-1].id if len(found) > limit else None)
