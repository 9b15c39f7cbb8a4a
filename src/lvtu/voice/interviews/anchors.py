"""Quotes keep their places when the text around them is edited."""

from __future__ import annotations

_AROUND = 32
"""Characters on each side by which one of several equal places is told from the others."""


def anchored(quote: str, before: str, after: str, start: int) -> tuple[int, int] | None:
    """Where a quote stands in an edited text.

    Args:
        quote: it, word for word.
        before, after: the text as it was, and as it is.
        start: where it stood.

    Returns:
        Start and end in the edited text: of several places the one whose surroundings are most alike, then the nearest;
        None where the quote is no longer there.

    Example:
        >>> anchored("two weeks", "It took two weeks.", "Honestly, it took two weeks!", 8)
        (18, 27)
        >>> anchored("two weeks", "It took two weeks.", "It took a fortnight.", 8) is None
        True
    """
    if after[start : start + len(quote)] == quote and after[:start] == before[:start]:
        return start, start + len(quote)
    left, right = before[max(start - _AROUND, 0) : start], before[start + len(quote) :][:_AROUND]
    places, at = [], after.find(quote)
    while at >= 0:
        places.append(at)
        at = after.find(quote, at + 1)
    if not places:
        return None

    def unlike(place: int) -> tuple[int, int]:
        alike = _common(left[::-1], after[:place][::-1]) + _common(right, after[place + len(quote) :])
        return -alike, abs(place - start)

    best = min(places, key=unlike)
    return best, best + len(quote)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    number = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        number += 1
    return number
