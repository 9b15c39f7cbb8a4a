"""Who asks, what they may do, and in which workspace: permission is the type of an endpoint's parameter.

An endpoint under ``/api/w/{workspace}/`` takes an `Access` of the least role that may call it:

    @router.get("/events")
    def events(access: Viewer) -> list[EventName]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, cast

from fastapi import Depends, Path, Request

from lvtu.errors import UnknownName
from lvtu.service.home import Home, Served


class Role(IntEnum):
    """What somebody may do in a workspace; each may do what those before it may."""

    viewer = 1
    """Sees answers, boards and customers; personal identifiers are masked."""
    analyst = 2
    """Asks any question, saves it, sees who is behind a number."""
    editor = 3
    """Brings data in, changes models, contracts and who is who."""
    admin = 4
    """Keys, people, webhooks, the audit log."""
    owner = 5
    """Everything, erasure and the workspace itself included."""


@dataclass(frozen=True)
class Access:
    """One request's right to one workspace.

    Attributes:
        served: the workspace.
        role: what whoever asks may do in it.
    """

    served: Served
    role: Role


def _needing(least: Role) -> Callable[..., Access]:
    def access(request: Request, workspace: Annotated[str, Path(description="The workspace's name.")]) -> Access:
        home = cast(Home, request.app.state.home)
        if (served := home.named(workspace)) is None:
            raise UnknownName("workspace", workspace, [one.name for one in home.served.values()])
        return Access(served, Role.owner)

    access.__name__ = f"access_as_{least.name}"
    return access


Viewer = Annotated[Access, Depends(_needing(Role.viewer))]
Analyst = Annotated[Access, Depends(_needing(Role.analyst))]
Editor = Annotated[Access, Depends(_needing(Role.editor))]
Admin = Annotated[Access, Depends(_needing(Role.admin))]
Owner = Annotated[Access, Depends(_needing(Role.owner))]
