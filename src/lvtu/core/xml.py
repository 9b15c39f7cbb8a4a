"""Texts as XML can hold them."""

from __future__ import annotations

import re

UNWRITABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""Characters that XML 1.0 has no way to write, as they stand in the set of a pattern."""

_UNWRITABLE = re.compile(f"[{UNWRITABLE}]")


def writable(text: str) -> str:
    """A text without the characters that XML cannot hold.

    Example:
        >>> writable("a\\x01b\\n")
        'ab\\n'
    """
    return _UNWRITABLE.sub("", text)
