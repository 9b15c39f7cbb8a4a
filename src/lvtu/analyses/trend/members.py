"""The customers behind a period of a trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.analyses.base import FOREVER
from lvtu.analyses.members import Members, code_of, lines_at, rows_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.trend import Trend


def members(question: Trend, period: int, group: str | None) -> Members:
    """Those with an event in a period (by number) and of a group."""
    spec, snapshot = question.spec, question.snapshot
    code = code_of(snapshot, spec.by, group)
    low, high = spec.span()
    ends = [*question.boundaries.tolist(), FOREVER]
    span = max(low, ends[period]), min(high, ends[period + 1])

    def lines(block: Block) -> Array:
        rows = rows_of(block, snapshot, spec.where, spec.event_where, codes=question.codes, span=span)
        if spec.by:
            rows = rows[block.codes(spec.by)[0][rows] == code]
        return lines_at(block, rows)

    return Members(question.reads(), lines)
