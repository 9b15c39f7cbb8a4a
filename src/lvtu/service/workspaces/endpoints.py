"""``/api/workspaces`` and ``/api/w/{workspace}``."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request, status

from lvtu.catalog.catalog import Catalog
from lvtu.service.access import AnySigned, InPerson, Role, Viewer, theirs
from lvtu.service.home import Home
from lvtu.service.workspaces import service
from lvtu.service.workspaces.schemas import About, Listed, New

router = APIRouter(prefix="/api", tags=["workspaces"])


@router.get("/workspaces", summary="The workspaces of whoever asks")
def workspaces(request: Request, signed: AnySigned) -> list[Listed]:
    """By name, each with the role that they have in it."""
    home = cast(Home, request.app.state.home)
    home.open()  # one may have been made since
    mine = [(one, signed.role(one.id)) for one in theirs(home, signed)]
    return [Listed(name=one.name, title=one.title, role=role.name) for one, role in mine if role is not None]


@router.post("/workspaces", summary="Make a workspace", status_code=status.HTTP_201_CREATED)
def make(request: Request, signed: InPerson, new: New) -> About:
    """An empty one, whose owner is whoever makes it: somebody who owns one already, or who sits at the machine."""
    catalog = cast(Catalog, request.app.state.catalog)
    served = service.make(cast(Home, request.app.state.home), new, signed)
    if not signed.person.local:
        catalog.people.join(signed.person.id, served.id, Role.owner)
    return service.about(served, Role.owner.name)


@router.get("/w/{workspace}", summary="About a workspace")
def about(access: Viewer) -> About:
    """What it holds, and the token of the snapshot that this is true of."""
    return service.about(access.served, access.role.name)
