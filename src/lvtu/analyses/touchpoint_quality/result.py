"""The answer about touchpoint quality: the index with its interval, what it is made of, and who is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.calendars import When, number_of
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.jackknife import ends
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.answers import PARTS as TOLD
from lvtu.analyses.touchpoint_quality.blends import PARTS, Blend
from lvtu.analyses.touchpoint_quality.notes import notes_of
from lvtu.analyses.touchpoint_quality.question import QualityQuestion, State
from lvtu.analyses.touchpoint_quality.spec import TouchpointQualitySpec
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.units import moment
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_REAL, _WHOLE = pa.float64(), pa.int64()


class TouchpointQualityResult(Result):
    """The answer.

    Attributes:
        table: a row for each group and period of which anything is known: of periods and stages in their order, else
            the lowest index first:

            * ``quality``, the index from 0 to 100: the weighted mean of the parts; ``quality_low``, ``quality_high``;
              ``covered``, the share of the blend's points that belongs to parts with data; ``customers`` who answered
              or wrote;
            * of each part its points, 0 to 100, ``…_low`` and ``…_high``, how many there are (``…_n``) and its weight
              in this row (``…_weight``; those of a row add up to 1): ``perception``, answers on scales of ratings, 100
              · (answer − worst) / (best − worst); ``emotion``, texts and answers on −2…+2; ``effort``, answers on
              ces, ease and effort scales (100 is easy); ``reliability``, passes without a failure; ``punctuality``,
              waits that ended within their standard, of those for which that is settled.

            A part without data, or with fewer than ``least``, has no weight: the others keep their proportions. Where
            no customer told anything, there are figures of operations, and no index. Intervals are 95 %, delete-a-group
            jackknife over 64 groups of customers, so that several answers of one customer count as what they are; null
            where the groups leave no way to tell.
        blend: the weights, with their name and version.
        all: the index of everything together, with the same figures as a row.
    """

    def __init__(self, question: QualityQuestion, state: State, engine: Engine) -> None:
        self.question, self.engine = question, engine
        spec = question.spec
        self.blend: Blend = spec.weights
        rows = []
        for cell in np.flatnonzero(state.sums[..., summed.N].any(axis=(1, 2))).tolist():
            period, group = divmod(cell, len(question.groups))
            row = {"group": question.groups[group], "period": moment(int(question.boundaries[period]))}
            row |= row_of(self.blend, state.sums[cell], spec.least) | {"customers": int(state.customers[cell])}
            rows.append((*_place(spec, period, group, row), row))
        rows.sort(key=lambda one: one[:-1])
        self.all = row_of(self.blend, state.sums.sum(axis=0), spec.least)
        found = [row for *_, row in rows]
        super().__init__(spec, _table(spec, found), question.snapshot.token, notes_of(spec, self.blend, found))

    def customers(
        self, group: Group = ..., period: When | None = None, part: str | None = None, *, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who is behind a figure.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            period: the period's start; all if not given.
            part: ``perception``, ``emotion``, ``effort``: who told; ``reliability``: who met a failure;
                ``punctuality``: who waited too long. Whoever answered or wrote if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group or part.
            BadInput: there is no such period.
            Erased: somebody was forgotten since they were counted.
        """
        question = self.question
        if part is not None and part not in PARTS:
            raise UnknownName("value", part, PARTS, column="part")
        if period is not None and question.spec.period is None:
            raise BadInput("no_periods_asked")
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        number = None if period is None else number_of(question.boundaries, period, question.spec.zone)

        def lines(block: Block) -> Array:
            rows, cells = counted(question, block, part)
            periods, groups = np.divmod(cells, len(question.groups))
            chosen = np.ones(len(rows), bool) if code is None else groups == code
            return lines_at(block, rows[chosen if number is None else chosen & (periods == number)])

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What of one customer counts: a row for each answer, text, failed pass and late wait.

        Its columns: the breakdown's, ``event``, ``time``, ``message_id``, ``part`` and ``points`` (0 of a failed pass
        and of a wait that took too long).

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        from lvtu.analyses.touchpoint_quality.explain import explain

        return explain(self, customer)


def counted(question: QualityQuestion, block: Block, part: str | None) -> tuple[Array, Array]:
    """The rows of a block that count in a part, or of all answers and texts, and their cells; of operations the bad."""
    nothing = np.zeros(0, np.int64)
    if part == "reliability":
        return question.passes(block)[2:] if question.spec.failure is not None else (nothing, nothing)
    if part == "punctuality":
        late = [(waiting, *question.waits(block, waiting)) for waiting in question.waiting]
        pairs = [(rows[bad], waiting.cells_at(block, rows[bad])) for waiting, rows, bad in late]
        return tuple(np.concatenate(columns) for columns in zip((nothing, nothing), *pairs, strict=True))  # type: ignore[return-value]
    told, cells = question.told(block)
    chosen = np.ones(len(cells), bool) if part is None else told.parts == PARTS.index(part)
    return told.rows[chosen], cells[chosen]


def row_of(blend: Blend, sums: Array, least: int) -> dict[str, Any]:
    """The figures of a cell.

    Args:
        blend: the weights.
        sums: (groups of customers, parts, 3), see `lvtu.analyses.points.sums`.
        least: with fewer a part is left out.
    """
    whole = sums.sum(axis=0)
    known = (whole[:, summed.N] >= least).tolist()
    shares, values = blend.shares(known), summed.means(whole)
    index, low, high = _index(sums, values, known, shares)
    row: dict[str, Any] = {"quality": index, "quality_low": low, "quality_high": high, "covered": blend.covered(known)}
    for place, (part, value) in enumerate(zip(PARTS, values.tolist(), strict=True)):
        n = int(whole[place, summed.N])
        ends_of = summed.mean_ends(sums[:, place]) if n else (None, None)
        row |= dict(zip((part, f"{part}_low", f"{part}_high"), (summed.or_none(value), *ends_of), strict=True))
        row |= {f"{part}_n": n, f"{part}_weight": shares[place]}
    return row


def _index(
    sums: Array, values: Array, known: Sequence[bool], shares: Sequence[float]
) -> tuple[float | None, float | None, float | None]:
    """The weighted mean of the parts that are known, with its interval; none where no customer told anything."""
    there = np.flatnonzero(known)
    weights = np.array(shares)[there]
    if not any(shares[: len(TOLD)]):
        return None, None, None
    used = np.flatnonzero(sums[:, there, summed.N].any(axis=1))
    index = values[there] @ weights
    low, high = ends(index[None], (summed.means_without(sums[:, there], used) @ weights)[:, None], 0.0, 100.0)
    return float(index), summed.or_none(float(low[0])), summed.or_none(float(high[0]))


def _place(spec: TouchpointQualitySpec, period: int, group: int, row: dict[str, Any]) -> tuple[Any, ...]:
    """Where a row stands: what is missing behind; stages in their order, else the lowest first."""
    if spec.by in MODEL_FIELDS - {"touchpoint"}:
        return period, group == 0, group
    index = row["quality"]
    return period, group == 0, index is None, 0.0 if index is None else index, group


def _table(spec: TouchpointQualitySpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"period": pa.timestamp("us", "UTC")} if spec.period else {}
    kinds |= {**dict.fromkeys(("quality", "quality_low", "quality_high", "covered"), _REAL), "customers": _WHOLE}
    for part in PARTS:
        kinds |= {**dict.fromkeys((part, f"{part}_low", f"{part}_high"), _REAL), f"{part}_n": _WHOLE,
                  f"{part}_weight": _REAL}  # fmt: skip
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
