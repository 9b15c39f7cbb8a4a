"""The answer about a service's quality: a row for each dimension, and for all of them together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.members import Group, Members, code_of, names_of
from lvtu.analyses.servqual.answers import Gathering, Respondents
from lvtu.analyses.servqual.formulas import DIMENSIONS, Ends, by_dimension, intervals, reliability, servqual
from lvtu.analyses.servqual.notes import notes_of
from lvtu.analyses.servqual.spec import ServqualSpec
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

ALL, WEIGHTED = "all", "all_weighted"
"""The rows of all dimensions together."""

_REAL = pa.float64()
_FIGURES = ("value", "low", "high", "perceived", "expected", "alpha")


class ServqualResult(Result):
    """The answer.

    Attributes:
        table: for each group a row for each dimension (``dimension``), then ``all`` (their mean) and, with points,
            ``all_weighted``: ``value``, the mean gap perception − expectation (SERVQUAL; the lower, the further behind
            what was expected), or of SERVPERF the mean perception, over respondents who answered; ``low``, ``high`` (95
            %, percentiles of 2,000 resamples of the respondents); ``perceived`` and ``expected`` means; ``alpha``
            (Cronbach's, of perceptions); ``items`` statements; ``n`` respondents. What cannot be told is null.
        by: what the figures are broken down by.
        gaps: whether expectations were asked too: SERVQUAL, else SERVPERF.
        scale: of the answers; None where there are none.
    """

    marks: Mapping[str, str] = MappingProxyType({name: f"servqual_{name}" for name in (*DIMENSIONS, ALL, WEIGHTED)})

    def __init__(
        self, spec: ServqualSpec, question: Gathering | None, snapshot: Snapshot, state: Respondents | None,
        engine: Engine,
    ) -> None:  # fmt: skip
        self.question, self.engine, self._snapshot, self.by = question, engine, snapshot, spec.by
        self.scale = question.scale if question else None
        groups, answers, weights = np.empty(0, np.int64), np.empty((0, 0, 2)), np.empty(0)
        if question is not None and state is not None:
            groups, answers, weights = state.all(len(question.statements))
        self.gaps = bool((~np.isnan(answers).any(axis=2)).any())
        rows = []
        if question is not None:
            for code in sorted(set(groups.tolist()), key=lambda code: (code == 0, -int((groups == code).sum()), code)):
                inside = groups == code
                told = self._told(spec, question.items, answers[inside], weights[inside])
                rows += [{"group": question.groups[code], **row} for row in told]
        alphas = [row["alpha"] for row in rows if row["alpha"] is not None]
        notes = notes_of(self, groups, answers, weights, alphas)
        super().__init__(spec, _table(spec, rows), snapshot.token, notes)

    def _told(self, spec: ServqualSpec, items: Sequence[int], answers: Array, weights: Array) -> list[dict[str, Any]]:
        perceived, expected = answers[:, :, 0], answers[:, :, 1]
        measured = perceived - expected if self.gaps else perceived
        found = servqual(measured, items, spec.points, weights)
        ends = intervals(measured, items, spec.points, weights)
        seen, hoped = (servqual(side, items, spec.points, weights) for side in (perceived, expected))
        n = (~np.isnan(by_dimension(measured, items))).sum(axis=0).tolist()
        rows = []
        alphas = reliability(perceived, items)
        for place, name in enumerate(DIMENSIONS):
            own = found.dimensions[place], ends.dimensions[place], seen.dimensions[place], hoped.dimensions[place]
            rows.append(_row(name, *own, items[place], n[place], alphas[place]))
        some, every = int((~np.isnan(measured)).any(axis=1).sum()), sum(items)
        plain = found.unweighted, ends.unweighted, seen.unweighted, hoped.unweighted
        rows.append(_row(ALL, *plain, every, some, None))
        if spec.points is not None:
            heavy = found.weighted, ends.weighted, seen.weighted, hoped.weighted
            rows.append(_row(WEIGHTED, *heavy, every, some, None))
        return rows

    def customers(
        self, group: Group = ..., dimension: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who answered.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            dimension: who is counted in its figure; of any dimension if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group or dimension.
            Erased: somebody was forgotten since the answers were counted.
        """
        question, gaps = self.question, self.gaps
        if dimension is not None and dimension not in self.marks:
            raise UnknownName("value", dimension, self.marks, column="dimension")
        if question is None:
            return []
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        of = [one.dimension == dimension or dimension in (None, ALL, WEIGHTED) for one in question.statements]

        def lines(block: Block) -> Array:
            who, groups, answers, _ = question.respondents(block)
            missing = np.isnan(answers)
            sides = missing[:, of] if gaps else missing[:, of, :1]
            whole = (~sides).all(axis=2).sum(axis=1)
            told = whole > 0
            found: Array = who[told if code is None else told & (groups == code)]
            return found

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What one customer answered: a row for each statement, if they count.

        Its columns: the breakdown's, ``dimension``, ``item``, ``perceived``, ``expected``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the answers were counted.
        """
        from lvtu.analyses.servqual.explain import explain

        return explain(self, self._snapshot, customer)


def _row(
    dimension: str, value: float | None, ends: Ends | None, perceived: float | None, expected: float | None, items: int,
    n: int, alpha: float | None,
) -> dict[str, Any]:  # fmt: skip
    low, high = (None, None) if ends is None or n < 2 else ends
    told = dict(zip(_FIGURES, (value, low, high, perceived, expected, alpha), strict=True))
    plain = {name: None if one is None or math.isnan(one) else one for name, one in told.items()}
    return {"dimension": dimension, **plain, "items": items, "n": n}


def _table(spec: ServqualSpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"dimension": pa.string(), **dict.fromkeys(_FIGURES, _REAL), "items": pa.int64(), "n": pa.int64()}
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
