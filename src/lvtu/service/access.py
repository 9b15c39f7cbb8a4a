"""Who asks, what they may do, and in which workspace: permission is the type of an endpoint's parameter.

An endpoint under ``/api/w/{workspace}/`` takes an `Access` of the least role that may call it:

    @router.get("/events")
    def events(access: Viewer) -> list[EventName]: ...

Any other endpoint under ``/api/`` takes `AnySigned` (whoever is signed in, a program with a token too), `InPerson`
(somebody at a browser: what a token must never do) or `Anybody`. A test sees to it that each takes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from fastapi import Depends, Path, Request

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.documents import Documents
from lvtu.catalog.people import Person
from lvtu.catalog.roles import Role
from lvtu.catalog.sessions import Signed
from lvtu.service import cookies
from lvtu.service.home import Home, Served
from lvtu.service.limits import Limits
from lvtu.service.masking import masked
from lvtu.service.problems import Forbidden, NotFound, SignedOut

__all__ = ["Access", "Admin", "Analyst", "AnySigned", "Anybody", "Editor", "InPerson", "Owner", "Role", "Viewer"]

RoleName = Literal["viewer", "analyst", "editor", "admin", "owner"]
"""How a role is told."""

_HARMLESS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Access:
    """One request's right to one workspace.

    Attributes:
        served: the workspace.
        role: what whoever asks may do in it.
        person: who asks.
        catalog: the home's.
    """

    served: Served
    role: Role
    person: Person
    catalog: Catalog

    @property
    def workspace_id(self) -> str:
        """The workspace's own id, which every row of its carries."""
        return self.served.id

    @property
    def masked(self) -> bool:
        """Whether personal identifiers are not for them to see."""
        return self.role < Role.analyst

    @property
    def zone(self) -> str:
        """By which clock they read the times of single events: their own, else the workspace's."""
        return self.person.zone or self.served.workspace.config.zone

    def shown(self, identifier: str) -> str:
        """A personal identifier as they may see it: whole, or masked."""
        return masked(identifier) if self.masked else identifier

    def documents(self, kind: str) -> Documents:
        """The workspace's documents of a kind."""
        return self.catalog.documents(self.workspace_id, kind)


def signed_of(request: Request) -> Signed | None:
    """Who is signed in, if somebody is: by a token in ``Authorization``, else by the session's cookie."""
    catalog = cast(Catalog, request.app.state.catalog)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = catalog.sessions.of_token(token.strip())
    elif cookie := cookies.read(request):
        found = catalog.sessions.of_session(cookie)
    else:
        found = None
    request.state.signed = found
    if found is not None and not found.person.local:  # who sits at the machine is in nobody's way
        cast(Limits, request.app.state.limits).before_request(found.token_id or found.csrf)
    return found


def _signed(request: Request) -> Signed:
    found = signed_of(request)
    if found is None:
        raise SignedOut("signed_out")
    if found.session and request.method not in _HARMLESS:
        cookies.check_csrf(request, found)
    return found


def _in_person(signed: Annotated[Signed, Depends(_signed)]) -> Signed:
    if not signed.session:
        raise Forbidden("not_by_token")
    return signed


def _anybody() -> None:
    """Says that an endpoint is for everybody; it takes no look at who asks."""


def _needing(least: Role) -> Callable[..., Access]:
    def access(
        request: Request,
        signed: Annotated[Signed, Depends(_signed)],
        workspace: Annotated[str, Path(description="The workspace's name.")],
    ) -> Access:
        home, catalog = cast(Home, request.app.state.home), cast(Catalog, request.app.state.catalog)
        served = home.named(workspace)
        role = None if served is None else signed.role(served.id)
        if served is None or role is None:  # what is not theirs is as if it did not exist
            raise NotFound("workspace", workspace, [one.name for one in theirs(home, signed)])
        request.state.workspace_id = served.id
        if role < least:
            raise Forbidden("role_too_small", role=role.name, needed=least.name)
        served.check()
        return Access(served, role, signed.person, catalog)

    access.__name__ = f"access_as_{least.name}"
    return access


def theirs(home: Home, signed: Signed) -> list[Served]:
    """The workspaces of somebody, by name."""
    found = sorted(home.served.values(), key=lambda one: one.name)
    return [one for one in found if signed.role(one.id) is not None]


def role_name(role: Role) -> RoleName:
    """A role's name, typed."""
    names: dict[Role, RoleName] = {
        Role.viewer: "viewer", Role.analyst: "analyst", Role.editor: "editor", Role.admin: "admin", Role.owner: "owner",
    }  # fmt: skip
    return names[role]


NEEDS: dict[Callable[..., object], Role | None] = {_needing(role): role for role in Role}
"""What lets somebody in, and the least role that it asks for."""

_BY_ROLE = {role: access for access, role in NEEDS.items()}

Viewer = Annotated[Access, Depends(_BY_ROLE[Role.viewer])]
Analyst = Annotated[Access, Depends(_BY_ROLE[Role.analyst])]
Editor = Annotated[Access, Depends(_BY_ROLE[Role.editor])]
Admin = Annotated[Access, Depends(_BY_ROLE[Role.admin])]
Owner = Annotated[Access, Depends(_BY_ROLE[Role.owner])]
AnySigned = Annotated[Signed, Depends(_signed)]
InPerson = Annotated[Signed, Depends(_in_person)]
Anybody = Annotated[None, Depends(_anybody)]

NEEDS |= {_signed: None, _in_person: None, _anybody: None}
