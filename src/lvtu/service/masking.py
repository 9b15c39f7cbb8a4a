"""Personal identifiers for those who may not see them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

_DOTS = "•••"

NOBODY: Mapping[str, str] = MappingProxyType({})
"""No names."""

_DIGITS = re.compile(r"\+?[\d\s()-]{6,}")
_CONTACT = re.compile(
    r"[^\s@<>\"'=&?/,;:，。；：]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+"
    r"|\+\d[\d\s()-]{5,}\d"  # abroad, and wherever a country is given
    r"|(?<![\w.])(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\w.])"
)
"""Addresses and phone numbers inside a text.

No more than 64 characters stand before an ``@``, as mail has it: looked for without an end, a text of 32 KB without a
blank took 23 s, and all others waited.
"""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PERSONAL = re.compile(
    r"(^|[._\s-])(e?-?mail|phone|mobile|tel|(first|last|full|real|nick|user)?_?-?name|address|street|ip|openid|unionid"
    r"|id_?card|passport|birthday)($|[._\s-])|邮箱|手机|电话|姓名|昵称|地址|身份证|微信|生日",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(r"product|event|item|page|plan|store", re.IGNORECASE)
_OF_RECORDS = frozenset({"user_id", "anonymous_id", "identifiers", "message_id", "text", "properties"})
_WHO = ("customer", "message_id")
"""Fields of answers that say whose something is, as a quote does."""


def identifying(name: str) -> bool:
    """Whether a field's values say who somebody is, going by its name.

    Example:
        >>> [identifying(name) for name in ("user_id", "traits.email", "客户手机", "phoneNumber", "username")]
        [True, True, True, True, True]
        >>> [identifying(name) for name in ("plan", "product_name", "channel", "zip")]
        [False, False, False, False]
    """
    if name in _OF_RECORDS:
        return True
    last = _CAMEL.sub("_", name.rpartition(".")[2])
    return _PERSONAL.search(last) is not None and _OF_THINGS.match(last) is None


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
    if at and name and "." in host and " " not in identifier:
        return f"{name[0]}{_DOTS}@{host[0]}{_DOTS}.{host.rpartition('.')[2]}"
    if _DIGITS.fullmatch(identifier):
        return f"{'+' if identifier.startswith('+') else ''}{_DOTS}{identifier.strip()[-2:]}"
    return identifier[0] + _DOTS


def scrubbed(text: str, names: Mapping[str, str] = NOBODY) -> str:
    """A text whose addresses and phone numbers are masked.

    Args:
        text: it.
        names: names that are told otherwise as well, and how.

    Example:
        >>> scrubbed("写信给 ann@example.com，或打 138 0013 8000。"), scrubbed("/?e=ann%40example.com&n=12")
        ('写信给 a•••@e•••.com，或打 •••00。', '/?e=a•••&n=12')
        >>> scrubbed("2026-01-02, 12.50, order 20260102-7")
        '2026-01-02, 12.50, order 20260102-7'
        >>> scrubbed("Ann: write to Annie", {"Ann": "P1"})
        'P1: write to Annie'
    """
    return _sought(names).sub(lambda found: _instead(found[0], names), text)


def scrubbing(text: str, names: Mapping[str, str] = NOBODY) -> tuple[str, Callable[[int], int]]:
    """A text whose addresses and phone numbers are masked, and where each of its characters went.

    Args:
        text, names: see `scrubbed`.

    Example:
        >>> text, moved = scrubbing("ann@example.com says it took weeks")
        >>> text[moved(24) : moved(34)], moved(3)
        ('took weeks', 0)
    """
    ends, moved, more = [0], [0], 0
    for found in _sought(names).finditer(text):
        more += len(_instead(found[0], names)) - (found.end() - found.start())
        ends += [found.start(), found.end()]
        moved += [found.start() + moved[-1] - ends[-3], found.end() + more]

    def place(character: int) -> int:
        at = bisect_right(ends, character) - 1
        return moved[at] if at % 2 else moved[at] + character - ends[at]

    return scrubbed(text, names), place


def _sought(names: Mapping[str, str]) -> re.Pattern[str]:
    """Addresses, phone numbers, and these names: Latin ones as whole words."""
    if not names:
        return _CONTACT
    longest = sorted(names, key=len, reverse=True)
    told = [rf"(?<![A-Za-z0-9_]){re.escape(one)}(?![A-Za-z0-9_])" for one in longest]
    return re.compile("|".join([_CONTACT.pattern, *told]))


def _instead(found: str, names: Mapping[str, str]) -> str:
    return names[found] if found in names else masked(found)


def scrubbed_in(value: Any) -> Any:
    """A JSON value with all its texts `scrubbed`, names of fields too, and masked whose something is.

    Numbers may look like phones, and are none.

    Example:
        >>> scrubbed_in({"by": ["ann@example.com", 13800138000], "ann@example.com": None})
        {'by': ['a•••@e•••.com', 13800138000], 'a•••@e•••.com': None}
        >>> scrubbed_in({"quotes": [{"text": "Too slow", "customer": "ann-1980"}]})
        {'quotes': [{'text': 'Too slow', 'customer': 'a•••'}]}
    """
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, dict):
        return {
            scrubbed(key): masked(one) if key in _WHO and isinstance(one, str) else scrubbed_in(one)
            for key, one in value.items()
        }
    return [scrubbed_in(one) for one in value] if isinstance(value, list) else value
