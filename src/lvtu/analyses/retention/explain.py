"""Where one customer stands in retention: which event made them a member of which cohort, and when they came back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import FOREVER
from lvtu.analyses.explained import Explained, Said, found, said_period, said_time, times
from lvtu.analyses.explained.rows import Events, nothing_counted, of_code, rows_of_line
from lvtu.analyses.members import lines_at, rows_of
from lvtu.analyses.retention.members import cohorts_of, entries, window
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.find import Place

if TYPE_CHECKING:
    from lvtu.analyses.retention import Retention


class Cell(NamedTuple):
    """A membership and a period, or a bracket of periods.

    Attributes:
        cohort: the start of the cohort's period, µs.
        entry: the row of the event that made the customer a member.
        low, high: the numbers of the first and the last period.
        mature: whether the last of them is over.
        back: the row of the first return that counts, -1 for none.
    """

    cohort: int
    entry: int
    low: int
    high: int
    mature: bool
    back: int


def explain(question: Retention, customer: str) -> Explained:
    """Say in which cohorts a customer is, and in which periods they came back.

    Args:
        question: the retention.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    block = place[0]
    cells = _cells(question, place)
    said = [Said("retention", customer=name, cohorts=len({cell.entry for cell in cells}))]
    if not cells:
        fits = of_code(block, None if spec.start is None else [snapshot.code(spec.start)])
        said.append(nothing_counted(snapshot, place, fits, spec.where, spec.start_where, span=spec.span()))
    for _, some in groupby(cells, key=lambda cell: cell.entry):
        said += _said(question, block, list(some))
    return Explained(name, _table(question, block, cells), said)


def _cells(question: Retention, place: Place) -> list[Cell]:
    (block, line), spec, snapshot = place, question.spec, question.snapshot
    codes, back_codes = (None if one is None else [snapshot.code(one)] for one in (spec.start, spec.back))
    rows = rows_of_line(
        block, line, rows_of(block, snapshot, spec.where, spec.start_where, codes=codes, span=spec.span())
    )
    cohorts = cohorts_of(question, block, rows)
    member = entries(lines_at(block, rows), cohorts, spec.entry == "first")
    rows, cohorts = rows[member], cohorts[member]
    backs = rows_of_line(block, line, rows_of(block, snapshot, spec.where, spec.back_where, codes=back_codes))
    time = block.column("time")
    spans = [window(question, time[rows], cohorts, cell) for cell in question.cells]
    found_cells = []
    for number, (entry, cohort) in enumerate(zip(rows.tolist(), question.boundaries[cohorts].tolist(), strict=True)):
        later = backs[backs > entry]
        for (low, high), (begins, ends) in zip(question.cells, spans, strict=True):
            end = FOREVER if spec.mode == "unbounded" else ends[number]
            first = int(np.searchsorted(time[later], begins[number]))
            there = first < len(later) and time[later[first]] < end
            mature = bool(ends[number] <= question.horizon)
            found_cells.append(Cell(cohort, entry, low, high, mature, int(later[first]) if there else -1))
    return found_cells


def _table(question: Retention, block: Block, cells: list[Cell]) -> pa.Table:
    entered = Events(question.snapshot, block, [cell.entry for cell in cells])
    back = Events(question.snapshot, block, [cell.back if cell.back >= 0 else None for cell in cells])
    text = pa.string()
    columns: dict[str, Any] = {
        "cohort": times([cell.cohort for cell in cells]),
        "entered": times(entered.micros),
        "start": pa.array(entered.names, text),
        "start_message_id": pa.array(entered.message_ids, text),
        "period": pa.array([cell.low for cell in cells], pa.int32()),
    }
    if question.spec.mode == "bracket":
        columns["to"] = pa.array([cell.high for cell in cells], pa.int32())
    columns |= {
        "mature": pa.array([cell.mature for cell in cells], pa.bool_()),
        "returned": pa.array([cell.back >= 0 for cell in cells], pa.bool_()),
        "came_back": times(back.micros),
        "back": pa.array(back.names, text),
        "back_message_id": pa.array(back.message_ids, text),
    }
    return pa.table(columns)


def _said(question: Retention, block: Block, cells: list[Cell]) -> list[Said]:
    """How a membership began, and what is to be said of its periods; of several in a row that are alike, at once."""
    time, event, names = block.column("time"), block.column("event"), question.snapshot.events
    first, brackets = cells[0], question.spec.mode == "bracket"
    said = [
        Said("retention_entry", cohort=said_period(first.cohort, question.spec.zone),
             event=names[int(event[first.entry])], time=said_time(int(time[first.entry])))
    ]  # fmt: skip
    alike = groupby(enumerate(cells), key=lambda one: (one[1].back, one[1].mature, brackets and one[0]))
    for (back, mature, _), some in alike:
        every = [cell for _, cell in some]
        low, high = every[0].low, every[-1].high
        label = str(low) if low == high else f"{low}–{high}"
        periods = Said("period_later" if question.spec.mode == "unbounded" else "period", periods=label)
        if back < 0:
            said.append(Said("retention_away" if mature else "retention_open", periods=periods))
        else:
            code = "retention_back" if mature else "retention_back_open"
            told = {"event": names[int(event[back])], "time": said_time(int(time[back]))}
            said.append(Said(code, periods=periods, **told))
    return said
