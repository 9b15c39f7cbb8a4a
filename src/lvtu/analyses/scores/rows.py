"""The rows of an answer about scores: what each cell says, and what tells it from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.groups import under_its_name
from lvtu.analyses.intervals import wilson
from lvtu.analyses.means import Scores
from lvtu.analyses.overview.changes import Change, controlled
from lvtu.analyses.scores.formulas import Told, effective, shrunk
from lvtu.analyses.scores.question import ScoresQuestion, State
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.units import moment


@dataclass(frozen=True)
class Cell:
    """The answers of a group in a period.

    Attributes:
        group, period: their numbers.
        scores: the answers.
        customers, present: customers who answered, and who were there at all.
        asked, responded: customers who were asked, and those of them who answered later.
    """

    group: int
    period: int
    scores: Scores
    customers: int
    present: int
    asked: int
    responded: int

    @property
    def n(self) -> int:
        """How many answers."""
        return self.scores.responses.total()


def cells_of(question: ScoresQuestion, state: State) -> Iterator[Cell]:
    """The cells with answers."""
    there = np.flatnonzero(state.answered)
    columns = (state.answered, state.present, state.asked, state.responded)
    for cell, *counts in zip(there.tolist(), *(column[there].tolist() for column in columns), strict=True):
        period, group = divmod(cell, len(question.groups))
        yield Cell(group, period, question.sums(state, cell), *counts)


def together(scores: Iterable[Scores]) -> Scores:
    """All of them as one."""
    found = Scores()
    for one in scores:
        found.merge(one)
    return found


def rows_of(question: ScoresQuestion, cells: Sequence[Cell], everybody: Told) -> list[dict[str, Any]]:
    """A row for each cell, by period, then group.

    Args:
        question: what was asked.
        cells: those with answers.
        everybody: the figure of all answers, towards which others may be drawn.
    """
    spec = question.spec
    sizes: dict[int, int] = {}
    for cell in cells:
        sizes[cell.group] = sizes.get(cell.group, 0) + cell.n
    found = []
    for cell, change in zip(cells, controlled(_changes(question, cells)), strict=True):
        row = {"group": question.groups[cell.group], "period": moment(int(question.boundaries[cell.period]))}
        row |= _figure(question, cell, everybody) | _coverage(cell) | _difference(change)
        found.append((cell.period, _place(spec.by, cell.group, sizes), row))
    return [row for *_, row in sorted(found, key=lambda one: one[:2])]


def _figure(question: ScoresQuestion, cell: Cell, everybody: Told) -> dict[str, Any]:
    k, n = question.spec.shrink, effective(cell.scores)
    told = question.measure.told(cell.scores)
    if k and everybody.value is not None:
        told = Told(*(None if end is None else shrunk(end, n, everybody.value, k) for end in told))
    return told._asdict() | {"n": cell.n, "effective_n": n} | question.measure.parts(cell.scores)


def _place(by: str | None, group: int, sizes: dict[int, int]) -> tuple[int, ...]:
    """Where a group stands: in the order of its model, what is missing at the end; else the most answers first."""
    return (group == 0, group) if by in MODEL_FIELDS else (-sizes[group], group)


def _changes(question: ScoresQuestion, cells: Sequence[Cell]) -> list[Change | None]:
    measure = question.measure
    if question.spec.period is not None:
        at = {(cell.group, cell.period): cell for cell in cells}
        before = [at.get((cell.group, cell.period - 1)) for cell in cells]
        return [
            None if other is None else measure.change(cell.scores, other.scores)
            for cell, other in zip(cells, before, strict=True)
        ]
    whole = together(cell.scores for cell in cells)
    return [measure.change(cell.scores, whole.without(cell.scores)) for cell in cells]


def _coverage(cell: Cell) -> dict[str, Any]:
    low, high = wilson(cell.responded, cell.asked) or (None, None)
    return {
        "customers": cell.customers, "present": cell.present, "coverage": cell.customers / cell.present,
        "asked": cell.asked, "responded": cell.responded,
        "response_rate": cell.responded / cell.asked if cell.asked else None, "response_low": low,
        "response_high": high,
    }  # fmt: skip


def _difference(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {
        "difference": change.difference, "difference_low": change.low, "difference_high": change.high,
        "p_value": change.p_value, "p_adjusted": change.p_adjusted,
        "changed": None if change.p_value is None else change.changed,
    }  # fmt: skip


_REAL, _WHOLE = pa.float64(), pa.int64()
_PARTS: dict[str, dict[str, pa.DataType]] = {
    "nps": dict.fromkeys(("promoters", "passives", "detractors"), _WHOLE),
    "ces": dict.fromkeys(("top", "top_low", "top_high"), _REAL),
}
_ASKED = {"asked": _WHOLE, "responded": _WHOLE} | dict.fromkeys(
    ("response_rate", "response_low", "response_high"), _REAL
)
_DIFFERENCE = dict.fromkeys(("difference", "difference_low", "difference_high", "p_value", "p_adjusted"), _REAL)


def table_of(spec: ScoresSpec, rows: list[dict[str, Any]], *, asked: bool) -> pa.Table:
    """The rows as a table with the columns that the question asks for.

    Args:
        spec: the question.
        rows: see `rows_of`.
        asked: whether it is known who was asked for an answer.
    """
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"period": pa.timestamp("us", "UTC")} if spec.period else {}
    kinds |= {"value": _REAL, "low": _REAL, "high": _REAL, "n": _WHOLE, "effective_n": _REAL}
    kinds |= _PARTS.get(spec.metric, {})
    kinds |= {"customers": _WHOLE, "present": _WHOLE, "coverage": _REAL} | (_ASKED if asked else {})
    if spec.by or spec.period:
        kinds |= _DIFFERENCE | {"changed": pa.bool_()}
    return under_its_name(pa.Table.from_pylist(rows, schema=pa.schema(kinds)), spec.by)
