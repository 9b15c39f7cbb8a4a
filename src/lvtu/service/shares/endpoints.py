"""``/api/w/{workspace}/shares``, and ``GET /api/shared/{key}``, which anybody may read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.shares import Share
from lvtu.errors import UnknownName
from lvtu.service.access import Anybody, Editor
from lvtu.service.analyses.schemas import Answer
from lvtu.service.audit.trail import about
from lvtu.service.home import Home
from lvtu.service.languages import Language
from lvtu.service.limits import Limits
from lvtu.service.problems import NotFound, refusals
from lvtu.service.session.schemas import Strict
from lvtu.service.shares import service

router = APIRouter(tags=["shares"], responses=refusals())


class SharedQuestion(Strict):
    """A saved question.

    Attributes:
        analysis: its analysis.
        spec: what is asked.
        title: as readers see it.
    """

    analysis: str
    spec: dict[str, Any] = Field(default_factory=dict)
    title: str = Field("", max_length=300)


class NewShare(Strict):
    """Something to show.

    Attributes:
        title: as readers see it.
        questions: one saved question, or those of a board, in its order.
        board: the id of the board that they are of, if they are of one.
        days: how long the link is good; null until it is revoked.
    """

    title: str = Field(min_length=1, max_length=300)
    questions: list[SharedQuestion] = Field(min_length=1, max_length=50)
    board: str | None = None
    days: int | None = Field(30, ge=1, le=3650)


class ShareSeen(BaseModel):
    """Something that is shown.

    Attributes:
        id: by which it is revoked.
        ends: the last letters of its key.
        title: as readers see it.
        questions: what is shown.
        board: the board that it is of, if it is of one.
        author: the id of who shared it.
        created: when.
        expires: until when.
        revoked: when it was revoked.
    """

    id: str
    ends: str
    title: str
    questions: list[SharedQuestion]
    board: str | None
    author: str | None
    created: datetime
    expires: datetime | None
    revoked: datetime | None


class MadeShare(ShareSeen):
    """Something that is shown from now on.

    Attributes:
        key: of the link; shown this once.
        link: the page that shows it.
    """

    key: str
    link: str


class SharedAnswer(BaseModel):
    """A shared question's title and answer."""

    title: str
    answer: Answer


class Shared(BaseModel):
    """What a link shows.

    Attributes:
        title: as whoever shared it called it.
        created: when it was shared; the answers are of now.
        expires: until when it is shown.
        simulated: whether the data carry simulated events.
        answers: in their order.
    """

    title: str
    created: datetime
    expires: datetime | None
    simulated: bool
    answers: list[SharedAnswer]


@router.get("/api/w/{workspace}/shares", summary="What is shared")
def shares(access: Editor) -> list[ShareSeen]:
    """Oldest first, what has ended too."""
    return [ShareSeen(**_seen(one)) for one in access.catalog.shares.of_workspace(access.workspace_id)]


@router.post("/api/w/{workspace}/shares", status_code=201, summary="Share an answer or a board")
def share(request: Request, access: Editor, body: NewShare) -> MadeShare:
    """Make a link at which anybody reads the answers, and nothing else, until it ends."""
    service.check([(one.analysis, one.spec) for one in body.questions])
    expires = None if body.days is None else now() + timedelta(days=body.days)
    shown = body.model_dump(mode="json", include={"questions", "board"})
    key, made = access.catalog.shares.new(
        access.workspace_id, body.title, shown, author=access.person.id, expires=expires
    )
    about(request, id=made.id)
    return MadeShare(**_seen(made), key=key, link=f"{request.base_url}shared/{key}")


@router.delete("/api/w/{workspace}/shares/{id}", status_code=204, summary="Share no longer")
def unshare(access: Editor, id: str) -> None:
    """Let the link show nothing any more, at once."""
    try:
        access.catalog.shares.revoke(access.workspace_id, id)
    except UnknownName:
        raise NotFound("share", id, []) from None


@router.get("/api/shared/{key}", summary="Read what is shared", response_model=Shared)
def read(request: Request, key: str, _: Anybody, lang: Language, dark: bool = False) -> Response:
    """The answers that somebody shared, counted now. 404 when the link has ended, or never was one."""
    home, catalog = cast(Home, request.app.state.home), cast(Catalog, request.app.state.catalog)
    cast(Limits, request.app.state.limits).before_request(request.client.host if request.client else "")
    found = catalog.shares.of_key(key)
    served = (
        None if found is None else next((one for one in home.served.values() if one.id == found.workspace_id), None)
    )
    if found is None or served is None:
        raise NotFound("share", "…" + key[-4:], [])
    return Response(service.shown(served, found, lang, dark), media_type="application/json")


def _seen(share: Share) -> dict[str, Any]:
    kept = {name: getattr(share, name) for name in ("id", "ends", "title", "author", "created", "expires", "revoked")}
    return kept | share.shown
