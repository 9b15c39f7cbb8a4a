"""The pieces of a condition's text, and what they spell."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from lvtu.errors import BadExpression


class Token(NamedTuple):
    """A piece of the text: its terminal and its characters."""

    kind: str
    text: str


_PART = re.compile(r'"((?:[^"]|"")*)"|([^".]+)')


def name_of(token: Token) -> str:
    """The name a token spells: quotes resolved, parts joined by dots.

    Example:
        >>> name_of(Token("NAME", 'properties."Plan ""A"" of 2026"'))
        'properties.Plan "A" of 2026'
    """
    parts = _PART.finditer(token.text)
    return ".".join(bare or quoted.replace('""', '"') for quoted, bare in (part.groups("") for part in parts))


def text_of(token: Token) -> str:
    """The text a quoted token spells; only straight quotes are doubled inside.

    Example:
        >>> text_of(Token("STRING", "'it''s'")), text_of(Token("STRING", "“门店”"))
        ("it's", '门店')
    """
    inner = token.text[1:-1]
    return inner.replace("''", "'") if token.text[0] == "'" else inner


def number_of(token: Token) -> float:
    """The number a token spells.

    Raises:
        BadExpression: it is beyond float64.
    """
    number = float(token.text)
    if math.isinf(number):
        raise BadExpression("number_too_large")
    return number
