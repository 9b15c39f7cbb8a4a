"""Identifiers in addresses: they may hold anything, slashes too, so long as they are percent-encoded."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = "/api/w/"
_PART = "customers"
_PLACE = 5
"""Where the identifier stands among the parts of ``/api/w/{workspace}/customers/{id}``."""


class WholeIds:
    """Keeps an identifier in one part of the path: what a server gets is decoded, its slashes included.

    Args:
        app: what answers; it finds the identifier as `given` reads it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] == "http" and scope["path"].startswith(_PREFIX) and scope.get("raw_path"):
            parts = scope["raw_path"].partition(b"?")[0].decode("ascii", "replace").split("/")
            if len(parts) > _PLACE and parts[4] == _PART:
                decoded = [unquote(part) for part in parts]
                decoded[_PLACE] = quote(decoded[_PLACE], safe=" ~")
                scope = {**scope, "path": "/".join(decoded)}
        await self._app(scope, receive, send)


def given(part: str) -> str:
    """The identifier that a part of the path stands for.

    Example:
        >>> given("a%2Fb%25"), given("~12")
        ('a/b%', '~12')
    """
    return unquote(part)
