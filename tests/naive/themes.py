"""Themes the slow way: every comment with its themes and its feeling, in lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from naive.intervals import wilson
from naive.journeys import Event, What, in_range, journeys


@dataclass
class Told:
    """What is known of a theme.

    Attributes:
        comments: message ids.
        customers: who wrote them.
        feelings: of the comments that feel anything, −2 to 2.
        of: how many comments it is a share of.
    """

    comments: list[str] = field(default_factory=list)
    customers: set[str] = field(default_factory=set)
    feelings: list[float] = field(default_factory=list)
    of: int = 0

    def figures(self, band: float) -> dict[str, Any]:
        n, k = len(self.feelings), len(self.comments)
        low, high = wilson(k, self.of)
        mean = sum(self.feelings) / n if n else None
        return {
            "comments": k, "customers": len(self.customers), "share": k / self.of, "low": low, "high": high, "rated": n,
            "sentiment": mean, "negative": sum(f <= -band for f in self.feelings) / n if n else None,
            "positive": sum(f >= band for f in self.feelings) / n if n else None,
        }  # fmt: skip


Key = tuple[Any, Any, Any]
"""Theme (``...`` for all comments, None for those without any), group, period."""


def themes(
    events: Iterable[Event],
    said: Callable[[Event], Collection[str] | None],
    feeling: Callable[[Event, str | None], float | None],
    group: Callable[[Event], Any] = lambda event: None,
    period: Callable[[Event], Any] = lambda event: None,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
) -> dict[Key, Told]:
    """Every theme in every group and period.

    Args:
        events: in any order.
        said: the themes of a comment; None for an event that is no comment.
        feeling: of a comment where it speaks of a theme; of None all of it.
        group, period: of a comment.
        where: which events exist.
        since, until: from a time on and before another.
    """
    found: dict[Key, Told] = {}
    whole: dict[tuple[Any, Any], int] = {}
    for customer, line in journeys(events, where).items():
        for event in line:
            own = said(event) if in_range(event, since, until) else None
            if own is None:
                continue
            place = (group(event), period(event))
            whole[place] = whole.get(place, 0) + 1
            for theme in [..., *(own or [None])]:
                told = found.setdefault((theme, *place), Told())
                told.comments.append(event.message_id)
                told.customers.add(customer)
                felt = feeling(event, theme if isinstance(theme, str) else None)
                told.feelings += [] if felt is None else [felt]
    for (_, *place), told in found.items():
        told.of = whole[tuple(place)]  # type: ignore[index]
    return found


def best_split(part: list[int], whole: list[int]) -> float:
    """Twice the logarithm of how much likelier two shares are than one, of the best split."""
    return max(_gain(part, whole, at) for at in range(1, len(part)))


def _gain(part: list[int], whole: list[int], at: int) -> float:
    def level(k: int, n: int) -> float:
        return sum(x * math.log(x / n) for x in (k, n - k) if x)

    sides = [(sum(part[:at]), sum(whole[:at])), (sum(part[at:]), sum(whole[at:]))]
    return 2 * (sum(level(*side) for side in sides) - level(sum(part), sum(whole)))


def chance(part: list[int], whole: list[int]) -> float:
    """How likely chance alone makes the best split so good: over all ways to spread the same total."""
    bound, hit, every = best_split(part, whole) - 1e-9, 0, 0
    for spread in product(*(range(n + 1) for n in whole)):
        if sum(spread) == sum(part):
            ways = math.prod(math.comb(n, k) for n, k in zip(whole, spread, strict=True))
            every += ways
            hit += ways * (best_split(list(spread), whole) >= bound)
    return hit / every
