"""What the documents that people keep say of a customer: their place in lists, their name in conditions and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.privacy.traces import Identifiers, naming
from lvtu.store.journeys.columns import Array
from lvtu.store.ledger import Ledger, StoredDocument

_ERASED = "(erased)"
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_OF_IDENTITY = re.compile(r"\b(?:user_id|anonymous_id|identifiers)\b")
_CONDITIONS = ("condition", "where")
_SPOKEN = ("title", "name", "description", "goal", "needs", "owner", "kpis", "location")
_TELLING = 4
"""From so many characters on, not all digits, a text is taken for an identifier wherever it stands."""


@dataclass(frozen=True)
class Changes:
    """What becomes of documents; no byte of a customer.

    Attributes:
        documents: those that a customer is in, as they are without them.
        keys: keyed hashes of the keys of segments that are an identifier of theirs: such segments go.
    """

    documents: list[StoredDocument]
    keys: list[bytes]


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
    without, changed, keys = _Without(names, events), [], []
    for kept in ledger.documents():
        if kept.kind == "segment" and kept.key in names:
            keys.append(ledger.keyed_hash(kept.key))
        elif (document := without.of(kept.document)) != kept.document:
            changed.append(kept._replace(document=document))
    return Changes(changed, keys)


class _Without:
    """Documents without a customer."""

    def __init__(self, names: set[str], events: Array) -> None:
        self._names, self._events = names, events
        telling = {name for name in names if (len(name) >= _TELLING and not name.isdecimal()) or len(name) > 7}
        self._named = naming({("", spelled) for name in telling for spelled in (name, name.replace("'", "''"))})

    def of(self, value: Any, under: str = "") -> Any:
        """A value of a document, under a key of it: a text for readers stands in both languages below its own."""
        if isinstance(value, dict):
            return {key: self.of(each, under if under in _SPOKEN else key) for key, each in value.items()}
        if isinstance(value, list):
            return self._members(value) if under == "members" else [self.of(each, under) for each in value]
        if isinstance(value, str) and under in _CONDITIONS:
            return self._condition(value)
        return self._spoken(value) if isinstance(value, str) and under in _SPOKEN else value

    def _members(self, members: list[int]) -> list[int]:
        ids = np.array(members, np.int64)
        left: list[int] = ids[~np.isin(ids, self._events)].tolist()
        return left

    def _spoken(self, text: str) -> str:
        return text if self._named is None else self._named.sub(_ERASED, text)

    def _condition(self, text: str) -> str:
        asked = _OF_IDENTITY.search(text) is not None

        def literal(found: re.Match[str]) -> str:
            theirs = asked and found[0][1:-1].replace("''", "'") in self._names
            return f"'{_ERASED}'" if theirs else self._spoken(found[0])

        return _LITERAL.sub(literal, text)


def keys_of(ledger: Ledger, hashes: list[bytes]) -> Iterator[str]:
    """The keys of documents that some keyed hashes were made of."""
    wanted = set(hashes)
    return (kept.key for kept in ledger.documents() if wanted and ledger.keyed_hash(kept.key) in wanted)
