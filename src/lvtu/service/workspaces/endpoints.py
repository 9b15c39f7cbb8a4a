"""``/api/workspaces`` and ``/api/w/{workspace}``."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request, status

from lvtu.catalog.catalog import Catalog
from lvtu.service.access import Admin, AnySigned, InPerson, Role, Viewer, role_name
from lvtu.service.home import Home
from lvtu.service.languages import Language
from lvtu.service.workspaces import service
from lvtu.service.workspaces.schemas import About, Listed, New, Settings

router = APIRouter(prefix="/api", tags=["workspaces"])


@router.get("/workspaces", summary="The workspaces of whoever asks")
def workspaces(request: Request, signed: AnySigned, lang: Language) -> list[Listed]:
    """By name, each with the role that they have in it."""
    return service.listed(cast(Home, request.app.state.home), signed, lang)


@router.post("/workspaces", summary="Make a workspace", status_code=status.HTTP_201_CREATED)
def make(request: Request, signed: InPerson, new: New, lang: Language) -> About:
    """An empty one, whose owner is whoever makes it: somebody who owns one already, or who sits at the machine."""
    catalog = cast(Catalog, request.app.state.catalog)
    served = service.make(cast(Home, request.app.state.home), new, signed)
    if not signed.person.local:
        catalog.people.join(signed.person.id, served.id, Role.owner)
    return service.about(served, "owner", lang)


@router.get("/w/{workspace}", summary="About a workspace")
def about(access: Viewer, lang: Language) -> About:
    """What it holds, and the token of the snapshot that this is true of."""
    return service.about(access.served, role_name(access.role), lang)


@router.put("/w/{workspace}/settings", summary="Change a workspace's title or time zone")
def change(access: Admin, new: Settings, lang: Language) -> About:
    """Days are told apart when a question is asked: another zone moves them at once, and nothing is built again."""
    service.configure(access.served, new)
    return service.about(access.served, role_name(access.role), lang)
