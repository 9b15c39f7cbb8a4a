"""``/api/tokens``: with one, a person’s programs act for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.roles import Role
from lvtu.catalog.sessions import Signed, Token
from lvtu.service.access import AnySigned, InPerson, RoleName, role_name, theirs
from lvtu.service.audit.trail import about
from lvtu.service.home import Home
from lvtu.service.problems import NotFound, refusals
from lvtu.service.session.schemas import Strict

router = APIRouter(prefix="/api/tokens", tags=["tokens"], responses=refusals())


class NewToken(Strict):
    """A token to make.

    Attributes:
        name: what it is for.
        role: the most it may do, whatever its owner may.
        workspaces: where it may, by name; null for all of its owner's, later ones too.
        days: how long it is good; null for ever.
    """

    name: str = Field(min_length=1, max_length=200)
    role: RoleName = "viewer"
    workspaces: list[str] | None = None
    days: int | None = Field(90, ge=1, le=3650)


class TokenSeen(BaseModel):
    """A token, as its owner sees it.

    Attributes:
        id: by which it is revoked.
        name: what it is for.
        ends: its last letters.
        role: the most it may do.
        workspaces: where, by name; null for everywhere.
        created: when.
        used: when it was used last, to the minute.
        expires: until when it is good.
        revoked: when it was revoked.
    """

    id: str
    name: str
    ends: str
    role: RoleName
    workspaces: list[str] | None
    created: datetime
    used: datetime | None
    expires: datetime | None
    revoked: datetime | None


class MadeToken(TokenSeen):
    """A token that was made.

    Attributes:
        token: it; shown this once.
    """

    token: str


@router.get("", summary="Your tokens")
def tokens(request: Request, signed: AnySigned) -> list[TokenSeen]:
    """Oldest first, revoked ones too."""
    found = _catalog(request).sessions.tokens(signed.person.id)
    return [TokenSeen(**_seen(request, one)) for one in found]


@router.post("", status_code=201, summary="Make a token")
def new_token(request: Request, body: NewToken, signed: InPerson) -> MadeToken:
    """Make a token for programs of yours, which may do what you may, within a role and some workspaces."""
    expires = None if body.days is None else now() + timedelta(days=body.days)
    key, made = _catalog(request).sessions.new_token(
        signed.person.id, body.name, Role[body.role], _ids(request, signed, body.workspaces), expires
    )
    about(request, id=made.id)
    return MadeToken(**_seen(request, made), token=key)


@router.delete("/{id}", status_code=204, summary="Revoke a token")
def revoke(request: Request, id: str, signed: InPerson) -> None:
    """Accept a token of yours no longer, at once."""
    sessions = _catalog(request).sessions
    if id not in [one.id for one in sessions.tokens(signed.person.id)]:
        raise NotFound("token", id, [])
    sessions.revoke_token(signed.person.id, id)


def _catalog(request: Request) -> Catalog:
    return cast(Catalog, request.app.state.catalog)


def _ids(request: Request, signed: Signed, names: list[str] | None) -> list[str] | None:
    if names is None:
        return None
    mine = {one.name: one.id for one in theirs(cast(Home, request.app.state.home), signed)}
    unknown = [name for name in names if name not in mine]
    if unknown:
        raise NotFound("workspace", unknown[0], list(mine))
    return [mine[name] for name in names]


def _seen(request: Request, token: Token) -> dict[str, Any]:
    home = cast(Home, request.app.state.home)
    names = {one.id: one.name for one in home.served.values()}
    kept = {name: getattr(token, name) for name in ("id", "name", "ends", "created", "used", "expires", "revoked")}
    within = None if token.workspace_ids is None else [names[id] for id in token.workspace_ids if id in names]
    return kept | {"role": role_name(token.role), "workspaces": within}
