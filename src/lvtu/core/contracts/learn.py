"""A contract from what came: what all events of a name have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lvtu.core.contracts.check import kind_of
from lvtu.core.contracts.contract import Contract, Property

ENOUGH = 20
"""Events from which on something that all of them have is taken for a rule."""

CHOICES = 12
"""A property with so many different texts at most, each of which came `OFTEN`, has a list of allowed values."""

OFTEN = 10


def learned(event: str, properties: Iterable[Mapping[str, Any]]) -> Contract:
    """The contract that all of these events keep, to be looked at by somebody before it is enforced.

    Args:
        event: their name.
        properties: those of each event.

    Example:
        >>> events = [{"total": 1.5 * n, "status": "paid" if n % 2 else "open", "note": None} for n in range(40)]
        >>> contract = learned("Order Completed", events)
        >>> contract.required, contract.properties["total"].type, contract.properties["status"].enum
        (('status', 'total'), ('number',), ('open', 'paid'))
    """
    events = 0
    there: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    texts: dict[str, Counter[str]] = {}
    for one in properties:
        events += 1
        for name, value in one.items():
            if value is None:
                continue
            there[name] += 1
            kinds.setdefault(name, set()).add(kind_of(value))
            seen = texts.setdefault(name, Counter())
            if isinstance(value, str) and len(seen) <= CHOICES:
                seen[value] += 1
    return Contract(
        event=event,
        properties={
            name: Property.model_validate({"type": _types(kinds[name]), "enum": _choices(kinds[name], texts[name])})
            for name in sorted(there)
        },
        required=tuple(sorted(name for name, times in there.items() if times == events >= ENOUGH)),
    )


def _types(kinds: set[str]) -> tuple[str, ...]:
    return tuple(sorted(kinds - {"integer"} if "number" in kinds else kinds))


def _choices(kinds: set[str], texts: Counter[str]) -> tuple[str, ...] | None:
    few = kinds == {"string"} and len(texts) <= CHOICES and min(texts.values()) >= OFTEN
    return tuple(sorted(texts)) if few else None
