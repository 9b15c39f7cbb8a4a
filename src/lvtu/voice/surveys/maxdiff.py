"""The sets of a MaxDiff question: balanced, in many designs, the same wherever they are worked out."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.order import shuffled
from lvtu.voice.surveys.parts import Option

DESIGNS = 64
"""So many designs there are: of one plan, with other options in each of its places."""

_Met = list[list[int]]


def design_of(survey: Survey, question: q.MaxDiff, response: str) -> int:
    """Which design a response is shown: drawn by its id, every one as likely."""
    seed = f"{survey.key}/{question.key}/{response}"
    return sha256(seed.encode(errors="backslashreplace")).digest()[0] % DESIGNS


def sets_of(question: q.MaxDiff, design: int) -> list[list[Option]]:
    """The sets of a design, each with its options in the order in which they are shown.

    Args:
        question: what is asked.
        design: from 0 to `DESIGNS` − 1.

    Example:
        >>> options = tuple(Option(key=key, text={"en": key}) for key in "abcdef")
        >>> asked = q.MaxDiff(key="q1", kind="maxdiff", title={"en": "?"}, options=options, size=3, sets=4)
        >>> ["".join(one.key for one in several) for several in sets_of(asked, 0)]
        ['eaf', 'dce', 'bcf', 'dba']
    """
    options = {one.key: one for one in question.options}
    keys = shuffled([*options], [*options], f"{question.key}/{design}")
    found = []
    for number, places in enumerate(plan(len(keys), question.size, question.many), start=1):
        chosen = [keys[place] for place in places]
        found.append([options[key] for key in shuffled(chosen, chosen, f"{question.key}/{design}/{number}")])
    return found


@lru_cache(64)
def plan(options: int, size: int, sets: int) -> tuple[tuple[int, ...], ...]:
    """Sets of numbers, each shown as often as any other or once more, that meet one another as evenly as was found.

    Each set takes the numbers that were shown least, of these those that met the others of the set least. Then two
    numbers of two sets change places as long as that spreads the meetings.

    Example:
        >>> plan(7, 3, 7)  # Fano's plane: every two meet once
        ((3, 1, 2), (3, 4, 5), (6, 0, 3), (1, 4, 6), (2, 5, 6), (0, 4, 2), (1, 0, 5))
    """
    times = [0] * options
    met = [[0] * options for _ in range(options)]
    found: list[list[int]] = []
    for _ in range(sets):
        chosen: list[int] = []
        for _ in range(min(size, options)):
            left = [one for one in range(options) if one not in chosen]
            chosen.append(min(left, key=lambda one: (times[one], sum(met[one][other] for other in chosen))))
        for at, one in enumerate(chosen):
            times[one] += 1
            _meet(met, one, chosen[:at], 1)
        found.append(chosen)
    while sum(_changed(met, left, right) for left in found for right in found):  # every two, then again
        pass
    return tuple(map(tuple, found))


def _changed(met: _Met, left: list[int], right: list[int]) -> bool:
    """Let numbers of two sets change places where that spreads the meetings; whether any did."""
    changed = False
    for at in range(len(left)):
        for to in range(len(right)):
            one, other = left[at], right[to]
            if one in right or other in left:
                continue
            gain = sum(met[one][mate] - met[other][mate] - 1 for mate in left if mate != one and mate not in right)
            gain += sum(met[other][mate] - met[one][mate] - 1 for mate in right if mate != other and mate not in left)
            if gain > 0:
                for number, before, after in ((one, left, right), (other, right, left)):
                    _meet(met, number, [mate for mate in before if mate not in (one, other)], -1)
                    _meet(met, number, [mate for mate in after if mate not in (one, other)], 1)
                left[at], right[to] = other, one
                changed = True
    return changed


def _meet(met: _Met, one: int, others: list[int], by: int) -> None:
    """Count that a number meets others, or no longer does."""
    for other in others:
        met[one][other] += by
        met[other][one] += by
