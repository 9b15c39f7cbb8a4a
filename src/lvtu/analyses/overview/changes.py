"""What is different from the period before, and which of the differences are more than chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lvtu.analyses import jackknife
from lvtu.analyses.intervals import difference, discoveries
from lvtu.analyses.means import Scores, p_value
from lvtu.analyses.means import difference as difference_of_means

SIGNIFICANT = 0.05
"""Of the differences that are called changes, at most this share is expected to be chance."""

LEAST_CUSTOMERS = 20
"""A share of fewer customers, in either period, is not tested: its test relies on many."""

LEAST_RESPONSES = 5
"""A mean of fewer answers, in either period, is not tested."""

LEAST_GROUPS = 5
"""A sum that comes from fewer of the groups of customers, in either period, is not tested."""


@dataclass(frozen=True)
class Change:
    """The difference of a number between two periods, the later minus the earlier.

    Attributes:
        before: the number in the earlier period.
        difference: the later minus the earlier.
        low, high: its 95 % interval; None where nothing tells.
        p_value: how likely chance makes it at least so large; None where it was not tested.
        p_adjusted: the same after false-discovery control over everything that was compared.
        changed: whether it is significant then.
    """

    before: float
    difference: float
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    changed: bool = False


def of_shares(now: tuple[float, float], before: tuple[float, float]) -> Change | None:
    """The change of a share: (how many, of how many) now and before. Newcombe's interval, pooled z test."""
    found = difference(*now, *before)
    if found is None:
        return None
    apart, low, high, p = found
    tested = min(now[1], before[1]) >= LEAST_CUSTOMERS
    return Change(before[0] / before[1], apart, low, high, p if tested else None)


def of_means(now: Scores, before: Scores) -> Change | None:
    """The change of a mean score. Welch's interval and test."""
    if not now.responses or not before.responses:
        return None
    apart, first = difference_of_means(now, before), before.moments()[0]
    if apart is None:
        return Change(first, now.moments()[0] - first)
    tested = min(now.responses.total(), before.responses.total()) >= LEAST_RESPONSES
    return Change(first, *apart, p_value(now, before) if tested else None)


def of_groups(
    now: float | None, before: float | None, rest: Sequence[tuple[float | None, float | None]]
) -> Change | None:
    """The change of any number that the same groups of customers make up in both periods.

    The delete-a-group jackknife of the difference: that a customer may be in both periods is taken into account.

    Args:
        now, before: the numbers; None where there is none.
        rest: both without each group of customers that is in either.
    """
    if now is None or before is None:
        return None
    apart = [float(n - b) for n, b in rest if n is not None and b is not None]
    if len(apart) < max(len(rest), LEAST_GROUPS):
        return Change(before, now - before)
    p = jackknife.p_value(now - before, apart)
    if p is None:
        return Change(before, now - before)
    low, high = jackknife.interval(now - before, apart)
    return Change(before, now - before, low, high, p)


def controlled(changes: Sequence[Change | None]) -> list[Change | None]:
    """The same changes with what false-discovery control over all of them says (Benjamini & Hochberg).

    Example:
        >>> told = controlled([Change(1, 1, p_value=0.01), None, Change(1, 1, p_value=0.04), Change(1, 1, p_value=0.5)])
        >>> [one and (round(one.p_adjusted, 3), one.changed) for one in told]
        [(0.03, True), None, (0.06, False), (0.5, False)]
    """
    tested = [place for place, one in enumerate(changes) if one is not None and one.p_value is not None]
    adjusted = discoveries([_p(changes[place]) for place in tested])
    out = list(changes)
    for place, p in zip(tested, adjusted, strict=True):
        one = out[place]
        assert one is not None
        out[place] = replace(one, p_adjusted=p, changed=p <= SIGNIFICANT)
    return out


def _p(change: Change | None) -> float:
    return math.nan if change is None or change.p_value is None else change.p_value


def scaled(change: Change | None, by: Callable[[float], float], factor: float) -> Change | None:
    """A change in other units: levels by a function, differences by a factor."""
    if change is None:
        return None
    low, high = (None if end is None else end * factor for end in (change.low, change.high))
    return replace(
        change, before=by(change.before), difference=change.difference * factor, low=low, high=high
    )  # fmt: skip
