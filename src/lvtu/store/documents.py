"""Documents that people keep in a workspace by key: every save is a new version, and no version ever changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName
from lvtu.store.ledger import Ledger, StoredDocument


class Versioned(Protocol):
    """A document with a key and, once it is kept, a version (a pydantic model)."""

    version: int | None

    @property
    def key(self) -> Any:
        """Its stable name."""

    def model_dump(self, *, mode: str = ..., exclude: set[str] = ...) -> dict[str, Any]:
        """As plain values."""

    def model_copy(self, *, update: dict[str, Any]) -> Any:
        """With other values."""


D = TypeVar("D", bound=Versioned)


class Documents(Generic[D]):
    """The documents of one kind in the books, and those that every workspace has.

    Args:
        ledger: the books.
        kind: ``metric``, ``segment``, …; what they are called in errors.
        load: makes one from whatever a person gives.
        given: those that are there without being saved, by key.
    """

    def __init__(
        self, ledger: Ledger, kind: str, load: Callable[[Any], D], given: Callable[[], Mapping[str, D]]
    ) -> None:
        self._ledger, self._kind, self._load, self._given = ledger, kind, load, given

    def list(self) -> list[D]:
        """The newest version of each: those given first, then the workspace's own by key."""
        newest = {stored.key: self._of(stored) for stored in self._ledger.documents(self._kind)}
        return list({**self._given(), **newest}.values())

    def get(self, key: str, version: int | None = None) -> D:
        """One by its key; the newest version unless one is named.

        Raises:
            UnknownName: there is none of that key.
            BadInput: it has no such version.
        """
        versions = self._ledger.documents(self._kind, key)
        if not versions and version is None and key in self._given():
            return self._given()[key]
        if not versions and key not in self._given():
            raise UnknownName(self._kind, key, [one.key for one in self.list()])
        if version is None:
            return self._of(versions[-1])
        found = next((one for one in versions if one.version == version), None)
        if found is None:
            known = [str(one.version) for one in versions]
            raise BadInput("no_such_version", of=Term(self._kind), key=key, version=version, known=known)
        return self._of(found)

    def named(self, name: str) -> D:
        """The one that a question names: ``conversion``, or ``conversion@3`` for a version.

        Raises:
            UnknownName: there is none of that key.
            BadInput: it has no such version.
        """
        key, at, version = name.partition("@")
        if at and not version.isdigit():
            raise BadInput("version_named", name=name, model=key)
        return self.get(key, int(version) if version else None)

    def save(self, document: Any) -> D:
        """Keep one as the next version of its key.

        Returns:
            It, with its version.

        Raises:
            BadInput: it is not consistent.
        """
        checked = self._load(document)
        plain = checked.model_dump(mode="json", exclude={"version"})
        version = self._ledger.add_document(self._kind, checked.key, time.time_ns() // 1000, plain)
        kept: D = checked.model_copy(update={"version": version})
        return kept

    def _of(self, stored: StoredDocument) -> D:
        return self._load({**stored.document, "version": stored.version})
