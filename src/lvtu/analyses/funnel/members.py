"""The customers behind a step of a funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.funnel.lines import lines_of
from lvtu.analyses.members import Group, Members, code_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.funnel import Funnel


def members(question: Funnel, step: int, lost: bool, group: Group, period: int | None) -> Members:
    """Those who filled a step (0-based), or whose attempt ended there; of a group and a period of the entry.

    Args:
        question: the funnel.
        step, lost: see `lvtu.analyses.funnel.FunnelResult.customers`.
        group: a value of the breakdown.
        period: the number of a period of the trend; None for all.
    """
    spec = question.spec
    code = None if group is ... else code_of(question.snapshot, spec.by, group)

    def lines(block: Block) -> Array:
        found = lines_of(spec, block, question.snapshot)
        chosen = found.ended_at(step) if lost else found.at(step)
        if code is not None and spec.by:
            groups, place = block.codes(spec.by)[0], spec.by_step - 1
            there = found.at(place)
            known = np.zeros(len(there), np.int64)
            known[there] = groups[found.rows[there, place]]
            chosen = chosen & (known == code)
        if period is not None:
            chosen = chosen & (np.searchsorted(question.periods, found.times[:, 0], side="right") - 1 == period)
        who: Array = found.who[chosen]
        return who

    return Members(spec.reads(), lines)
