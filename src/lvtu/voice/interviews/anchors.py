"""Quotes, times and pages keep their places when the text around them is edited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

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


def carried(posts: Sequence[tuple[int, float]], before: str, after: str) -> list[tuple[int, float]]:
    """Where the posts of a text stand after an edit: each with its line, or where the lines that replace it begin.

    Args:
        posts: characters with what holds from there on, ascending.
        before, after: the text as it was, and as it is.

    Example:
        >>> carried([(0, 1.0), (5, 9.5)], "Ann.\\nBo!\\n", "Note.\\nAnn.\\nBo, at last!\\n")
        [(6, 1.0), (11, 9.5)]
    """
    if not posts or before == after:
        return list(posts)
    old, new = before.split("\n"), after.split("\n")
    starts, ends = _line_starts(old), _line_starts(new)
    blocks = SequenceMatcher(None, old, new).get_opcodes()
    found: dict[int, float] = {}
    for place, value in posts:
        line = bisect_right(starts, place) - 1
        _, first, last, to, until = next(block for block in blocks if block[1] <= line < block[2])
        alike = last - first == until - to
        target = to + line - first if alike else min(to, len(new) - 1)
        within = min(place - starts[line], len(new[target])) if alike else 0
        found[ends[target] + within] = value
    return sorted(found.items())


def _line_starts(lines: Sequence[str]) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in lines[:-1])]
