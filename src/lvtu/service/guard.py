"""What stands before everything else: the name this server goes by, whose pages change things, what browsers may."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lvtu.service.problems import Forbidden, Misdirected, TooLarge, problem

_HARMLESS = ("GET", "HEAD", "OPTIONS")

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    # Components and charts write style attributes and sheets as they draw; no hash or nonce covers those.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
))  # fmt: skip

"""What a page of ours may do, as browsers are told."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",  # a link that signs in, or shares, is in the address
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer says to browsers."""

_BY_KEY = ("/v1/", "/s/", "/f/", "/healthz", "/readyz")
"""Where a server may be asked by any name: with a key that no page elsewhere has, or for nothing of worth."""

_MOST, _MOST_OF_ANYBODY = 16 << 20, 64 << 10
"""Bytes of a change: of a workspace's, where the longest is a list of 200,000 customers, and of all others."""

_STREAMED = re.compile(r"/api/w/[^/]+/(?:uploads|interviews/read)")
"""Where what is sent goes to the disk as it comes, and is measured there."""

_DIGITS = 20

_YEAR = "max-age=31536000"


class Guard:
    """The middleware that does so.

    Args:
        app: what answers.
        hosts: the names by which it may be asked; None for any. A page elsewhere whose name was made to lead to this
            machine asks by that name: where there are no passwords, that is all that tells it from ours.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None = None) -> None:
        self.app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, api = Headers(scope=scope), scope["path"].startswith("/api/") or scope["path"] == "/open"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    told.setdefault(name, value)
                if api or scope["path"].startswith(_BY_KEY):
                    told.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    told.setdefault("Strict-Transport-Security", _YEAR)
            await send(message)

        answer: ASGIApp = self.app
        most = _MOST if scope["path"].startswith("/api/w/") else _MOST_OF_ANYBODY
        whole = api and not _STREAMED.fullmatch(scope["path"])
        if whole:
            receive = _measured(receive, most)
        if (
            self._hosts is not None
            and not scope["path"].startswith(_BY_KEY)
            and (host := _name(headers.get("host", ""))) not in self._hosts
        ):
            answer = problem(Misdirected("wrong_host", host=host))
        elif api and scope["method"] not in _HARMLESS and not _ours(headers):
            answer = problem(Forbidden("from_elsewhere"))
        elif whole and _length(headers) > most:
            answer = problem(TooLarge("body_too_large", most=most >> 10))
        await answer(scope, receive, guarded)


def _length(headers: Headers) -> int:
    """How much is to come, as far as that is said."""
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _DIGITS else 0


def _measured(receive: Receive, most: int) -> Receive:
    """What is received, up to a number of bytes: a body is held as a whole before anybody is asked who sends it."""
    size = 0

    async def received() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge("body_too_large", most=most >> 10)
        return message

    return received


def _name(host: str) -> str:
    """A host's name without its port.

    Example:
        >>> _name("127.0.0.1:8077"), _name("[::1]:80"), _name("LOCALHOST")
        ('127.0.0.1', '[::1]', 'localhost')
    """
    return host.rpartition("]")[0].lower() + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _ours(headers: Headers) -> bool:
    """Whether no browser says that a page of another site asks. Programs say nothing."""
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")
