"""Invitations as they stand in links: who is asked, signed, so that nobody else can say so."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from lvtu.errors import BadInput

_LONGEST = 2_000
_SIGNED = 16


@dataclass(frozen=True)
class Invitation:
    """What a token says.

    Attributes:
        id: its own; one response may be given by it.
        customer: who is asked, by their ``user_id``.
        expires: until when, in seconds since 1970.
        touchpoint: where it is asked; the survey's if not given.
        step: the step of the journey that it is about.
        channel: how it was sent.
    """

    id: str
    customer: str
    expires: int
    touchpoint: str | None = None
    step: str | None = None
    channel: str | None = None


_SPELLED = {"id": "i", "customer": "c", "expires": "e", "touchpoint": "t", "step": "s", "channel": "w"}


def signed(invitation: Invitation, link: str, secret: str) -> str:
    """A token.

    Args:
        invitation: what it says.
        link: of the survey; for another it is not good.
        secret: of the survey.

    Example:
        >>> token = signed(Invitation("i1", "ann", 2_000_000_000, step="delivery"), "link", "secret")
        >>> read(token, "link", "secret").step
        'delivery'
        >>> read(token, "link of another", "secret")
        Traceback (most recent call last):
            ...
        lvtu.errors.BadInput: this invitation was not made by this survey; ask with the link as it was sent
    """
    said = {
        short: getattr(invitation, name) for name, short in _SPELLED.items() if getattr(invitation, name) is not None
    }
    body = _text(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{body}.{_text(_signature(body, link, secret))}"


def read(token: str, link: str, secret: str, *, at: float | None = None) -> Invitation:
    """What a token says.

    Args:
        token: it.
        link, secret: of the survey.
        at: now, in seconds since 1970.

    Raises:
        BadInput: it was not made so (``invitation_wrong``), or its time is over (``invitation_expired``).
    """
    body, _, signature = token.partition(".")
    try:
        fits = len(token) <= _LONGEST and hmac.compare_digest(_bytes(signature), _signature(body, link, secret))
        said = json.loads(_bytes(body)) if fits else None
    except (ValueError, binascii.Error, UnicodeError):
        said = None
    if said is None:
        raise BadInput("invitation_wrong")
    found = Invitation(**{name: said.get(short) for name, short in _SPELLED.items()})
    if found.expires <= (time.time() if at is None else at):
        raise BadInput("invitation_expired")
    return found


def _signature(body: str, link: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"{link}.{body}".encode(errors="replace"), hashlib.sha256).digest()[:_SIGNED]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
