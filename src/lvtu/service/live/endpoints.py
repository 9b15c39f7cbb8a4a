"""``GET /api/w/{workspace}/live``: the stream of what happens now."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from lvtu.service.access import Viewer

router = APIRouter(prefix="/api/w/{workspace}", tags=["live"])

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get(
    "/live",
    summary="Arrivals as they come",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def live(access: Viewer) -> StreamingResponse:
    """Server-sent events: ``arrivals`` when their number changes, ``answer`` when there is something new to count.

    Their data are `lvtu.service.live.schemas.Arrivals` and `Answer`; a comment is sent in silence.
    """
    return StreamingResponse(access.served.live.watch(), media_type="text/event-stream", headers=_HEADERS)
