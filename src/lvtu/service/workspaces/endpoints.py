"""``/api/workspaces`` and ``/api/w/{workspace}``."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request, status

from lvtu.service.access import Role, Viewer
from lvtu.service.home import Home
from lvtu.service.workspaces import service
from lvtu.service.workspaces.schemas import About, Listed, New

router = APIRouter(prefix="/api", tags=["workspaces"])


@router.get("/workspaces", summary="The workspaces of whoever asks")
def workspaces(request: Request) -> list[Listed]:
    """By name, each with the role that they have in it."""
    home = cast(Home, request.app.state.home)
    found = sorted(home.served.values(), key=lambda one: one.name)
    return [Listed(name=one.name, title=one.title, role=Role.owner.name) for one in found]


@router.post("/workspaces", summary="Make a workspace", status_code=status.HTTP_201_CREATED)
def make(request: Request, new: New) -> About:
    """An empty one, whose owner is whoever makes it."""
    return service.about(service.make(cast(Home, request.app.state.home), new), Role.owner.name)


@router.get("/w/{workspace}", summary="About a workspace")
def about(access: Viewer) -> About:
    """What it holds, and the token of the snapshot that this is true of."""
    return service.about(access.served, access.role.name)
