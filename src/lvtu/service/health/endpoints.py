"""``GET /healthz`` and ``GET /readyz``."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request
from pydantic import BaseModel

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


@router.get("/readyz", summary="Does it take events")
async def readyz(request: Request) -> Health:
    """200 when every workspace takes events; else 503."""
    home = cast(Home, request.app.state.home)
    if not home.served or not all(one.arrivals.ready() for one in home.served.values()):
        raise Unavailable("not_ready")
    return Health()
