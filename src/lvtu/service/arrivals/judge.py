"""Arrivals held against the contracts of the workspace."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lvtu.collect.contracts import breaches
from lvtu.core.contracts import Check, Contract, Trouble
from lvtu.store.documents import Documents
from lvtu.store.inbox import Violation

_STALE = 1.0
"""Seconds for which the contracts are taken to be unchanged."""

Checks = Mapping[str, Check]
"""The check of each event that has a contract at work."""


class Agreed:
    """The contracts at work, as they were a second ago at the latest.

    Args:
        documents: all contracts.
    """

    def __init__(self, documents: Documents[Contract]) -> None:
        self._documents = documents
        self._read = 0.0
        self._contracts: list[Contract] = []
        self._checks: Checks = {}

    def checks(self) -> Checks:
        """One for each event whose contract is not off."""
        if time.monotonic() - self._read > _STALE:
            contracts = self._documents.list()
            if contracts != self._contracts:
                self._checks = {one.event: Check(one) for one in contracts if one.mode != "off"}
            self._read, self._contracts = time.monotonic(), contracts
        return self._checks


class Judge:
    """Holds the messages of one request against the contracts, and remembers which broke them.

    Args:
        checks: the contracts.

    Attributes:
        found: place in the batch → the contract and what of it was broken.
    """

    def __init__(self, checks: Checks) -> None:
        self.checks = checks
        self.found: dict[int, tuple[Contract, list[Trouble]]] = {}

    def accepts(self, index: int, event: str, properties: Mapping[str, Any]) -> bool:
        """Whether a message may come in."""
        check = self.checks.get(event)
        return check is None or not (found := check(properties)) or self._note(index, check, found)

    def accepts_message(self, index: int, message: dict[str, Any]) -> bool:
        """The same for a message that nothing has been made of yet."""
        found = breaches(message, self.checks)
        return found is None or self._note(index, *found)

    def _note(self, index: int, check: Check, found: list[Trouble]) -> bool:
        self.found[index] = check.contract, found
        return check.contract.mode != "enforce"

    def warned(self) -> list[tuple[int, Contract, Trouble]]:
        """What senders are to be told of messages that came in, by place in the batch."""
        return [
            (index, contract, one)
            for index, (contract, found) in sorted(self.found.items())
            if contract.mode == "warn"
            for one in found
        ]


def field_of(event: str, trouble: Trouble) -> str:
    """Where the sender wrote the property.

    Example:
        >>> from lvtu.core.sentences import Reason
        >>> reason = Reason("missing", field="plan")
        >>> field_of("group", Trouble("group_plan", reason)), field_of("Paid", Trouble("plan", reason))
        ('traits.plan', 'properties.plan')
    """
    name = trouble.property
    if event == "group" and name.startswith("group_"):
        name = name.removeprefix("group_")
    return f"{'traits' if event in ('identify', 'group') else 'properties'}.{name}"


def counted(judges: Iterable[Judge], received: int) -> list[Violation]:
    """How often the messages of some requests broke contracts.

    Args:
        judges: theirs.
        received: when the last of them came, µs since 1970.
    """
    found: Counter[tuple[str, int, str, str]] = Counter()
    for judge in judges:
        for contract, troubles in judge.found.values():
            for one in troubles:
                found[contract.event, contract.version or 0, one.property, one.reason.code] += 1
    return [Violation(*key, messages, received) for key, messages in found.items()]
