"""Messages held against the contracts of their events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lvtu.collect.ready.segment import segment_rows
from lvtu.core.contracts import Check, Trouble


def breaches(message: dict[str, Any], checks: Mapping[str, Check]) -> tuple[Check, list[Trouble]] | None:
    """What a message in Segment's format breaks, and of which contract; None if it keeps it, or there is none.

    Looked at are the properties as the record will have them, but for the context.

    Example:
        >>> from lvtu.core.contracts import Contract
        >>> checks = {"Paid": Check(Contract(event="Paid", required=("total",)))}
        >>> breaches({"type": "track", "event": "Paid", "properties": {"total": 1}}, checks)
        >>> [one.property for one in breaches({"type": "track", "event": "Paid", "context": {"total": 1}}, checks)[1]]
        ['total']
    """
    for row in segment_rows(message):
        if (check := checks.get(str(row.get("event")))) is None:
            continue
        properties = dict(row.get("properties") or {})
        properties.pop("context", None)
        if found := check(properties):
            return check, found
    return None
