"""``/api/w/{workspace}/people``: who is in a workspace, and with which role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from lvtu.catalog.people import Member
from lvtu.catalog.roles import Role
from lvtu.service.access import Admin, RoleName, Viewer, role_name
from lvtu.service.audit.trail import about
from lvtu.service.masking import masked
from lvtu.service.people import service
from lvtu.service.people.service import password_link
from lvtu.service.problems import refusals
from lvtu.service.session.schemas import Strict

router = APIRouter(prefix="/api/w/{workspace}/people", tags=["people"], responses=refusals())


class NewMember(Strict):
    """Somebody to let in.

    Attributes:
        email: by which they sign in.
        name: as others see them; theirs to change.
        role: what they may do.
    """

    email: str = Field(max_length=320)
    name: str = Field("", max_length=200)
    role: RoleName = "viewer"


class NewRole(Strict):
    """What somebody may do from now on."""

    role: RoleName


class MemberSeen(BaseModel):
    """A person of the workspace.

    Attributes:
        id: a UUID.
        name: as they call themselves.
        email: masked for those who may not change people.
        role: what they may do.
        since: when they were let in.
        signs_in: whether they have a password yet.
    """

    id: str
    name: str
    email: str
    role: RoleName
    since: datetime
    signs_in: bool


class Invited(MemberSeen):
    """Somebody who was let in.

    Attributes:
        link: with it they set their own password, once, within three days; null where they sign in already.
    """

    link: str | None


@router.get("", summary="The people of the workspace")
def people(access: Viewer) -> list[MemberSeen]:
    """Who has a role in it, by address."""
    found = access.catalog.people.members(access.workspace_id)
    return [MemberSeen(**_seen(one, whole=access.role >= Role.admin)) for one in found]


@router.post("", status_code=201, summary="Let somebody in")
def invite(request: Request, access: Admin, body: NewMember) -> Invited:
    """Give somebody a role. Who is new to the server gets a link, to set a password of their own; hand it to them."""
    member, key = service.invite(access, body.email, body.name, Role[body.role])
    about(request, id=member.person.id, role=body.role)
    return Invited(**_seen(member), link=None if key is None else password_link(str(request.base_url), key))


@router.post("/{id}/link", status_code=201, summary="Another link for somebody who is new")
def link(request: Request, access: Admin, id: str) -> Invited:
    """A link for somebody who has no password yet and is of this workspace alone; those before it open nothing more."""
    member, key = service.invite_again(access, id)
    return Invited(**_seen(member), link=password_link(str(request.base_url), key))


@router.post("/{id}/reset", status_code=201, summary="Reset a password")
def reset(request: Request, access: Admin, id: str) -> Invited:
    """Let somebody's password open nothing more, end their sessions, and make a link with which they set another one.

    For people of this workspace alone, whose role is no larger than one's own, and not for oneself.
    """
    member, key = service.reset(access, id)
    return Invited(**_seen(member), link=password_link(str(request.base_url), key))


@router.patch("/{id}", summary="Change a role")
def change(request: Request, access: Admin, id: str, body: NewRole) -> MemberSeen:
    """Give somebody another role: one that is no larger than one's own, to somebody whose role is not either."""
    about(request, role=body.role)
    return MemberSeen(**_seen(service.change(access, id, Role[body.role])))


@router.delete("/{id}", status_code=204, summary="Let somebody in no longer")
def remove(access: Admin, id: str) -> None:
    """Take somebody's role away; they keep those in other workspaces."""
    service.remove(access, id)


def _seen(member: Member, whole: bool = True) -> dict[str, Any]:
    email = member.person.email or ""
    return {
        "id": member.person.id, "name": member.person.name, "email": email if whole else masked(email),
        "role": role_name(member.role), "since": member.since, "signs_in": member.signs_in,
    }  # fmt: skip
