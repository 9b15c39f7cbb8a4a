"""Markov chains whose states are the last touches instead of the last one: sparse, and capped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.attribution.markov import joint_effects
from lvtu.store.journeys.columns import Array

MOST_STATES = 256
"""States that are told apart; 65 chains of so many take a core about half a second, of 400 two."""


@dataclass
class LongSteps:
    """Steps by key (`lvtu.kernels.attribution.long_steps`), as `LongChain` reads them; keys ascend, each once."""

    keys: Array
    counts: Array

    @classmethod
    def none(cls) -> LongSteps:
        """No steps."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    def merge(self, keys: Array, counts: Array) -> LongSteps:
        """These and others."""
        found, place = np.unique(np.concatenate([self.keys, keys]), return_inverse=True)
        sums = np.zeros(len(found), np.int64)
        np.add.at(sums, place, np.concatenate([self.counts, counts]))
        return LongSteps(found, sums)


class LongChain:
    """The chain of some steps.

    Of more states than `MOST_STATES` the most frequent ones are told apart; the others are taken for the state of their
    last touch alone.

    Args:
        steps: what was counted.
        names: the codes, 0 included.
        order: how many touches a state has.

    Attributes:
        states: how many there are.
        kept: how many are told apart.
    """

    def __init__(self, steps: LongSteps, names: int, order: int) -> None:
        self._names, self._states = names, names**order
        where, target = np.divmod(steps.keys, names + 1)
        self._groups, source = np.divmod(where, self._states)
        onward = (target > 0) & (target < names)
        after = np.where(onward, (source * names + target) % self._states, 0)
        known, place = np.unique(source, return_inverse=True)
        often = np.bincount(place, steps.counts, len(known))
        told = self._told(known, often)
        self._kept = np.unique(np.concatenate([[0], told, known[known > 0] % names]))
        self.states, self.kept = int((known > 0).sum()), int(np.isin(known[known > 0], self._kept).sum())
        self._size = len(self._kept)
        column = np.where(onward, self._place(after), np.where(target == 0, 0, self._size))
        self._cells = self._place(source) * (self._size + 1) + column
        self._counts = steps.counts

    def effects(self, codes: Array, used: Array) -> tuple[Array, Array]:
        """The removal effect of each code, and the same without each group.

        Args:
            codes: in which a journey's touch is.
            used: the groups in which anybody is.

        Returns:
            (codes,) and (used, codes).
        """
        digits = self._digits(self._kept)
        sets = [np.flatnonzero((digits == code).any(axis=0)) for code in codes.tolist()]
        total = self._dense(np.ones(len(self._cells), bool))
        whole = joint_effects(total, sets)
        rest = [joint_effects(total - self._dense(self._groups == group), sets) for group in used.tolist()]
        return whole, np.array(rest).reshape(len(used), len(codes))

    def _told(self, known: Array, often: Array) -> Array:
        order = np.lexsort((known, -often))
        found: Array = known[order[:MOST_STATES]]
        return found

    def _place(self, states: Array) -> Array:
        """Where states stand among those that are told apart."""
        place = np.searchsorted(self._kept, states)
        same = self._kept[np.minimum(place, self._size - 1)] == states
        found: Array = np.where(same, place, np.searchsorted(self._kept, states % self._names))
        return found

    def _digits(self, states: Array) -> Array:
        """The codes of each state's touches: (order, states), 0 for none."""
        digits = []
        while states.any():
            states, digit = np.divmod(states, self._names)
            digits.append(digit)
        return np.array(digits)

    def _dense(self, chosen: Array) -> Array:
        cells = np.bincount(self._cells[chosen], self._counts[chosen], self._size * (self._size + 1))
        return cells.reshape(self._size, self._size + 1)
