"""Which names come first for what somebody has typed so far."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_NEAR = 0.6
_LOOKED_AT = 2_000
"""Names that are compared letter by letter where none holds what was typed."""


def ranked(names: Iterable[tuple[str, int]], search: str) -> list[tuple[str, int]]:
    """The names that fit what was typed: those that begin with it, have a word that does, hold it; else that come near.

    Within each the most frequent first.

    Args:
        names: each with how often it is there, most frequent first.
        search: what was typed; case does not count.

    Example:
        >>> names = [("Order Paid", 9), ("Card Order", 8), ("Reorder", 7), ("Cart Viewed", 5)]
        >>> ranked(names, "order")
        [('Order Paid', 9), ('Card Order', 8), ('Reorder', 7)]
        >>> ranked(names, "cart viewd")
        [('Cart Viewed', 5)]
    """
    typed = search.strip().casefold()
    if not typed:
        return list(names)
    fits: tuple[list[tuple[str, int]], ...] = ([], [], [])
    others: list[tuple[str, int]] = []
    for name, count in names:
        folded = name.casefold()
        if folded.startswith(typed):
            fits[0].append((name, count))
        elif typed in folded:
            fits[1 if f" {typed}" in folded.replace("_", " ") else 2].append((name, count))
        elif len(others) < _LOOKED_AT:
            others.append((name, count))
    found = [*fits[0], *fits[1], *fits[2]]
    if found:
        return found
    near = [(SequenceMatcher(None, typed, name.casefold()).ratio(), name, count) for name, count in others]
    return [(name, count) for ratio, name, count in sorted(near, key=lambda one: -one[0]) if ratio >= _NEAR]
