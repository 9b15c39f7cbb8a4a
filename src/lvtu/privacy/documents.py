"""What the documents that people keep say of a customer: their place in lists, their name in conditions and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.privacy.traces import Identifiers, naming
from lvtu.store.insights import Rewritten
from lvtu.store.journeys.columns import Array
from lvtu.store.ledger import Ledger, StoredDocument
from lvtu.store.suppression import ERASED

_TEXT = r"'[^']*+(?:''[^']*+)*+'|‘[^‘’]*+’|“[^“”]*+”"
_LITERAL = re.compile(_TEXT)
_OF_IDENTITY = re.compile(r"\b(?:user_id|anonymous_id|identifiers)\b")
_NUMBERS = re.compile(
    r"\b(?:user_id|anonymous_id|identifiers(?:\.[\w$@]+){1,9})\s*(?:[=＝!！<＜>＞≠≤≥]{1,2}\s*[-+]?[\d.]+"
    rf"|(?:not\s+)?in\s*[(（](?:{_TEXT}|[^()（）'‘“])*+[)）]|(?:not\s+)?between\s+\S+\s+and\s+\S+)",
    re.IGNORECASE,
)
"""Where a condition compares an identifier with numbers: ``user_id = 7``, ``user_id in (7, 8)``."""
_NUMBER = re.compile(rf"{_LITERAL.pattern}|(?<![\w.])\d+(?![\w.])")
_CONDITIONS = ("condition", "where")
_SPOKEN = ("title", "name", "description", "goal", "needs", "owner", "kpis", "location")
_OF_ONE = "customer"
"""The key of whatever is asked of one customer; its value names them, however short it is."""
_CHOICES = ("analysis", "view", "id", "board")
"""Keys of what is chosen from a list, not written."""
_TELLING = 4
"""From so many characters on, not all digits, a text is taken for an identifier wherever it stands."""


@dataclass(frozen=True)
class Changes:
    """What becomes of documents; no byte of a customer.

    Attributes:
        documents: those that a customer is in, as they are without them.
        keys: keyed hashes of the keys of segments that are an identifier of theirs: such segments go.
        insights: texts of insights, as they are without them.
    """

    documents: list[StoredDocument]
    keys: list[bytes]
    insights: list[Rewritten]


def changes_without(ledger: Ledger, identifiers: Identifiers, events: Array) -> Changes:
    """Take a customer out of all documents.

    Every version is changed: otherwise none ever is, but nobody must be found in an old one either. Only what people
    write freely is looked at: lists, texts for readers, and texts in conditions. A short number (``7``) is an
    identifier only where a condition asks for one: elsewhere it may be anything, a week of days say.

    Args:
        ledger: has the documents.
        identifiers: the customer's.
        events: the ids of their events, ascending.
    """
    names = {value for _, value in identifiers}
    without, changed, keys = Without(names, events), [], []
    for kept in ledger.documents():
        if kept.kind == "segment" and kept.key in names:
            keys.append(ledger.keyed_hash(kept.key))
        elif (document := without.document(kept.kind, kept.document)) != kept.document:
            changed.append(kept._replace(document=document))
    return Changes(changed, keys, ledger.insights.without(without.written))


class Without:
    """Texts and documents without a customer.

    Args:
        names: their identifiers.
        events: the ids of their events, ascending.

    Example:
        >>> without = Without({"ann@example.com", "7"})
        >>> [without.written(text) for text in ("Ann@example.com, on day 7?", "user_id in (7, 70) and day = 7")]
        ['(erased), on day 7?', "user_id in ('(erased)', 70) and day = 7"]
        >>> without.anywhere({"analysis": "timeline", "customer": "7"})
        {'analysis': 'timeline', 'customer': '(erased)'}
    """

    def __init__(self, names: set[str], events: Array | tuple[()] = ()) -> None:
        self._names, self._events = names, events
        telling = {name for name in names if (len(name) >= _TELLING and not name.isdecimal()) or len(name) > 7}
        self._named = naming({("", spelled) for name in telling for spelled in (name, name.replace("'", "''"))})

    def document(self, kind: str, document: dict[str, Any]) -> dict[str, Any]:
        """A document of a kind. Of a persona everything is written freely, and what it says may be theirs."""
        quote = document.get("quote") or {}
        theirs = quote.get("event") is not None and bool(np.isin(quote["event"], self._events))
        kept = {name: value for name, value in document.items() if name != "quote" or not theirs}
        changed: dict[str, Any] = self.anywhere(kept) if kind == "persona" else self.of(document)
        return changed

    def of(self, value: Any, under: str = "") -> Any:
        """A value of a document of the books, under a key of it.

        A text for readers stands in both languages below its own key.
        """
        if isinstance(value, dict):
            return {key: self.of(each, under if under in _SPOKEN else key) for key, each in value.items()}
        if isinstance(value, list):
            return self._members(value) if under == "members" else [self.of(each, under) for each in value]
        if isinstance(value, str) and under in _CONDITIONS:
            return self.written(value)
        return self._spoken(value) if isinstance(value, str) and under in _SPOKEN else value

    def anywhere(self, value: Any, under: str = "") -> Any:
        """A JSON value in which all texts may be written by people: a question, a board, what was sent to somebody."""
        if isinstance(value, dict):
            return {key: self.anywhere(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.anywhere(each, under) for each in value]
        if not isinstance(value, str) or under in _CHOICES:
            return value
        return ERASED if under == _OF_ONE and value in self._names else self.written(value)

    def written(self, text: str) -> str:
        """A text that may be, or hold, a condition."""
        asked = _OF_IDENTITY.search(text) is not None

        def literal(found: re.Match[str]) -> str:
            theirs = asked and found[0][1:-1].replace("''", "'") in self._names
            return f"'{ERASED}'" if theirs else found[0]

        def number(found: re.Match[str]) -> str:
            return f"'{ERASED}'" if found[0] in self._names else found[0]

        text = _LITERAL.sub(literal, text)
        if asked:
            text = _NUMBERS.sub(lambda found: _NUMBER.sub(number, found[0]), text)
        return self._spoken(text)

    def _members(self, members: list[int]) -> list[int]:
        ids = np.array(members, np.int64)
        left: list[int] = ids[~np.isin(ids, self._events)].tolist()
        return left

    def _spoken(self, text: str) -> str:
        return text if self._named is None else self._named.sub(ERASED, text)


def keys_of(ledger: Ledger, hashes: list[bytes]) -> Iterator[str]:
    """The keys of documents that some keyed hashes were made of."""
    wanted = set(hashes)
    return (kept.key for kept in ledger.documents() if wanted and ledger.keyed_hash(kept.key) in wanted)
