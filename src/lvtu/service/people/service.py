"""Who may give whom which role. Nobody gives, changes or takes a role that is larger than their own."""

from __future__ import annotations

from lvtu.catalog.people import Member
from lvtu.catalog.roles import Role
from lvtu.errors import BadInput, UnknownName
from lvtu.service.access import Access
from lvtu.service.problems import Forbidden, NotFound


def invite(access: Access, email: str, name: str, role: Role) -> tuple[Member, str | None]:
    """Give somebody a role.

    Returns:
        Them, and the key of a link where they are new. Somebody whom other workspaces know gets none: whoever
        invites them could use it to be them there.

    Raises:
        BadInput: the address is none, or they are in the workspace already.
        Forbidden: the role is too large to give.
    """
    _may(access, role)
    people = access.catalog.people
    person = people.by_email(email)
    if person is not None and access.workspace_id in people.roles(person):
        raise BadInput("member_already", email=person.email or "")
    new = person is None
    person = person or people.new(email, name=name)
    if not new:
        _end_links(access, person.id)
    people.join(person.id, access.workspace_id, role)
    member = people.member(access.workspace_id, person.id)
    return member, access.catalog.sessions.link(person) if new else None


def invite_again(access: Access, id: str) -> tuple[Member, str]:
    """The key of another link.

    Raises:
        Forbidden: they have a password, are of other workspaces too, or have a larger role.
    """
    member = _member_alone(access, id)
    if member.signs_in:
        raise Forbidden("has_password")
    access.catalog.sessions.end_all(id)
    return member, access.catalog.sessions.link(member.person)


def reset(access: Access, id: str) -> tuple[Member, str]:
    """Take somebody's password and sessions away; the key of a link with which they set another one.

    Raises:
        Forbidden: it is oneself, who would need no password to change it; they are of other workspaces too, or have a
            larger role.
    """
    if id == access.person.id:
        raise Forbidden("no_reset_of_oneself")
    member = _member_alone(access, id)
    access.catalog.people.take_password(id)
    access.catalog.sessions.end_all(id)
    return _member(access, id), access.catalog.sessions.link(member.person)


def change(access: Access, id: str, role: Role) -> Member:
    """Give somebody another role.

    Raises:
        NotFound: they are not of the workspace.
        Forbidden: the role they have, or are to have, is too large.
        BadInput: the workspace's last owner would be none.
    """
    before = _member(access, id).role
    _may(access, max(role, before))
    if role > before:
        _end_links(access, id)
    access.catalog.people.join(id, access.workspace_id, role)
    return _member(access, id)


def remove(access: Access, id: str) -> None:
    """Take somebody's role away; see `change`."""
    _may(access, _member(access, id).role)
    access.catalog.people.leave(id, access.workspace_id)


def _member(access: Access, id: str) -> Member:
    try:
        return access.catalog.people.member(access.workspace_id, id)
    except UnknownName:
        raise NotFound("person", id, []) from None


def _member_alone(access: Access, id: str) -> Member:
    """Somebody of this workspace and of no other: whoever has a link for them can be them wherever they are.

    Raises:
        NotFound: they are not of the workspace.
        Forbidden: they are of other workspaces too, or have a larger role.
    """
    member = _member(access, id)
    _may(access, member.role)
    if set(access.catalog.people.roles(member.person)) != {access.workspace_id}:
        raise Forbidden("no_link_for_them")
    return member


def password_link(base: str, key: str) -> str:
    """The address of the page on which a link's person sets their password.

    The key stands behind ``#``: browsers send that to nobody, so it is in no log, and no preview uses it up.
    """
    return f"{base}set-password#key={key}"


def _end_links(access: Access, id: str) -> None:
    """Let no link that was handed out for somebody with no password open more than it was made for."""
    if not access.catalog.people.has_password(id):
        access.catalog.sessions.end_all(id)


def _may(access: Access, role: Role) -> None:
    if role > access.role:
        raise Forbidden("role_too_small", role=access.role.name, needed=role.name)
