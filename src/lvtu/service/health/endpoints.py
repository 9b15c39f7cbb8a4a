"""``GET /healthz`` and ``GET /readyz``."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request
from pydantic import BaseModel

from lvtu.catalog.catalog import Catalog
from lvtu.service.home import Home
from lvtu.service.problems import Unavailable

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """How the service is.

    Attributes:
        status: ``ok``.
    """

    status: str = "ok"


@router.get("/healthz", summary="Does it live")
async def healthz() -> Health:
    """200 as long as the service answers at all."""
    return Health()


@router.get("/readyz", summary="Can it do all that it is for")
def readyz(request: Request) -> Health:
    """200 when every workspace takes events and the databases can be asked; else 503, and why."""
    home, catalog = cast(Home, request.app.state.home), cast(Catalog, request.app.state.catalog)
    if not home.served or not all(one.ready() for one in home.served.values()):
        raise Unavailable("not_ready")
    catalog.database.check()
    return Health()
