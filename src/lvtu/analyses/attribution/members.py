"""The customers behind a channel's conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.members import Members, code_of
from lvtu.kernels.attribution import OPEN
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.attribution import Attribution


def members(question: Attribution, channel: str | None) -> Members:
    """Those who reached a goal with a touch of a channel; of None, those who reached one without any touch."""
    code = code_of(question.snapshot, question.spec.by, channel)

    def lines(block: Block) -> Array:
        found = question.journeys(block)
        reached = found.closing != OPEN
        if channel is None:
            untouched: Array = found.who[reached & (found.ends == found.starts)]
            return untouched
        end = int(found.ends.max()) if len(found.ends) else 0
        here = np.append(0, np.cumsum(found.places[:end] == code))
        touched: Array = found.who[reached & (here[found.ends] > here[found.starts])]
        return touched

    return Members(question.reads(), lines)
