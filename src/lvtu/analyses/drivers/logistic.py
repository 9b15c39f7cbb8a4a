"""Odds of a yes or no by several columns: the logistic regression, by iteratively reweighted least squares."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lvtu.store.journeys.columns import Array

_STEPS = 40
_FAR = 20.0
"""Log odds per standard deviation that no data speak for: the two sides are told apart without error."""


class Fitted(NamedTuple):
    """A logistic regression.

    Attributes:
        slopes: (columns,), log odds per unit; NaN of columns that are made of those before them.
        errors: their standard errors.
        tjur: the mean probability of those with a yes, less that of the others.
        mcfadden: 1 − log likelihood ÷ that without any column.
    """

    slopes: Array
    errors: Array
    tjur: float
    mcfadden: float


def logistic(columns: Array, outcome: Array, weights: Array) -> Fitted | None:
    """Fit log odds that are linear in the columns, by maximum likelihood.

    Standard errors are those of the information matrix; weights count as shares of the effective number of customers
    (Σw)²/Σw², so that equal weights change nothing.

    Args:
        columns: (customers, columns), without NaN.
        outcome: (customers,), 1 or 0.
        weights: (customers,).

    Returns:
        None where the columns tell the two sides apart without error, so that there is no finite answer.

    Sources: P. McCullagh, J. A. Nelder, Generalized Linear Models, 1989; T. Tjur, The American Statistician 63 (2009)
    366–372.

    Example:
        >>> x = np.array([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0]])
        >>> fit = logistic(x, np.array([1, 0, 0, 1, 1, 0.0]), np.ones(6))
        >>> round(float(np.exp(fit.slopes[0])), 3), round(fit.tjur, 3)
        (4.0, 0.111)
    """
    weights = weights * (weights.sum() / (weights**2).sum())
    mean = weights @ columns / weights.sum()
    spread = np.sqrt(weights @ (columns - mean) ** 2 / weights.sum())
    scaled = (columns - mean) / np.where(spread > 0, spread, 1)
    used = _independent(scaled, weights)
    table = np.concatenate([np.ones((len(outcome), 1)), scaled[:, used]], axis=1)
    beta = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ beta, -700, 700)))
        heavy = table * (weights * chance * (1 - chance))[:, None]
        information = table.T @ heavy
        step = np.linalg.lstsq(information, table.T @ (weights * (outcome - chance)), rcond=None)[0]
        beta = beta + step
        if np.abs(beta).max() > _FAR:
            return None
        if np.abs(step).max() < 1e-10:
            break
    else:
        return None
    slopes, errors = np.full((2, columns.shape[1]), np.nan)
    slopes[used] = beta[1:] / spread[used]
    errors[used] = np.sqrt(np.diag(np.linalg.inv(information)))[1:] / spread[used]
    share = float(weights @ outcome / weights.sum())
    alone = weights.sum() * (share * np.log(share) + (1 - share) * np.log(1 - share))
    likelihood = weights @ np.log(np.where(outcome > 0, chance, 1 - chance))
    yes = np.average(chance, weights=weights * outcome)
    no = np.average(chance, weights=weights * (1 - outcome))
    return Fitted(slopes, errors, float(yes - no), float(1 - likelihood / alone))


def _independent(scaled: Array, weights: Array) -> Array:
    """The columns that are not made of those before them."""
    left = (scaled * weights[:, None]).T @ scaled / weights.sum()
    used = []
    for column in range(len(left)):
        if left[column, column] > 1e-8:
            used.append(column)
            left = left - np.outer(left[:, column], left[column]) / left[column, column]
    return np.array(used, np.int64)
