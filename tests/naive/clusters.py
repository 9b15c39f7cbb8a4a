"""Clusters: everybody to the nearest centre, and what that makes of the groups; k-means itself is not repeated here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist, sqrt
from typing import Any

from naive.journeys import Event
from naive.paths import paths

Place = str | None


@dataclass
class Member:
    """A customer's places, counts of the features, and the vector that is compared."""

    places: list[Place]
    counts: list[int]
    vector: list[float]


def most_frequent(events: Iterable[Event], top: int, by: str = "event", **options: Any) -> list[Place]:
    """The places told apart; None for all others, if there are any."""
    counts = Counter(event.get(by) for _, line in paths(events, by, **options) for event in line)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return [*ranked[:top], *([None] if len(ranked) > top else [])]


def members(
    events: Iterable[Event],
    places: Sequence[Place],
    pairs: Sequence[tuple[Place, Place]],
    by: str = "event",
    **options: Any,
) -> dict[str, Member]:
    """Every customer who has a path; the rest as `naive.paths.paths`."""
    found = {}
    for customer, line in paths(events, by, **options):
        names = [name if (name := event.get(by)) in places else None for event in line]
        steps = Counter(pairwise(names))
        counts = [names.count(place) for place in places] + [steps[pair] for pair in pairs]
        totals = [len(names)] * len(places) + [len(names) - 1] * len(pairs)
        vector = [sqrt(count / total) if total else 0.0 for count, total in zip(counts, totals, strict=True)]
        found[customer] = Member(names, counts, vector)
    return found


def distances(member: Member, centres: Sequence[Sequence[float]]) -> list[float]:
    return [dist(member.vector, centre) for centre in centres]


def shares(group: Iterable[Member], features: range) -> list[float | None]:
    """Of each of some features, its share of all counts of them."""
    sums = [0] * len(features)
    for member in group:
        for place, feature in enumerate(features):
            sums[place] += member.counts[feature]
    return [count / sum(sums) if sum(sums) else None for count in sums]


def silhouette(vectors: Sequence[Sequence[float]], groups: Sequence[int]) -> float:
    """The mean silhouette, by its definition."""
    found = []
    for i, own in enumerate(groups):
        away: dict[int, list[float]] = {}
        for j, other in enumerate(groups):
            if i != j:
                away.setdefault(other, []).append(dist(vectors[i], vectors[j]))
        if own not in away or len(away) < 2:
            found.append(0.0)
            continue
        means = {group: sum(gaps) / len(gaps) for group, gaps in away.items()}
        inner, outer = means.pop(own), min(means.values())
        found.append((outer - inner) / max(inner, outer) if max(inner, outer) else 0.0)
    return sum(found) / len(found)
