"""Small parts that the ready readers share."""

from __future__ import annotations

import html
import math
import re
from datetime import datetime, timedelta, timezone, tzinfo
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from lvtu.collect.words import IDENTIFIERS, WORDS, bare

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]+(上午|下午)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?"
    r"(?:\s*(?:GMT|UTC)([+-]\d{1,2})?(?::?(\d{2}))?)?)?",
    re.IGNORECASE,
)
"""A day, and a clock of 24 hours or of twice twelve, perhaps with its distance from UTC."""
_USERS = frozenset(bare(word) for word in WORDS["user_id"] if bare(word).endswith(("id", "no", "号", "编号", "标识")))
_SHARED = frozenset(("accountid", "caseid"))
_NO_ID = re.compile(r".*\*.*|[-/—.0]+|无|空|null|none|n/?a|xxx+|test|unknown|anonymous", re.IGNORECASE)
"""What stands where an id is masked or missing: it would make one customer of many."""
_KINDS = {bare(word): kind for kind, words in IDENTIFIERS.items() for word in words}


def as_dict(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def first(*values: Any) -> Any:
    """The first value that is neither missing nor an empty text."""
    for value in values:
        if value is not None and value != "":
            return value
    return None


def number(*values: Any) -> float | None:
    """The first value that is a number, or a text that spells one."""
    for value in values:
        if isinstance(value, bool) or value is None:
            continue
        try:
            found = float(value)
        except (TypeError, ValueError, OverflowError):
            continue
        if math.isfinite(found):
            return found
    return None


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """The row without missing, empty and hollow values."""
    return {
        key: value for key, value in row.items() if value is not None and value != "" and value != {} and value != []
    }


def pruned(value: Any) -> Any:
    """The value with missing parts of its objects left out, at every depth."""
    if isinstance(value, dict):
        return filled({key: pruned(item) for key, item in value.items()})
    return [pruned(item) for item in value] if isinstance(value, list) else value


def plain_text(value: Any) -> str | None:
    """What a comment says, without the markup of HTML; None if it says nothing. A bare ``<3`` or ``a < b`` stays.

    Example:
        >>> plain_text("<p>Slow &amp; dear</p><p>never <b>again</b></p>"), plain_text(" <br> "), plain_text("I <3 it")
        ('Slow & dear\\nnever again', None, 'I <3 it')
    """
    if value is None:
        return None
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", str(value))))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line) or None


def digest(*parts: Any) -> str:
    """A short name made of what some parts say."""
    return blake2b("\n".join(map(str, parts)).encode("utf-8", "replace"), digest_size=9).hexdigest()


def pseudonym(system: str, author: Any) -> str | None:
    """An id for the author of a review that does not tell the name that was shown.

    Example:
        >>> pseudonym("jd", "j***3") == pseudonym("jd", "j***3"), pseudonym("jd", "")
        (True, None)
    """
    name = plain_text(author)
    return None if name is None else f"{system}:{digest(system, name)}"


def wall_clock(value: Any, zone: str | None) -> Any:
    """A time as sheets spell it, as ISO-8601; with its own offset, else with that of a zone if one is given. Else as
    it is.

    Example:
        >>> wall_clock("2026/3/1 9:05", "Asia/Shanghai"), wall_clock("soon", "Asia/Shanghai")
        ('2026-03-01T09:05:00+08:00', 'soon')
        >>> wall_clock("2026/8/28 12:31:58 pm GMT+1", None), wall_clock("2026/8/28 下午 3:05", None)
        ('2026-08-28T12:31:58+01:00', '2026-08-28T15:05:00')
    """
    text = str(value).strip()
    found = _CLOCK.fullmatch(text)
    if found is None:
        return value
    year, month, day, half, hour, minute, second, latin, offset, past = found.groups()
    if hour is None:  # a day: it stays one
        return f"{year}-{int(month):02}-{int(day):02}"
    try:
        there = of_day(int(hour), half or latin)
        moment = datetime(int(year), int(month), int(day), there, int(minute), int(second or 0))
        own: tzinfo | None = ZoneInfo(zone) if zone else None
        if "GMT" in text.upper() or "UTC" in text.upper():
            hours = int(offset or 0)
            own = timezone(timedelta(hours=hours, minutes=int(past or 0) * (-1 if hours < 0 else 1)))
    except ValueError:
        return value
    return (moment.replace(tzinfo=own) if own else moment).isoformat()


def of_day(hour: int, half: str | None) -> int:
    """The hour of a day of 24, from that of a half: ``am``, ``pm``, ``上午``, ``下午``; as it is where none is told.

    Example:
        >>> of_day(12, "am"), of_day(12, "pm"), of_day(3, "下午"), of_day(15, None), of_day(15, "pm")
        (0, 12, 15, 15, 15)
    """
    if half is None or hour > 12:
        return hour
    return hour % 12 + 12 * (half == "下午" or half.lower().startswith("p"))


def known_ids(values: dict[str, Any]) -> tuple[str | None, dict[str, str], set[str]]:
    """The customer's id and other identifiers among named values, by what the names are, and which names those are.

    Only a name that says that it is an id is one: ``customer`` may hold ``yes``.

    Example:
        >>> known_ids({"customer_id": 7, "Email": "a@x", "city": "Hull"})[:2]
        ('7', {'email': 'a@x'})
    """
    user: str | None = None
    others: dict[str, str] = {}
    used = set()
    for name, value in values.items():
        if value is None or isinstance(value, bool | dict | list) or not str(value).strip():
            continue
        text, word = str(value).strip(), bare(str(name))
        if _NO_ID.fullmatch(text):
            continue
        if word in _KINDS:
            others.setdefault(_KINDS[word], text)
            used.add(name)
        elif word in _USERS - _SHARED and user is None:
            user = text
            used.add(name)
    return user, others, used
