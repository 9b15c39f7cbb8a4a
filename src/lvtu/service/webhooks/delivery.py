"""One try to deliver a message, and when the next one is."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from lvtu import __version__
from lvtu.catalog.columns import now
from lvtu.catalog.webhooks import Attempt, Delivery, Webhook
from lvtu.errors import BadInput
from lvtu.service.webhooks.addresses import resolved
from lvtu.service.webhooks.signing import headers

FIRST = 5.0
"""Seconds after which a message is tried for the second time; each pause is four times the one before."""

LONGEST = 6 * 3600.0
"""Seconds of the longest pause."""

GIVEN_UP = timedelta(days=1)
"""After so long without an answer a message is given up, and its webhook switched off."""

_PATIENCE = 10.0
_EXCERPT = 500
_GONE = 410


@dataclass(frozen=True)
class Outcome:
    """What came of a try.

    Attributes:
        attempt: it.
        delivered: whether the receiver took the message.
        due: when to try again; None if that is over.
        disable: why the webhook is to be switched off.
    """

    attempt: Attempt
    delivered: bool
    due: datetime | None = None
    disable: str | None = None


def attempt(delivery: Delivery, webhook: Webhook) -> Outcome:
    """Send a message once."""
    started, number = time.perf_counter(), delivery.attempts + 1
    status, error, excerpt, wait = None, "", "", None
    try:
        status, excerpt, wait = _sent(delivery, webhook)
    except BadInput as problem:
        error = str(problem)
    except httpx.HTTPError as problem:
        error = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    made = Attempt(now(), number, status, error, excerpt, round((time.perf_counter() - started) * 1000))
    if status is not None and 200 <= status < 300:
        return Outcome(made, True)
    if status == _GONE:
        return Outcome(made, False, disable="gone")
    due = now() + timedelta(seconds=max(pause(number), wait or 0))
    if due > delivery.since + GIVEN_UP:
        return Outcome(made, False, disable="silent")
    return Outcome(made, False, due)


def pause(number: int) -> float:
    """Seconds between a try and the next, spread by a fifth, so that many receivers of one failure do not come at once.

    Example:
        >>> [round(min(pause(n) for _ in range(200)) / FIRST, 0) for n in (1, 2, 3)]
        [1.0, 3.0, 13.0]
    """
    return float(min(FIRST * 4 ** (number - 1), LONGEST) * random.uniform(0.8, 1.2))


def _sent(delivery: Delivery, webhook: Webhook) -> tuple[int, str, float | None]:
    return posted(webhook.url, delivery.id, delivery.body.encode(), webhook.secrets())


def posted(address: str, id: str, body: bytes, secrets: Sequence[str]) -> tuple[int, str, float | None]:
    """Send a signed message.

    Args:
        address: where to.
        id: the message's; the same at every try, so that a receiver knows a repeat.
        body: what is sent.
        secrets: it is signed with each.

    Returns:
        The status of the answer, how it begins, and in how many seconds the receiver wants to be asked again.

    Raises:
        BadInput: nothing may be sent there.
        httpx.HTTPError: there was no answer.
    """
    url = httpx.URL(address)
    said = headers(id, int(time.time()), body, secrets)
    said |= {"host": url.netloc.decode(), "user-agent": f"Lvtu/{__version__}"}
    # To the address that was looked at: the name, asked again, could lead into the own network.
    there = url.copy_with(host=resolved(address))
    with (
        httpx.Client(timeout=_PATIENCE, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", there, content=body, headers=said, extensions={"sni_hostname": url.host}) as answer,
    ):
        until, text = time.monotonic() + _PATIENCE, b""
        for chunk in answer.iter_raw():  # unpacked, little could become much
            text += chunk
            if len(text) >= _EXCERPT or time.monotonic() > until:
                break
        return answer.status_code, text[:_EXCERPT].decode("utf-8", "replace"), _wait(answer.headers)


def _wait(headers: httpx.Headers) -> float | None:
    """The seconds of ``Retry-After``, no more than the longest pause; None where it says none.

    Example:
        >>> [_wait(httpx.Headers({"Retry-After": said})) for said in ("90", "9" * 400, "soon")]
        [90.0, 21600.0, None]
    """
    said = headers.get("retry-after", "")
    return min(float(said), LONGEST) if said.isascii() and said.isdigit() else None
