"""Refusals over HTTP: the errors of Lvtu as ``application/problem+json``, each with its status."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from lvtu.core.sentences import Cause
from lvtu.errors import BadInput, LvtuError, UnknownName

LOG = logging.getLogger("lvtu.service")

RETRY_AFTER = 2
"""Seconds after which a client may try again."""


class Unauthorized(BadInput):
    """No key, or one that opens nothing."""

    status: ClassVar[int] = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Basic realm="write key"'}


class SignedOut(Unauthorized):
    """Nobody is signed in, or no longer. It names no way that would make a browser ask for a password of its own."""

    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(BadInput):
    """Whoever asks may not do it."""

    status: ClassVar[int] = 403


class NotFound(UnknownName):
    """Nothing of that name is there, or nothing that they may know of."""

    status: ClassVar[int] = 404


class TooLarge(BadInput):
    """More bytes than one request or message may have."""

    status: ClassVar[int] = 413


class Conflict(BadInput):
    """What is asked cannot be done as things stand now."""

    status: ClassVar[int] = 409


class Unavailable(LvtuError):
    """The service cannot take anything now; later it can."""

    kind = "unavailable"
    status: ClassVar[int] = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": str(RETRY_AFTER)}


def of_disk(error: OSError | sqlite3.Error) -> Unavailable:
    """What to say when the disk does not take what it was given: nothing was acknowledged."""
    LOG.error("the disk: %s", error)
    reason = Cause.of_system(error) if isinstance(error, OSError) else Cause("other", sentence=str(error))
    return Unavailable("disk", reason=reason)


def problem(error: LvtuError) -> Response:
    """An error as an answer."""
    status = getattr(error, "status", 400 if isinstance(error, BadInput) else 500)
    body = {"status": status, "title": HTTPStatus(status).phrase, **error.problem()}
    headers = dict(getattr(error, "headers", {}))
    return Response(msgspec.json.encode(body), status, headers, "application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error of an app in this one shape."""

    def told(_request: Request, error: Exception) -> Response:
        assert isinstance(error, LvtuError)
        return problem(error)

    def by_the_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answer = problem(BadInput("no_such_address", method=request.method, path=request.url.path))
        body = msgspec.json.decode(bytes(answer.body)) | {
            "status": error.status_code,
            "title": HTTPStatus(error.status_code).phrase,
        }
        return Response(msgspec.json.encode(body), error.status_code, error.headers, "application/problem+json")

    def unforeseen(request: Request, error: Exception) -> Response:
        LOG.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem(LvtuError("unforeseen"))

    app.add_exception_handler(LvtuError, told)
    app.add_exception_handler(HTTPException, by_the_framework)
    app.add_exception_handler(Exception, unforeseen)
