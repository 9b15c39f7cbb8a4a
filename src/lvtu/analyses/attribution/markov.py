"""Markov chains of journeys: how many conversions would be lost without a channel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lvtu.store.journeys.columns import Array


def removal_effects(counts: Array) -> Array:
    """The removal effects of the states of absorbing chains: the share of conversions that would be lost.

    The chain goes from a start through states to a conversion or to nothing, with the probabilities that the steps
    counted have. Without a state, whoever comes to it comes to nothing. A conversion is lost then if its way led
    through the state: v·b of them, where v is the probability of ever coming there, and b that of converting from
    there. With N = (I − Q)⁻¹, the expected visits, v is N[start, state]/N[state, state]: one inverse gives all effects.

    Args:
        counts: (chains, n, n + 1) steps of several chains: from row 0 it starts; to column 0 it comes to nothing, to
            the last column it converts; the rest are the states.

    Returns:
        (chains, n - 1): by state; NaN where nothing converts. From a state without steps nothing is lost.

    Source: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, International Journal of Research in Marketing 33
    (2016) 457–474, Mapping the customer journey.

    Example:
        Half of the journeys see A and B and convert, a quarter see A alone and a quarter B alone, and do not.

        >>> steps = np.array([[[0, 3, 1, 0], [1, 0, 2, 0], [1, 0, 0, 2]]])
        >>> [[round(float(effect), 6) for effect in chain] for chain in removal_effects(steps)]
        [[0.666667, 1.0]]
    """
    visits, start, converts, total = _solved(counts)
    come = (start[:, None, :] @ visits)[:, 0, :] / np.diagonal(visits, axis1=1, axis2=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        effects: Array = come * converts / total[:, None]
    return effects


def joint_effects(counts: Array, sets: Sequence[Array]) -> Array:
    """The removal effects of sets of states of one chain, each set removed as a whole.

    Whoever comes to a set comes to one of its states first, with probabilities x that solve x·N[set, set] =
    N[start, set]; lost are then x·b.

    Args:
        counts: (n, n + 1), as `removal_effects` has it.
        sets: the states of each set, 1 … n - 1.

    Returns:
        (sets,): NaN where nothing converts.
    """
    visits, start, converts, total = (part[0] for part in _solved(counts[None]))
    if not total:
        return np.full(len(sets), np.nan)
    expected = start @ visits
    effects = []
    for states in sets:
        place = np.asarray(states) - 1
        first = np.linalg.solve(visits[np.ix_(place, place)].T, expected[place])
        effects.append(float(first @ converts[place]) / float(total))
    return np.array(effects)


def _solved(counts: Array) -> tuple[Array, Array, Array, Array]:
    """Expected visits, the probabilities of the first step, those of converting from each state, and of all."""
    out = counts.sum(axis=2, keepdims=True)
    chance = counts / np.maximum(out, 1)
    size = counts.shape[1] - 1
    visits = np.linalg.inv(np.eye(size) - chance[:, 1:, 1:-1])
    converts = (visits @ chance[:, 1:, -1:])[:, :, 0]
    start = chance[:, 0, 1:-1]
    return visits, start, converts, (start * converts).sum(axis=1)
