"""The contracts of a workspace: what senders agreed on, what came that breaks it, and what could be agreed on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.core.sentences import Reason
from lvtu.errors import UnknownName
from lvtu.store.documents import Documents
from lvtu.store.inbox import Violation

if TYPE_CHECKING:
    from lvtu.core.contracts import Contract

_EVENTS = 20_000
"""The newest events of a name that a contract is learned from."""

_NOT_AGREED = ("context", "group_id")
"""What the reader of Segment's messages adds to the properties."""


@dataclass(frozen=True)
class Trial:
    """What a contract would do to events that came.

    Attributes:
        events: how many were looked at, the newest.
        broken: how many of them break it.
        troubles: how: a property, a code (``missing``, ``of_type``, ``not_allowed``), how many events, and the first
            reason in full.
    """

    events: int
    broken: int
    troubles: list[tuple[str, str, int, Reason]]


Counted = list[dict[str, Any]]
"""Rows of `Contracts.violations`."""

Texts = list[str | None]
"""The properties of events as JSON; None where one has none."""


class Contracts:
    """What the properties of each event must be: ``ws.contracts``. `docs/how-to/contracts.md` shows them at work.

    Args:
        documents: the contracts in the books.
        counted: the events that broke one.
        sql: asks the lake.
    """

    def __init__(
        self,
        documents: Documents[Contract],
        counted: Callable[[], list[Violation]],
        sql: Callable[[str], pa.Table],
    ) -> None:
        self._documents, self._counted, self._sql = documents, counted, sql

    def list(self) -> list[Contract]:
        """The newest version of each, by event."""
        return self._documents.list()

    def get(self, event: str, version: int | None = None) -> Contract:
        """The contract of an event; the newest version unless one is named.

        Raises:
            UnknownName: the event has none.
            BadInput: it has no such version.
        """
        return self._documents.get(event, version)

    def save(self, contract: Contract | dict[str, Any] | str | Path) -> Contract:
        """Keep a contract. Every save is a new version, and no version ever changes; arrivals follow within seconds.

        Args:
            contract: a `lvtu.Contract`, a dict, YAML text, or the path of a YAML file. To end one, save it with
                ``mode: off``.

        Returns:
            It, with its version.

        Raises:
            BadInput: its parts do not go together.
        """
        return self._documents.save(contract)

    def violations(self, event: str | None = None) -> Counted:
        """How many arrivals broke the contracts, refused ones included.

        Args:
            event: of this event only.

        Returns:
            For each ``event``, ``version`` of its contract, ``property`` and ``code`` (``missing``, ``of_type``,
            ``not_allowed``): the ``messages``, and when the ``last`` came (µs since 1970). Those refused wait in the
            quarantine, too, each with its value.
        """
        return [one._asdict() for one in self._counted() if event in (None, one.event)]

    def learn(self, event: str) -> Contract:
        """The contract that the newest events of a name keep; it is not saved.

        Returns:
            It observes: look at it, correct it, save it.

        Raises:
            UnknownName: no such event came.
        """
        from lvtu.core.contracts import learned

        texts = self._newest(event)
        if not texts:
            known = self._sql("SELECT event FROM events GROUP BY event ORDER BY count(*) DESC")
            raise UnknownName("event", event, known["event"].to_pylist())
        return learned(event, _agreed(texts))

    def trial(self, contract: Contract | dict[str, Any] | str | Path) -> Trial:
        """What of the newest events a contract would break, before it is saved: none are where no such event came."""
        from lvtu.core.contracts import Check
        from lvtu.core.contracts import Contract as Kind

        check = Check(Kind.load(contract))
        texts = self._newest(check.contract.event)
        found = [check(properties) for properties in _agreed(texts)]
        troubles = [one for broken in found for one in broken]
        counts = Counter((one.property, one.reason.code) for one in troubles)
        first = {(one.property, one.reason.code): one.reason for one in reversed(troubles)}
        rows = [(name, code, number, first[name, code]) for (name, code), number in counts.most_common()]
        return Trial(len(texts), sum(map(bool, found)), rows)

    def _newest(self, event: str) -> Texts:
        named = event.replace("'", "''")
        newest = f"SELECT properties FROM events WHERE event = '{named}' ORDER BY time DESC LIMIT {_EVENTS}"
        texts: Texts = self._sql(newest)["properties"].to_pylist()
        return texts


def _agreed(texts: Texts) -> Iterator[dict[str, Any]]:
    for text in texts:
        properties = json.loads(text) if text else {}
        yield {name: value for name, value in properties.items() if name not in _NOT_AGREED}
