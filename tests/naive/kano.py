"""Kano the slow way: a dictionary of each customer's latest pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from naive.journeys import Event, What, in_range, journeys

TABLE = {
    "like": dict(zip(("like", "must_be", "neutral", "live_with", "dislike"), "QAAAO", strict=True)),
    **{one: dict(zip(("like", "must_be", "neutral", "live_with", "dislike"), "RIIIM", strict=True))
       for one in ("must_be", "neutral", "live_with")},
    "dislike": dict(zip(("like", "must_be", "neutral", "live_with", "dislike"), "RRRRQ", strict=True)),
}  # fmt: skip


def kano(
    events: Iterable[Event], by: str | None = None, where: What = None, since: int | None = None,
    until: int | None = None,
) -> dict[tuple[Any, Any], Counter[str]]:  # fmt: skip
    """By group and feature: how many customers' latest pair is in which category."""
    found: dict[tuple[Any, Any], Counter[str]] = {}
    for line in journeys(events, where).values():
        latest: dict[tuple[Any, Any], str] = {}
        for event in line:
            there, missing = event.properties.get("functional"), event.properties.get("dysfunctional")
            if there in TABLE and missing in TABLE and in_range(event, since, until):
                latest[event.get(by) if by else None, event.properties.get("question")] = TABLE[there][missing]
        for key, category in latest.items():
            found.setdefault(key, Counter())[category] += 1
    return found
