"""What customers agreed to, as far as their events say it: nothing is guessed, and silence says nothing.

Read are the consent object of the Segment spec (``context.consent.categoryPreferences``, on any event), the same object
as a property or trait called ``consent``, and traits whose own name says what they are (``email_consent``,
``sms_opt_in``, ``marketing_opt_out``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_TRAIT = re.compile(r"(?:.+_)?(consent|opt_in|opted_in|opt_out|opted_out)")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS = {"granted": True, "yes": True, "true": True, "denied": False, "no": False, "false": False}

HINT = r"(?i)consent|opt_?(ed_?)?(in|out)"
"""A pattern that fits the JSON of whatever can say something; most events do not, and need not be decoded."""


@dataclass(frozen=True)
class Choice:
    """A choice that an event states.

    Attributes:
        category: for what, as the sender calls it.
        given: whether they agreed.
        field: where in the event it stands: ``context.consent``, ``traits.email_consent``.
    """

    category: str
    given: bool
    field: str


@dataclass(frozen=True)
class Changed:
    """A choice that differs from the one before it, or is the first of its category.

    Attributes:
        row: which of the events states it.
        choice: it.
    """

    row: int
    choice: Choice


def stated(properties: Mapping[str, Any], traits: bool) -> list[Choice]:
    """The choices that one event states.

    Args:
        properties: the event's, its context among them.
        traits: whether they are traits: what a customer is said to be, not what happened.

    Example:
        >>> stated({"context": {"consent": {"categoryPreferences": {"Analytics": True, "Ads": False}}}}, False)
        ... # doctest: +NORMALIZE_WHITESPACE
        [Choice(category='Analytics', given=True, field='context.consent'),
         Choice(category='Ads', given=False, field='context.consent')]
        >>> stated({"smsOptOut": "yes", "consent": "see below"}, True)
        [Choice(category='smsOptOut', given=False, field='traits.smsOptOut')]
        >>> stated({"smsOptOut": "yes"}, False)
        []
    """
    found = _object(_of(properties.get("context"), "consent"), "context.consent")
    found += _object(properties.get("consent"), "traits.consent" if traits else "properties.consent")
    for name, value in properties.items() if traits else ():
        says = _TRAIT.fullmatch(_HUMPS.sub("_", name).lower())
        given = _given(value)
        if says and given is not None:
            found.append(Choice(name, given != says[1].endswith("out"), f"traits.{name}"))
    return found


def changes(events: Iterable[tuple[int, Mapping[str, Any], bool]]) -> list[Changed]:
    """The choices that changed something, of events in order.

    Args:
        events: of each its row, its properties, and whether those are traits.

    Example:
        >>> agreed, refused = ({"context": {"consent": {"categoryPreferences": {"Ads": on}}}} for on in (True, False))
        >>> [one.row for one in changes([(0, agreed, False), (1, agreed, False), (4, {}, False), (9, refused, False)])]
        [0, 9]
    """
    now: dict[str, bool] = {}
    found = []
    for row, properties, traits in events:
        for choice in stated(properties, traits):
            if now.get(choice.category) is not choice.given:
                now[choice.category] = choice.given
                found.append(Changed(row, choice))
    return found


def _object(value: Any, field: str) -> list[Choice]:
    """The choices of a consent object: its categories, or itself where it has none."""
    if not isinstance(value, dict):
        return []
    inner = value.get("categoryPreferences", value)
    given = {name: _given(each) for name, each in inner.items()} if isinstance(inner, dict) else {}
    return [Choice(name, each, field) for name, each in given.items() if each is not None]


def _of(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _given(value: Any) -> bool | None:
    return value if isinstance(value, bool) else _WORDS.get(value.lower()) if isinstance(value, str) else None
