"""The cookie of a session, and the header that shows that a change comes from a page of ours."""

from __future__ import annotations

import hmac

from fastapi import Request
from fastapi.responses import Response

from lvtu.catalog.sessions import LIFETIME, Signed
from lvtu.service.problems import Forbidden

HEADER = "X-CSRF-Token"
"""Every change that a session makes carries `lvtu.catalog.sessions.Signed.csrf` in it."""


def name(request: Request) -> str:
    """The cookie's name. A host's ports share their cookies, and two servers on a machine shall not."""
    host = "__Host-" if request.url.scheme == "https" else ""  # set by no subdomain, and never without TLS
    port = f"_{request.url.port}" if request.url.port else ""
    return f"{host}lvtu_session{port}"


def read(request: Request) -> str:
    """The session's key; empty where there is none."""
    return request.cookies.get(name(request), "")


def write(request: Request, response: Response, key: str) -> None:
    """Give the browser a session's key."""
    secure = request.url.scheme == "https"
    age = int(LIFETIME.total_seconds())
    response.set_cookie(name(request), key, max_age=age, path="/", secure=secure, httponly=True, samesite="lax")


def clear(request: Request, response: Response) -> None:
    """Take it away."""
    response.delete_cookie(name(request), path="/", secure=request.url.scheme == "https", httponly=True)


def check_csrf(request: Request, signed: Signed) -> None:
    """Make sure that a page of ours asks.

    Raises:
        Forbidden: the header is missing or wrong.
    """
    given = request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), signed.csrf.encode()):
        raise Forbidden("csrf", header=HEADER)
