"""Leaves a line in the audit log for every change that is asked for: no endpoint can forget to."""

from __future__ import annotations

import asyncio
import re
from typing import Any, cast

from fastapi import Request
from sqlalchemy.exc import DatabaseError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.sessions import Signed
from lvtu.errors import LvtuError
from lvtu.service.masking import masked
from lvtu.service.problems import of_database, problem, spoken_in

_HARMLESS = ("GET", "HEAD", "OPTIONS")

_QUESTIONS = re.compile(
    r"/api/session/link|/api/w/\{workspace\}/(analyses/[^/]+(/(customers|explain|compare))?|voice/quotes|count|parse|values|boards/[^/]+/answers|"
    r"(uploads|models|segments|identity|contracts|personas)/([^/]+/)?preview|surveys/(check|preview|convert)|"
    r"maps/import|maps/[^/]+/((here|locks)(/[^/]+)?|preview))"
)
"""Addresses that are sent to and change nothing that lasts: a question, a count as one types, where somebody is now.

Taking answers away does count.
"""

_DOORS = ("/api/session", "/api/session/password")
"""Where nobody is signed in yet; who knocked in vain is noted, too."""

_OF_CUSTOMERS = ("customer", "identifier", "left", "right")
"""Names of what names a customer; forgetting one is not to leave their identifiers here."""


class Trail:
    """The middleware that does so. The line is there before the answer is sent.

    Args:
        app: what answers.
        catalog: whose audit log it is.
    """

    def __init__(self, app: ASGIApp, catalog: Catalog) -> None:
        self.app, self._catalog = app, catalog

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a change is noted."""
        if scope["type"] != "http" or scope["method"] in _HARMLESS or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return

        untold = False

        async def noted(message: Message) -> None:
            nonlocal untold
            if message["type"] == "http.response.start":
                try:
                    await asyncio.to_thread(self._note, scope, message["status"])
                except (DatabaseError, LvtuError) as error:
                    found = error if isinstance(error, LvtuError) else of_database(error)
                    if found is None:
                        raise
                    untold = True  # what was done stays done; who asks again is told whether it was
                    await problem(found, spoken_in(Request(scope)))(scope, receive, send)
            if not untold:
                await send(message)

        await self.app(scope, receive, noted)

    def _note(self, scope: Scope, status: int) -> None:
        pattern = getattr(scope.get("route"), "path", None)
        if pattern is None or _QUESTIONS.fullmatch(pattern):  # there is no such address, or it changes nothing
            return
        state = scope.get("state", {})
        signed = cast(Signed | None, state.get("signed"))
        if signed is None and pattern not in _DOORS:  # it was turned away at the door
            return
        self._catalog.audit.note(
            f"{scope['method']} {pattern}",
            status=status,
            address=(scope.get("client") or ("",))[0],
            person_id=signed.person.id if signed else None,
            token_id=signed.token_id if signed else None,
            workspace_id=state.get("workspace_id"),
            target=_target(pattern, scope.get("path_params", {})) | state.get("about", {}),
        )


def key_of(action: str) -> str:
    """Where the words of an action stand.

    Example:
        >>> key_of("POST /api/w/{workspace}/people/{id}/link")
        'audit.post_people_link'
    """
    method, _, pattern = action.partition(" ")
    parts = pattern.removeprefix("/api/").removeprefix("w/{workspace}/").split("/")
    return "audit." + "_".join(
        [method.lower(), *(part.replace("-", "_") for part in parts if not part.startswith("{"))]
    )


def about(request: Request, **target: Any) -> None:
    """Say in the audit log on what the change was, where the address does not: the id of something made, say."""
    request.state.about = getattr(request.state, "about", {}) | target


def _target(pattern: str, given: dict[str, Any]) -> dict[str, str]:
    """What the address names, other than the workspace."""
    of_customers = "/customers/" in pattern or "/identity" in pattern
    return {
        name: masked(value) if of_customers or name in _OF_CUSTOMERS else value
        for name, value in ((name, str(value).replace("\0", "")) for name, value in given.items())
        if name != "workspace"
    }
