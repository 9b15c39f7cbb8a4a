"""Themes found without labels: clauses whose words lie together, named by the words that set them apart."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from lvtu.analyses.clusters.vectors import Vectors as Points
from lvtu.store.journeys.columns import Array
from lvtu.voice.themes.vectors import Vectors, learnt

LEARNT_FROM = 60_000
"""Clauses that the vectors of words are learnt from."""

FOUND_IN = 12_000
"""Clauses that themes are found in; all others are put into the theme that is nearest."""

FEWEST, MOST = 3, 40
"""Themes, where nobody says how many."""

_CLAUSES_EACH = 20
"""A theme is expected to have so many clauses at least."""

_NEAR = 0.4
"""Cosine to its theme's middle below which a clause belongs to none."""

_AGAIN = 4
"""What is said in the same words counts so many times at most: it may be a form that people send."""

_STARTS, _STEPS = 4, 40
_NAMED_BY = 3


@dataclass(frozen=True, eq=False)
class Found:
    """Themes that were found.

    Attributes:
        vectors: of words.
        middles: of the themes, (themes, dimensions), each of length 1.
        names: the words that a theme is called by, the most telling first.
    """

    vectors: Vectors
    middles: Array
    names: list[tuple[str, ...]]

    def nearest(self, clauses: Sequence[Sequence[str]]) -> Array:
        """The theme of each clause, −1 for none."""
        if not len(self.middles):
            return np.full(len(clauses), -1)
        lines, words = self.vectors.of(clauses)
        near = np.round(lines @ self.middles.T, 6)
        theme: Array = near.argmax(axis=1)
        theme[(words == 0) | (near.max(axis=1) < _NEAR)] = -1
        return theme


def themes_in(
    clauses: Mapping[str, int], words: Sequence[Sequence[str]], written: dict[str, str], themes: int | None = None
) -> Found:
    """Find themes: the same ones whatever the order of the clauses.

    Args:
        clauses: with how often each was said.
        words: of each.
        written: how a word is written.
        themes: how many; by the number of clauses if not given.
    """
    places = sorted(enumerate(clauses.items()), key=lambda one: _draw(one[1][0]))
    drawn = [words[at] for at, (_, times) in places for _ in range(min(times, _AGAIN))]
    vectors, own = learnt(drawn[:LEARNT_FROM]), [words[at] for at, _ in places[:FOUND_IN]]
    lines, many = vectors.of(own)
    told = np.flatnonzero(many)
    if not len(told):
        return Found(vectors, np.empty((0, lines.shape[1])), [])
    points = lines[told]
    groups = _grouped(points, min(themes or usual(len(told)), len(np.unique(points, axis=0))))
    middles = np.stack([points[groups == one].mean(axis=0) for one in range(int(groups.max()) + 1)])
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    return Found(vectors, middles, named([own[at] for at in told.tolist()], groups, written))


def usual(clauses: int) -> int:
    """How many themes to look for in so many clauses.

    Example:
        >>> [usual(n) for n in (10, 300, 6_000, 100_000)]
        [3, 9, 39, 40]
    """
    return max(FEWEST, min(round(math.sqrt(clauses) / 2), clauses // _CLAUSES_EACH, MOST))


def _draw(clause: str) -> tuple[bytes, str]:
    """A place in an order that says nothing, and stays when clauses come in."""
    return hashlib.blake2b(clause.encode("utf-8", "replace"), digest_size=8).digest(), clause


def _grouped(points: Array, themes: int) -> Array:
    """The group of each point: k-means, the best of some starts; one group less where each start loses one."""
    if themes < 2:
        return np.zeros(len(points), np.int64)
    space = Points(points)
    starts = [points[space.spread_out(themes, seed)] for seed in range(_STARTS)]
    with ThreadPoolExecutor() as pool:
        fits = [fit for fit in pool.map(lambda start: space.settled(start, _STEPS), starts) if fit is not None]
    if not fits:
        return _grouped(points, themes - 1)
    found: Array = np.unique(min(fits, key=lambda fit: fit.spread).groups, return_inverse=True)[1]
    return found


def named(clauses: Iterable[Sequence[str]], groups: Array, written: dict[str, str]) -> list[tuple[str, ...]]:
    """The words by which groups of clauses are told apart, as they are mostly written; no two are called alike."""
    found: list[tuple[str, ...]] = []
    for weights in telling(clauses, groups):
        ranked = sorted(weights, key=lambda word: (-round(weights[word], 12), word))
        ways = [tuple(dict.fromkeys(written[word] for word in ranked[:many])) for many in range(_NAMED_BY, 9)]
        found.append(next((way for way in ways if way not in found), (*ways[-1], str(len(found) + 1))))
    return found


def telling(clauses: Iterable[Sequence[str]], groups: Array) -> list[dict[str, float]]:
    """How much each word tells about each group.

    The more the more of a group's clauses have it, and the fewer clauses of all: class-based TF-IDF (M. Grootendorst,
    arXiv 2203.05794, 2022).

    Args:
        clauses: the words of each.
        groups: of each clause, from 0 on; −1 for none.
    """
    inside = [Counter[str]() for _ in range(int(groups.max(initial=-1)) + 1)]
    for clause, group in zip(clauses, groups.tolist(), strict=True):
        if group >= 0:
            inside[group].update(set(clause))
    whole: Counter[str] = Counter()
    for own in inside:
        whole.update(own)
    mean = whole.total() / max(len(inside), 1)
    return [
        {word: n / max(own.total(), 1) * math.log(1 + mean / whole[word]) for word, n in own.items()} for own in inside
    ]
