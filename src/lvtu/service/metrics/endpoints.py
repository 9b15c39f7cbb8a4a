"""``GET /metrics``: what the service counts of itself, for Prometheus."""

from __future__ import annotations

from ipaddress import ip_address
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST

from lvtu.service.access import signed_of
from lvtu.service.metrics.counts import Counts
from lvtu.service.problems import SignedOut

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response, summary="Counts for Prometheus")
def metrics(request: Request) -> Response:
    """Requests, how long they took, arrivals. For this machine; from another with a personal token."""
    host = request.client.host if request.client else ""
    if not _is_here(host) and signed_of(request) is None:
        raise SignedOut("signed_out")
    return Response(cast(Counts, request.app.state.counts).text(), media_type=CONTENT_TYPE_LATEST)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
