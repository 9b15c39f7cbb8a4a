"""Names of rows: UUIDs that sort by the time they were made (version 7 of RFC 9562); links that nobody guesses."""

from __future__ import annotations

import base64
import os
import secrets
import time
import uuid


def uuid7() -> str:
    """A new id.

    Example:
        >>> uuid.UUID(uuid7()).version
        7
    """
    value = int.from_bytes((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    return str(uuid.UUID(int=value & ~(0b11 << 62) | (0b10 << 62)))


_LINK_BYTES = 16


def new_link() -> str:
    """What stands in a link that opens to whoever knows it: 128 bits, short enough for a text message.

    Example:
        >>> len(new_link())
        26
    """
    return base64.b32encode(secrets.token_bytes(_LINK_BYTES)).decode().rstrip("=").lower()
