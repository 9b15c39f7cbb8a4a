"""The customers behind a period of a retention table: members, and who of them came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.base import FOREVER
from lvtu.analyses.calendars import LENGTHS
from lvtu.analyses.members import Members, lines_at, rows_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.retention import Retention


def members(
    question: Retention, cell: tuple[int, int], cohort: int | None, returned: bool | None, mature: bool
) -> Members:
    """Those who entered (in a cohort, by number), and came back in a cell or did not.

    Args:
        question: the retention.
        cell: the first and the last period number, both included.
        cohort: None for all.
        returned: whether they came back; None for both.
        mature: only those whose last period of the cell is over.
    """
    spec, snapshot = question.spec, question.snapshot

    def lines(block: Block) -> Array:
        codes = None if spec.start is None else [snapshot.code(spec.start)]
        rows = rows_of(block, snapshot, spec.where, spec.start_where, codes=codes, span=spec.span())
        who, cohorts = lines_at(block, rows), cohorts_of(question, block, rows)
        chosen = entries(who, cohorts, spec.entry == "first")
        if cohort is not None:
            chosen &= cohorts == cohort
        rows, who, cohorts = rows[chosen], who[chosen], cohorts[chosen]
        begins, ends = window(question, block.column("time")[rows], cohorts, cell)
        chosen = np.ones(len(rows), bool)
        if mature:
            chosen &= ends <= question.horizon
        if returned is not None:
            ever = np.full(len(ends), FOREVER)
            back = _came_back(question, block, rows, who, begins, ever if spec.mode == "unbounded" else ends)
            chosen &= back == returned
        found: Array = who[chosen]
        return found

    return Members(question.reads(), lines)


def cohorts_of(question: Retention, block: Block, rows: Array) -> Array:
    """The number of the calendar period of every row."""
    found: Array = np.searchsorted(question.boundaries, block.column("time")[rows], side="right") - 1
    return found


def entries(who: Array, cohorts: Array, first_only: bool) -> Array:
    """Which rows make a customer a member: the first of each, or the first of each in a cohort."""
    fresh = np.ones(len(who), bool)
    fresh[1:] = who[1:] != who[:-1]
    if not first_only:
        fresh[1:] |= cohorts[1:] != cohorts[:-1]
    return fresh


def window(question: Retention, entered: Array, cohorts: Array, cell: tuple[int, int]) -> tuple[Array, Array]:
    """When the periods of a cell begin and end for each member, µs."""
    if question.spec.clock == "rolling":
        length = LENGTHS[question.spec.period]
        return entered + cell[0] * length, entered + (cell[1] + 1) * length
    return question.boundaries[cohorts + cell[0]], question.boundaries[cohorts + cell[1] + 1]


def _came_back(question: Retention, block: Block, rows: Array, who: Array, begins: Array, ends: Array) -> Array:
    """Whether each member has a return after the entry's row, from a time on and before another."""
    spec, snapshot = question.spec, question.snapshot
    codes = None if spec.back is None else [snapshot.code(spec.back)]
    backs = rows_of(block, snapshot, spec.where, spec.back_where, codes=codes)
    times = block.column("time")[backs]
    offsets = block.column("offsets")
    place = np.searchsorted(backs, rows, side="right")  # the first return behind the entry
    last = np.searchsorted(backs, offsets[who + 1], side="left")  # behind the customer's last one
    low, high = place, last.copy()
    while (low < high).any():  # by halves, for all members at once: the first that is late enough
        middle = (low + high) // 2
        early = (low < high) & (times[np.minimum(middle, len(times) - 1)] < begins)
        high = np.where((low < high) & ~early, middle, high)
        low = np.where(early, middle + 1, low)
    there: Array = low < last
    there[there] = times[low[there]] < ends[there]
    return there
