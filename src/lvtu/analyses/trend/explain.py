"""Where one customer stands in a trend: their events that are counted, by period and group."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, found, said_period, times, worth_of
from lvtu.analyses.explained.rows import Events, nothing_counted, of_code, rows_of_line
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import rows_of
from lvtu.core.sentences import Sentence, Term
from lvtu.kernels.periods import NO_VALUE

if TYPE_CHECKING:
    from lvtu.analyses.trend import Trend


def explain(question: Trend, customer: str) -> Explained:
    """Say which events of a customer are counted in which period.

    Args:
        question: the trend.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    block, line = place
    asked, span = (spec.where, spec.event_where), spec.span()
    rows = rows_of_line(block, line, rows_of(block, snapshot, *asked, codes=question.codes, span=span))
    time, value = block.column("time")[rows], block.column("value")[rows]
    starts = question.boundaries[np.searchsorted(question.boundaries, time, side="right") - 1]
    currencies = snapshot.names("currency")
    columns = {
        "period": times(starts.tolist()),
        **Events(snapshot, block, rows.tolist()).columns(),
        "value": pa.array(value / 1e6, pa.float64(), mask=value == NO_VALUE),
        "currency": pa.array([currencies[c] if c else None for c in block.codes("currency")[0][rows].tolist()]),
    }
    if spec.by:
        groups = [question.groups[code] for code in block.codes(spec.by)[0][rows].tolist()]
        columns[column_named(spec.by, columns)] = pa.array(groups, pa.string())
    table = pa.table(columns)
    head = Said("counted_events", customer=name, events=len(rows))
    said = _said(table, starts.tolist(), spec)
    if not said:
        said = [nothing_counted(snapshot, place, of_code(block, question.codes), *asked, span=span)]
    return Explained(name, table, [head, *said])


def _said(table: pa.Table, starts: list[int], spec: Any) -> list[Said]:
    """A sentence for each period and group: how many events, and what they were worth."""
    group = table.column_names[-1] if spec.by else None
    rows = [(start, row[group] if group else None, row) for start, row in zip(starts, table.to_pylist(), strict=True)]
    said = []
    cells = groupby(sorted(rows, key=lambda one: (one[0], one[1] or "")), key=lambda one: one[:2])
    for (start, value), some in cells:
        every = [row for *_, row in some]
        told = Said("some_events", events=len(every))
        if worth := worth_of((row["value"], row["currency"]) for row in every):
            told = Said("worth", told=told, money=worth)
        where: tuple[str | Sentence, ...] = (said_period(start, spec.zone),)
        where += ((Term("missing") if value is None else value),) if group else ()
        said.append(Said("counted_at", where=where, told=told))
    return said
