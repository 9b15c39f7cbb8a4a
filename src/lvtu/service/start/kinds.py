"""The kinds of data that people begin with."""

from __future__ import annotations

from importlib import resources
from typing import Any, Literal, get_args

from lvtu.collect import Mapping
from lvtu.core.words import Lang, say

Kind = Literal["survey", "orders", "behaviour", "reviews", "tickets"]
"""What somebody has."""

KINDS: tuple[Kind, ...] = get_args(Kind)

_UNNAMED = "Record"
"""What a guess calls events that no column names."""


def example(kind: Kind, lang: Lang) -> bytes:
    """The example's rows, as CSV."""
    return (resources.files("lvtu.service.start.examples") / f"{kind}.{lang}.csv").read_bytes()


def mapping(kind: Kind, lang: Lang) -> Mapping:
    """How the example is read."""
    text = (resources.files("lvtu.service.start.examples") / f"{kind}.{lang}.yaml").read_text(encoding="utf-8")
    return Mapping.load(text)


def named(guessed: Mapping, kind: Kind | None, lang: Lang) -> Mapping:
    """A guessed mapping whose events, where no column names them, are called after the kind of data.

    Example:
        >>> guessed = Mapping.load({"fields": {"event": {"constant": "Record"}}})
        >>> named(guessed, "reviews", "en").fields["event"].constant
        'Review Posted'
    """
    feed: Any = guessed.fields.get("event")
    if kind is None or feed is None or feed.constant != _UNNAMED:
        return guessed
    event = feed.model_copy(update={"constant": say(f"start.{kind}.event", lang)})
    return guessed.model_copy(update={"fields": guessed.fields | {"event": event}})
