"""Names of rows: UUIDs that sort in the order they were made (version 7 of RFC 9562); links that nobody guesses."""

from __future__ import annotations

import base64
import os
import secrets
import threading
import time
import uuid

_guard = threading.Lock()
_last = 0


def _tick() -> int:
    """The time in 4096ths of a millisecond; later than at the last call, whatever the clock says."""
    global _last
    with _guard:
        _last = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        return _last


def uuid7() -> str:
    """A new id. Those of one process sort in the order in which they were made, those of several by the time.

    The 12 bits behind the milliseconds are a fraction of one, as RFC 9562 has it (6.2, method 3).

    Example:
        >>> uuid.UUID(uuid7()).version
        7
        >>> uuid7() < uuid7()
        True
    """
    milliseconds, fraction = divmod(_tick(), 1 << 12)
    chance = int.from_bytes(os.urandom(8), "big") >> 2
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 0b10 << 62 | chance))


_LINK_BYTES = 16


def new_link() -> str:
    """What stands in a link that opens to whoever knows it: 128 bits, short enough for a text message.

    Example:
        >>> len(new_link())
        26
    """
    return base64.b32encode(secrets.token_bytes(_LINK_BYTES)).decode().rstrip("=").lower()
