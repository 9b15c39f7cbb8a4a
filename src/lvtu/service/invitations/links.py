"""The links that lead to a survey, bare or with an invitation in them, and their QR codes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from lvtu.catalog.surveys import KeptSurvey
from lvtu.service.surveys.tokens import Invitation, signed

GOOD_FOR = timedelta(days=30)
"""How long an invitation may be answered."""


def link_of(base: str, survey: KeptSurvey, said: Mapping[str, str | None]) -> str:
    """The address of a survey, and what it says beside.

    Args:
        base: of the server, with or without a slash at its end.
        survey: it.
        said: ``touchpoint``, ``step``, ``channel``, ``lang``, hidden fields.
    """
    query = urlencode({name: value for name, value in said.items() if value is not None})
    return f"{base.rstrip('/')}/s/{survey.link}" + (f"?{query}" if query else "")


def invited(survey: KeptSurvey, id: str, customer: str, about: Mapping[str, str | None], since: datetime) -> str:
    """The token of an invitation.

    Args:
        survey: to which.
        id: its own.
        customer: who is asked.
        about: ``touchpoint``, ``step``, ``channel``.
        since: when its time begins.
    """
    expires = int((since + GOOD_FOR).timestamp())
    known = {name: about.get(name) for name in ("touchpoint", "step", "channel")}
    return signed(Invitation(id, customer, expires, **known), survey.link, survey.secret)


def qr(link: str, format: Literal["svg", "png"], size: int) -> bytes:
    """A QR code of a link; a quarter of it may be covered, by a logo say.

    Args:
        link: it.
        format: of the picture.
        size: pixels of one of its squares.

    Example:
        >>> qr("https://shop.example/s/abc", "svg", 4)[:38]
        b"<?xml version='1.0' encoding='utf-8'?>"
    """
    import segno

    out = io.BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind=format, scale=size, border=4)
    return out.getvalue()
