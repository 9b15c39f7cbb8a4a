"""Refusals over HTTP: the errors of Lvtu as ``application/problem+json``, each with its status."""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from pydantic_core import PydanticSerializationError
from sqlalchemy.exc import DatabaseError, DataError, OperationalError
from starlette.exceptions import HTTPException

from lvtu.core.sentences import Cause
from lvtu.core.words import LANGS, Lang
from lvtu.errors import BadInput, Busy, Corrupt, Erased, LvtuError, UnknownName
from lvtu.service.languages import language_of
from lvtu.service.texts import written
from lvtu.store.sqlite import trouble

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


class Misdirected(BadInput):
    """The request is for a server of another name."""

    status: ClassVar[int] = 421


class NotFound(UnknownName):
    """Nothing of that name is there, or nothing that they may know of."""

    status: ClassVar[int] = 404


class TooMany(LvtuError):
    """Somebody asks more often than they may.

    Args:
        code: what is said.
        seconds: after which they may again.
        **values: what else the sentence says.
    """

    kind = "too_many"
    status: ClassVar[int] = 429

    def __init__(self, code: str, *, seconds: int, **values: Any) -> None:
        super().__init__(code, seconds=seconds, **values)
        self.headers = {"Retry-After": str(seconds)}


class Forgotten(BadInput):
    """Whoever is named was erased: nothing of them is there, and nothing will be."""

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


class Unprocessable(BadInput):
    """A request whose form does not fit: a field is missing, or is of the wrong kind."""

    status: ClassVar[int] = 422


class Problem(BaseModel):
    """Why a request was refused (``application/problem+json``); the values of its sentence stand beside these.

    Attributes:
        status: the HTTP status.
        title: its name.
        code: which error.
        kind: what sort of error.
        what: what was wrong.
        known: what exists instead.
        hint: what to try (``try`` in the answer).
    """

    status: int
    title: str
    code: str
    kind: str
    what: str
    known: list[str]
    hint: str = Field(alias="try")


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How an endpoint's documentation names the problems that it can answer with.

    Args:
        statuses: besides those that every endpoint has: 400, 401, 403, 404, 422 and 503.
    """
    return {
        status: {"description": HTTPStatus(status).phrase,
                 "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for status in sorted({400, 401, 403, 404, 422, 503, *statuses})
    }  # fmt: skip


_STATUSES: tuple[tuple[type[LvtuError], int], ...] = ((Erased, 410), (Busy, 503), (Corrupt, 503), (BadInput, 400))
"""The statuses of errors that have none of their own."""


_OF_THE_MACHINE = frozenset(
    getattr(errno, name)
    for name in ("EROFS", "ENOSPC", "EDQUOT", "EFBIG", "EIO", "EACCES", "EPERM", "EMFILE", "ENFILE")
)


def status_of(error: LvtuError) -> int:
    """The HTTP status of an error."""
    given: int | None = getattr(error, "status", None)
    return given or next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def of_form(error: RequestValidationError) -> Unprocessable:
    """What to say of a request whose form does not fit: the first thing that is wrong with it."""
    return of_form_errors(error.errors())


def of_form_errors(errors: Sequence[Mapping[str, Any]]) -> Unprocessable:
    """The same of what pydantic found."""
    found = errors[0]
    where = ".".join(str(part) for part in found["loc"])
    reason = Cause.of(found["type"], found["msg"].lower(), found.get("ctx", {}))
    return Unprocessable("bad_form", field=where, reason=reason)


def of_disk(error: OSError | sqlite3.Error) -> Unavailable:
    """What to say when the disk does not take what it was given: nothing was acknowledged."""
    LOG.error("the disk: %s", error)
    reason = Cause.of_system(error) if isinstance(error, OSError) else Cause("other", sentence=str(error))
    return Unavailable("disk", reason=reason)


def of_database(error: Exception) -> LvtuError | None:
    """What to say when a database cannot be asked, the server's or one in a workspace. None: a mistake of ours."""
    ours = isinstance(error, DatabaseError)
    found = trouble(error.orig if isinstance(error, DatabaseError) else error)
    if isinstance(found, BadInput):
        return Unavailable("disk", reason=found.values["reason"])
    if ours and isinstance(found, Corrupt):
        return Corrupt("database_damaged_since", reason=found.values["reason"])
    if not ours:
        return found
    return Unavailable("no_database") if isinstance(error, OperationalError) else None


def of_file(error: OSError) -> Unavailable | None:
    """What to say when the disk refuses, or programs have opened all files that they may. None: a mistake of ours."""
    return of_disk(error) if error.errno in _OF_THE_MACHINE else None


def problem(error: LvtuError, lang: Lang = "en") -> Response:
    """An error as an answer, its sentences in a language."""
    status = status_of(error)
    known = [one if isinstance(one, str) else one.text(lang) for one in error.known]
    said = {"what": error.what(lang), "known": known, "try": error.try_(lang)}
    body = {"status": status, "title": HTTPStatus(status).phrase, **error.problem(), **said}
    headers = dict(getattr(error, "headers", {}))
    return Response(written(body), status, headers, "application/problem+json")


def spoken_in(request: Request) -> Lang:
    """The language of a request that may be wrong in other ways."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGS if lang == asked), None) or language_of(
        request.headers.get("accept-language", "")
    )


def _out_of_order(request: Request, error: Exception) -> Response | None:
    """The answer where the machine is to blame, told in one line of the log."""
    found = of_file(error) if isinstance(error, OSError) else of_database(error)
    if found is None:
        return None
    LOG.error("%s %s: %s", request.method, getattr(request.scope.get("route"), "path", "?"), found)
    return problem(found, spoken_in(request))


def install(app: FastAPI) -> None:
    """Answer every error of an app in this one shape."""

    def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, LvtuError)
        if isinstance(error, Corrupt):
            LOG.error("%s", error)
        return problem(error, spoken_in(request))

    def of_its_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(of_form(error), spoken_in(request))

    def not_kept(request: Request, error: Exception) -> Response:
        """A text that is not to be kept: half a character; PostgreSQL: one with a NUL."""
        return problem(BadInput("not_storable"), spoken_in(request))

    def by_the_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answer = problem(BadInput("no_such_address", method=request.method, path=request.url.path), spoken_in(request))
        body = msgspec.json.decode(bytes(answer.body)) | {
            "status": error.status_code,
            "title": HTTPStatus(error.status_code).phrase,
        }
        return Response(written(body), error.status_code, error.headers, "application/problem+json")

    def by_the_machine(request: Request, error: Exception) -> Response:
        return _out_of_order(request, error) or unforeseen(request, error)

    def unforeseen(request: Request, error: Exception) -> Response:
        route = getattr(request.scope.get("route"), "path", "?")  # not the address: it may name a customer
        LOG.error("%s %s", request.method, route, exc_info=error)
        return problem(LvtuError("unforeseen"), spoken_in(request))

    app.add_exception_handler(LvtuError, told)
    app.add_exception_handler(RequestValidationError, of_its_form)
    app.add_exception_handler(DataError, not_kept)
    app.add_exception_handler(DatabaseError, by_the_machine)
    app.add_exception_handler(sqlite3.Error, by_the_machine)
    app.add_exception_handler(OSError, by_the_machine)
    app.add_exception_handler(UnicodeEncodeError, not_kept)
    app.add_exception_handler(PydanticSerializationError, not_kept)
    app.add_exception_handler(HTTPException, by_the_framework)
    app.add_exception_handler(Exception, unforeseen)
