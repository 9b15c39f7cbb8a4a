"""The answer about expectations: gaps by step, those that are behind first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.expectations.spec import ExpectationsSpec
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.members import Group
from lvtu.analyses.overview.changes import LEAST_RESPONSES, Change, controlled, of_groups
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.behind import customers_of, explain_sides
from lvtu.analyses.points.sides import SidesQuestion, State
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

FEW = 5
"""A gap of fewer pairs is drawn hollow, and is not tested."""

_REAL, _WHOLE = pa.float64(), pa.int64()
_FIGURES = ("gap", "gap_low", "gap_high", "perceived", "expected")
_SIDES = ("perceived", "expected")


class ExpectationsResult(Result):
    """The answer.

    Attributes:
        table: a row for each step, the furthest behind first: ``gap``, the mean of perceived − expected over pairs, in
            points of 100 (of a seven-point scale a point is 16.7), ``gap_low``, ``gap_high`` (95 %, delete-a-group
            jackknife over 64 groups of customers); ``perceived`` and ``expected``, 0 to 100; ``n`` pairs of
            ``customers``; ``perceived_alone``, ``expected_alone``: answers without their other side, which are in no
            figure; ``p_value`` of there being no gap, ``p_adjusted`` (Benjamini & Hochberg over the table), ``behind``:
            whether what is perceived lies significantly behind. Steps with answers to one side alone have no gap.
    """

    def __init__(self, spec: ExpectationsSpec, question: SidesQuestion, state: State, engine: Engine) -> None:
        self.question, self.engine = question, engine
        there = state.alone.any(axis=1) | state.sums[..., summed.N].any(axis=(1, 2))
        cells = np.flatnonzero(there).tolist()
        rows = [self._row(state, cell) for cell in cells]
        for row, change in zip(rows, controlled([_gap(state.sums[cell]) for cell in cells]), strict=True):
            row |= _told(change)
        rows.sort(key=lambda row: (row["gap"] is None, row["gap"] or 0.0, str(row["group"])))
        super().__init__(spec, _table(spec, rows), question.snapshot.token, _notes(rows))

    def _row(self, state: State, cell: int) -> dict[str, Any]:
        whole = state.sums[cell].sum(axis=0)
        means = [summed.or_none(float(one)) for one in summed.means(whole)]
        alone = dict(zip(("perceived_alone", "expected_alone"), state.alone[cell].tolist(), strict=True))
        row = {"group": self.question.groups[cell], **dict(zip(_SIDES, means, strict=True))}
        return {**row, "n": int(whole[0, summed.N]), "customers": int(state.customers[cell]), **alone}

    def customers(self, group: Group = ..., *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who answered both sides.

        Args:
            group: the step, None for missing; all if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such step.
            Erased: somebody was forgotten since they were counted.
        """
        return customers_of(self, self.question, group, ..., None, _SIDES, "item", limit=limit, offset=offset)

    def explain(self, customer: str) -> Explained:
        """What one customer expected and perceived: a row for each answer of a pair.

        Its columns: the breakdown's, ``item``, ``event``, ``time``, ``message_id``, ``side``, ``points`` (0 to 100).

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        return explain_sides(self, self.question, customer, _SIDES, "gap")


def _gap(sums: Array) -> Change | None:
    """Perceived − expected of a cell (groups of customers, 2, 3), as a change."""
    number = int(sums[:, 0, summed.N].sum())
    if not number:
        return None
    used = np.flatnonzero(sums[:, 0, summed.N])
    perceived, expected = np.round(summed.means(sums.sum(axis=0)), 9).tolist()
    rest = [tuple(map(summed.or_none, pair)) for pair in np.round(summed.means_without(sums, used), 9).tolist()]
    tested = of_groups(perceived, expected, rest) if number >= LEAST_RESPONSES else None  # type: ignore[arg-type]
    return tested or Change(expected, perceived - expected)


def _told(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {"gap": None}
    behind = None if change.p_value is None else change.changed and change.difference < 0
    return {"gap": change.difference, "gap_low": change.low, "gap_high": change.high, "p_value": change.p_value,
            "p_adjusted": change.p_adjusted, "behind": behind}  # fmt: skip


def _notes(rows: list[dict[str, Any]]) -> list[Note]:
    if not any(row["n"] for row in rows):
        return [Note("gap_none")]
    notes = [Note("gap_points")]
    if alone := sum(row["perceived_alone"] + row["expected_alone"] for row in rows):
        notes.append(Note("gap_alone", answers=alone))
    if compared := sum(row.get("p_value") is not None for row in rows):
        notes.append(Note("gap_compared", figures=compared))
    if few := sum(0 < row["n"] < FEW for row in rows):
        notes.append(Note("gap_few", figures=few, least=FEW))
    return notes


def _table(spec: ExpectationsSpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= dict.fromkeys(_FIGURES, _REAL)
    kinds |= dict.fromkeys(("n", "customers", "perceived_alone", "expected_alone"), _WHOLE)
    kinds |= {"p_value": _REAL, "p_adjusted": _REAL, "behind": pa.bool_()}
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
