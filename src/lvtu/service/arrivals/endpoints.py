"""``POST /v1/{track,identify,page,screen,group,alias,batch,import}``, as Segment's libraries call it."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from lvtu.errors import BadInput, LvtuError, UnknownName
from lvtu.service.arrivals.envelope import BATCHES, SHORT, TYPES, envelope_of
from lvtu.service.arrivals.judge import field_of
from lvtu.service.arrivals.limits import body_of
from lvtu.service.arrivals.messages import Delivery
from lvtu.service.home import Home, Served
from lvtu.service.problems import Unauthorized, problem
from lvtu.service.texts import written

_PREFIX = "/v1/"
_BELOW = ("/v1/surveys/", "/v1/feedback/")
"""What others answer."""

router = APIRouter(tags=["arrivals"])


class RefusedMessage(BaseModel):
    """What is wrong with a message. One that was not accepted waits in the quarantine.

    Attributes:
        index: its place in the batch, from 0.
        field: the field at fault; empty where it is the whole message.
        reason: why.
    """

    index: int
    field: str
    reason: str


class Taken(BaseModel):
    """What became of a request: all of it is on disk, and sending it again changes nothing.

    Attributes:
        success: true.
        accepted: how many messages were accepted.
        refused: the others.
        warned: properties that break a contract, of messages that were accepted; left out where there are none.
    """

    success: bool
    accepted: int
    refused: list[RefusedMessage]
    warned: list[RefusedMessage] | None = None


@dataclass(frozen=True)
class Arrived:
    """What became of a request's messages, for those who count.

    Attributes:
        workspace: whose events they are.
        accepted: how many were accepted.
        refused: the others, by the code of the reason.
    """

    workspace: str
    accepted: int
    refused: Counter[str]


@router.post("/v1/{kind}", response_model=Taken, summary="Send events")
async def arrive(kind: str, request: Request) -> Response:
    """Take events; the answer is 200 when they are on disk.

    The write key is the user of HTTP's basic authentication, or ``writeKey`` in the body, which may be packed with
    gzip. 400 names the field of a single bad message or of a bad envelope; of a batch, bad messages are refused
    alone. 413: too large. 429: the key has sent more than it may. 503 with ``Retry-After``: nothing of the request was
    kept, send it again.
    """
    kind = SHORT.get(kind, kind)
    if kind not in (*TYPES, *BATCHES):
        raise UnknownName("endpoint", kind, [*TYPES, *BATCHES])
    home = cast(Home, request.app.state.home)
    try:
        return await _taken_from(kind, request, home)
    except LvtuError as error:
        request.state.turned_away = error.code
        raise


async def _taken_from(kind: str, request: Request, home: Home) -> Response:
    key = _basic(request.headers.get("authorization", ""))
    served = _opened(home, key) if key else None  # before anything is read
    body = await body_of(request.stream(), request.headers.get("content-encoding", ""))
    envelope = envelope_of(kind, body, datetime.now(UTC))
    served = served or _opened(home, envelope.key)
    served.rates.take(key or envelope.key or "", len(envelope.messages))
    sent = served.arrivals.open(envelope)
    taken = served.arrivals.take(sent)
    counts = request.app.state.counts
    counts.wait(served.name, served.arrivals.waiting)
    await asyncio.wrap_future(taken)
    counts.wait(served.name, served.arrivals.waiting)
    codes = Counter(one.reason.code for one in sent.refused)
    request.state.arrived = Arrived(served.name, sent.accepted, codes)
    if kind in TYPES and sent.refused:
        raise BadInput("message_refused", field=sent.refused[0].field or "message", reason=sent.refused[0].reason)
    return Response(written(_taken(sent)), media_type="application/json")


def _taken(sent: Delivery) -> dict[str, Any]:
    refused = sorted(sent.refused, key=lambda one: one.index)
    told = [{"index": one.index, "field": one.field, "reason": str(one.reason)} for one in refused]
    warned = [
        {"index": index, "field": field_of(contract.event, one), "reason": str(one.reason)}
        for index, contract, one in sent.judge.warned()
    ]
    return {"success": True, "accepted": sent.accepted, "refused": told} | ({"warned": warned} if warned else {})


def _basic(header: str) -> str:
    """The user of HTTP's basic authentication.

    Example:
        >>> _basic("Basic " + base64.b64encode(b"wk_1:").decode())
        'wk_1'
    """
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _opened(home: Home, key: str | None) -> Served:
    """The workspace that a key opens.

    Raises:
        Unauthorized: there is no key, or it opens none.
    """
    if not key:
        raise Unauthorized("no_write_key")
    if (served := home.of_key(key)) is None:
        raise Unauthorized("wrong_write_key")
    return served


class OpenToPages(CORSMiddleware):
    """Lets the pages of any site send events, on the shortest way; nothing else of the service is open to them.

    The framework's own way to an endpoint costs as much as reading forty messages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._others = app
        super().__init__(_straight, allow_origins=["*"], allow_methods=["POST"], allow_headers=["*"], max_age=86_400)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with CORS headers where events are sent."""
        here = scope["type"] == "http" and scope["path"].startswith(_PREFIX) and not scope["path"].startswith(_BELOW)
        here = here and scope["method"] in ("POST", "OPTIONS")
        await (super().__call__(scope, receive, send) if here else self._others(scope, receive, send))


_ROUTE = router.routes[0]


async def _straight(scope: Scope, receive: Receive, send: Send) -> None:
    scope["route"] = _ROUTE  # requests are counted by it
    try:
        response = await arrive(scope["path"].removeprefix(_PREFIX), Request(scope, receive))
    except LvtuError as error:
        response = problem(error)
    await response(scope, receive, send)
