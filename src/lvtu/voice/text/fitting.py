"""Logistic regression over hashed grams: how the heads of a model are made."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from lvtu.voice.text.model import TextModel, grams_of
from lvtu.voice.text.strings import Strings

_ROUNDS = 80
_STEPS = 2_000


def design(texts: Strings, model: TextModel) -> csr_matrix:
    """Texts × buckets: 1/√distinct where a text has a gram, as the model reads it."""
    offsets, buckets, _ = grams_of(texts, model)
    matrix = csr_matrix(
        (np.ones(len(buckets), np.float32), buckets, offsets), shape=(len(texts), len(model.weights))
    )  # fmt: skip
    matrix.sum_duplicates()
    distinct = np.diff(matrix.indptr)
    matrix.data = np.repeat(1 / np.sqrt(np.maximum(distinct, 1)), distinct).astype(np.float32)
    return matrix


def fit(
    matrix: csr_matrix,
    wanted: np.ndarray,
    weights: np.ndarray,
    groups: np.ndarray,
    strength: float,
    start: np.ndarray,
    rare: float = 0.0,
    zero: np.ndarray | float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights of one head, and an intercept for each group of texts.

    Minimises ``strength · Σ weight · crossentropy + ½ Σ (w − start)² / ease``. Each group has an intercept of its own
    that costs nothing: how often its texts are positive is not learnt as the meaning of its words.

    Args:
        matrix: texts × buckets.
        wanted: the probability of "yes" for each text, 0…1.
        weights: how much each text counts.
        groups: the group of each text, 0, 1, …
        strength: how much the texts count against the prior.
        start: the weights before, by bucket; where there are no texts, they stay.
        rare: how much more easily the weight of a rare gram moves: its ease is (texts that have it) ^ −rare, 1 for the
            mean gram of a text. At 0 all are alike, and what comes often outweighs what says much.
        zero: a part of each text's logit that stays as it is.

    Returns:
        The weights by bucket; the intercepts by group.
    """
    used = np.unique(matrix.indices)
    plain = csr_matrix(matrix[:, used], dtype=np.float64)
    many, last = len(used), int(groups.max()) + 1
    texts = np.bincount(plain.indices, minlength=many).astype(float)
    step = texts ** (-rare / 2)
    step /= np.sqrt((step**2 * texts).sum() / texts.sum())
    before = plain @ start[used] + zero
    rows = csr_matrix(plain.multiply(step))
    columns = csr_matrix(rows.T)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        moved, intercepts = point[:many], point[many:]
        logit = before + rows @ moved + intercepts[groups]
        off = weights * (expit(logit) - wanted)
        cost = float((weights * (np.logaddexp(0, logit) - wanted * logit)).sum())
        slope = np.concatenate(
            [strength * (columns @ off) + moved, strength * np.bincount(groups, off, minlength=last)]
        )
        return strength * cost + 0.5 * float(moved @ moved), slope

    options: dict[str, Any] = {"maxiter": _ROUNDS, "ftol": 1e-6}
    found = minimize(loss, np.zeros(many + last), jac=True, method="L-BFGS-B", options=options)
    out = start.copy()
    out[used] += step * found.x[:many]
    return out, found.x[many:]


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as whole numbers, int16, and what one of them is worth.

    Bytes would not do: half of the weights are below 0.03 and the largest is 9, and it is the largest that matter.
    """
    scale = float(np.abs(weights).max(initial=0)) / _STEPS or 1.0
    return np.round(weights / scale).astype(np.int16), scale
