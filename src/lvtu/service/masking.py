"""Personal identifiers for those who may not see them."""

from __future__ import annotations

import re

_DOTS = "•••"
_DIGITS = re.compile(r"\+?[\d\s()-]{6,}")


def masked(identifier: str) -> str:
    """An identifier that says as much as one needs to tell two apart in talk, and not whose it is.

    Args:
        identifier: an address, a phone number, a name, an id.

    Example:
        >>> masked("ann@example.com"), masked("+86 138 0013 8000"), masked("Ann Lee"), masked("李雷"), masked("")
        ('a•••@e•••.com', '+•••00', 'A•••', '李•••', '')
    """
    if not identifier:
        return ""
    name, at, host = identifier.rpartition("@")
    if at and name and "." in host:
        return f"{name[0]}{_DOTS}@{host[0]}{_DOTS}.{host.rpartition('.')[2]}"
    if _DIGITS.fullmatch(identifier):
        return f"{'+' if identifier.startswith('+') else ''}{_DOTS}{identifier.strip()[-2:]}"
    return identifier[0] + _DOTS
