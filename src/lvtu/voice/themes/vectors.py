"""Vectors of words from the comments themselves: words that stand in the same comments have alike vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.store.journeys.columns import Array

_DIMENSIONS = 100
_MOST_WORDS = 8_000
_FEWEST = 3
"""A word of fewer clauses has no vector."""

_COMMON = 0.5
"""A word of a larger share of all clauses says nothing about any of them."""

_SMOOTHED = 0.75
"""The power of the counts of a word's neighbours, which keeps rare ones from seeming too telling."""

_SWEEPS = 3
_THIN = 1e-12
"""The part of the strongest direction's square below which there is none."""

_DIGITS = 6


@dataclass(frozen=True, eq=False)
class Vectors:
    """Words and where they lie.

    Attributes:
        number: of each word, its line.
        lines: (words, dimensions).
        rarity: of each word, the logarithm of how few clauses have it.
    """

    number: dict[str, int]
    lines: Array
    rarity: Array

    def of(self, clauses: Sequence[Sequence[str]]) -> tuple[Array, Array]:
        """Clauses as vectors of length 1, the mean of their words, rare ones counting more; and their numbers of words.

        A clause without any word that has a vector is all zeros.
        """
        table = table_of(clauses, self.number)
        found: Array = table.multiply(self.rarity).tocsr() @ self.lines
        length = np.linalg.norm(found, axis=1, keepdims=True)
        found = np.round(found / np.where(length > 0, length, 1.0), _DIGITS)
        return found, np.asarray(table.sum(axis=1)).ravel().astype(np.int64)


def learnt(clauses: Sequence[Sequence[str]], seed: int = 0) -> Vectors:
    """The vectors of the words of some clauses.

    Words are the more alike the more often they stand together than chance would have it: positive pointwise mutual
    information of the words of a clause, brought down to few dimensions by singular vectors. Found by powers of a
    random start (Halko, Martinsson & Tropp, SIAM Review 53, 2011); the same clauses in the same order give the same.
    Source: O. Levy, Y. Goldberg and I. Dagan, TACL 3 (2015) 211–225.

    Args:
        clauses: the words of each.
        seed: of the start.
    """
    counts = Counter(word for clause in clauses for word in set(clause))
    most = max(_COMMON * len(clauses), _FEWEST)
    kept = sorted((word for word, n in counts.items() if _FEWEST <= n <= most), key=lambda word: (-counts[word], word))
    number = {word: place for place, word in enumerate(kept[:_MOST_WORDS])}
    rarity = np.array([np.log(len(clauses) / counts[word]) for word in number])
    if len(number) < 2:
        return Vectors(number, np.ones((len(number), 1)), rarity)
    return Vectors(number, _directions(_together(table_of(clauses, number)), seed), rarity)


def table_of(clauses: Sequence[Sequence[str]], number: dict[str, int]) -> Any:
    """Which clause has which words, (clauses, words), 1 or 0, sparse."""
    from scipy.sparse import csr_array

    ends, columns = np.zeros(len(clauses) + 1, np.int64), []
    for place, clause in enumerate(clauses):
        columns += sorted({number[word] for word in clause if word in number})
        ends[place + 1] = len(columns)
    return csr_array((np.ones(len(columns)), np.array(columns, np.int64), ends), shape=(len(clauses), len(number)))


def _together(table: Any) -> Any:
    """Positive pointwise mutual information of all pairs of words, sparse."""
    from scipy.sparse import csr_array

    pairs = (table.T @ table).tocoo()
    counts = np.asarray(table.sum(axis=0)).ravel()
    smooth = counts**_SMOOTHED
    told = np.log(pairs.data * smooth.sum() / (counts[pairs.row] * smooth[pairs.col]))
    kept = told > 0
    return csr_array((told[kept], (pairs.row[kept], pairs.col[kept])), shape=pairs.shape)


def _directions(told: Any, seed: int) -> Array:
    """The strongest left singular vectors, each as long as the root of its value."""
    words = told.shape[0]
    many = min(_DIMENSIONS, max(words // 2, 2), words)
    start = np.random.default_rng(seed).standard_normal((words, min(many + 20, words)))
    base = _upright(told @ start)
    for _ in range(_SWEEPS):
        base = _upright(told @ (told.T @ base))
    across = told.T @ base
    squares, left = np.linalg.eigh(across.T @ across)
    squares, left = squares[::-1][:many], left[:, ::-1][:, :many]
    turned = base @ left
    found: Array = turned * np.sign(turned[np.abs(turned).argmax(axis=0), np.arange(turned.shape[1])])
    found *= np.maximum(squares, 0.0) ** 0.25
    return found


def _upright(columns: Array) -> Array:
    """An orthonormal base of what some columns span, without directions that are hardly there.

    By the eigenvectors of their products, twice to be exact: small matrices, where a QR decomposition of thousands of
    rows took seconds.
    """
    for _ in range(2):
        squares, turned = np.linalg.eigh(columns.T @ columns)
        there = squares > _THIN * squares[-1]
        columns = columns @ (turned[:, there] / np.sqrt(squares[there]))
    return columns
