"""The answer of the scorecard: a score for each attribute and place, and what tells it from other places."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.overview.changes import LEAST_RESPONSES, Change, controlled, of_groups
from lvtu.analyses.points import sums as summed
from lvtu.analyses.scorecard.question import SOURCES, ScorecardQuestion, State
from lvtu.analyses.scorecard.spec import USUAL
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

FEW = 5
"""A score of fewer answers and texts is pale, and is not compared."""

_REAL, _WHOLE = pa.float64(), pa.int64()
_DIFFERENCE = ("score_difference", "score_difference_low", "score_difference_high", "p_value", "p_adjusted")


class ScorecardResult(Result):
    """The answer.

    Attributes:
        table: a row for each place and attribute with answers or texts, places as they come (stages in their order,
            else the most told of first): ``attribute``; ``score``, ``low``, ``high``: the mean of all its answers and
            texts in points, 0 to 100, with its 95 % interval (delete-a-group jackknife over 64 groups of customers);
            ``n``, of which ``answers`` with their mean ``rated``, and ``texts`` with theirs, ``said``; ``customers``
            who told. With several places ``score_difference`` from the same attribute at all others together, its
            interval (``…_low``, ``…_high``), ``p_value``, ``p_adjusted`` (Benjamini & Hochberg over the whole table)
            and ``changed``: whether it is at most 0.05. What cannot be told is null.
        attributes: their keys, in their order.
    """

    marks: Mapping[str, str] = MappingProxyType({one.name: f"attribute_{one.name}" for one in USUAL})

    def __init__(self, question: ScorecardQuestion, state: State, engine: Engine) -> None:
        self.question, self.engine = question, engine
        self.attributes = [one.name for one in question.spec.attributes]
        cells = np.flatnonzero(state.sums[..., summed.N].any(axis=(1, 2))).tolist()
        changes = controlled([self._change(state, cell, cells) for cell in cells])
        sizes: dict[int, int] = {}
        for cell in cells:
            place = cell // len(self.attributes)
            sizes[place] = sizes.get(place, 0) + int(state.sums[cell, ..., summed.N].sum())
        rows = [self._row(state, cell) | _difference(one) for cell, one in zip(cells, changes, strict=True)]
        order = sorted(range(len(cells)), key=lambda at: (*self._place(cells[at], sizes), cells[at]))
        found = [rows[at] for at in order]
        super().__init__(question.spec, _table(question, found), question.snapshot.token, _notes(question, found))

    def _place(self, cell: int, sizes: dict[int, int]) -> tuple[Any, ...]:
        place = cell // len(self.attributes)
        return place == 0, place if self.question.spec.by in MODEL_FIELDS else -sizes[place], place

    def _row(self, state: State, cell: int) -> dict[str, Any]:
        place, attribute = divmod(cell, len(self.attributes))
        sums = state.sums[cell]
        whole, both = sums.sum(axis=0), sums.sum(axis=1)
        low, high = summed.mean_ends(both)
        rated, said = (summed.or_none(float(one)) for one in summed.means(whole))
        return {
            "group": self.question.groups[place], "attribute": self.attributes[attribute],
            "score": float(summed.means(both.sum(axis=0))), "low": low, "high": high,
            "n": int(whole[:, summed.N].sum()), "answers": int(whole[0, summed.N]), "rated": rated,
            "texts": int(whole[1, summed.N]), "said": said, "customers": int(state.customers[cell]),
        }  # fmt: skip

    def _change(self, state: State, cell: int, cells: list[int]) -> Change | None:
        """The difference from the same attribute at all other places."""
        width = len(self.attributes)
        others = [one for one in cells if one != cell and one % width == cell % width]
        if not others:
            return None
        own, rest = state.sums[cell].sum(axis=1), state.sums[others].sum(axis=(0, 2))
        if min(own[:, summed.N].sum(), rest[:, summed.N].sum()) < LEAST_RESPONSES:
            return None
        used = np.flatnonzero(own[:, summed.N] + rest[:, summed.N])
        now, before = (_known(float(summed.means(side.sum(axis=0)))) for side in (own, rest))
        both = [summed.means_without(side[:, None], used)[:, 0].tolist() for side in (own, rest)]
        return of_groups(now, before, [(_known(a), _known(b)) for a, b in zip(*both, strict=True)])

    def customers(
        self, group: Group = ..., attribute: str | None = None, source: str | None = None, *, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who told.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            attribute: of which they told; of any if not given.
            source: ``answers`` or ``texts``; either if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group, attribute or source.
            Erased: somebody was forgotten since they were counted.
        """
        question = self.question
        if attribute is not None and attribute not in self.attributes:
            raise UnknownName("value", attribute, self.attributes, column="attribute")
        if source is not None and source not in SOURCES:
            raise UnknownName("value", source, SOURCES, column="source")
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        number = None if attribute is None else self.attributes.index(attribute)

        def lines(block: Block) -> Array:
            told = question.perceived(block)
            places, attributes = np.divmod(told.cells, len(self.attributes))
            chosen = np.ones(len(told.rows), bool) if source is None else told.sources == SOURCES.index(source)
            chosen &= True if code is None else places == code
            chosen &= True if number is None else attributes == number
            return lines_at(block, told.rows[chosen])

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What one customer told of attributes: a row for each answer and text.

        Its columns: the breakdown's, ``attribute``, ``event``, ``time``, ``message_id``, ``source``, ``points``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        from lvtu.analyses.scorecard.explain import explain

        return explain(self, customer)


def _known(value: float) -> float | None:
    """A mean without what is only rounding: where everybody is alike, no group may make a difference."""
    return summed.or_none(round(value, 9))


def _difference(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {}
    told = (change.difference, change.low, change.high, change.p_value, change.p_adjusted)
    changed = None if change.p_value is None else change.changed
    return {**dict(zip(_DIFFERENCE, told, strict=True)), "changed": changed}


def _notes(question: ScorecardQuestion, rows: list[dict[str, Any]]) -> list[Note]:
    if not rows:
        return [Note("card_none")]
    notes = [Note("card_points")]
    if any(row["texts"] for row in rows):
        notes.append(Note("card_texts"))
    if compared := sum(row.get("p_value") is not None for row in rows):
        notes.append(Note("card_compared", figures=compared))
    if few := sum(row["n"] < FEW for row in rows):
        notes.append(Note("card_few", figures=few, least=FEW))
    return notes


def _table(question: ScorecardQuestion, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if question.spec.by else {}
    kinds |= {"attribute": pa.string(), **dict.fromkeys(("score", "low", "high"), _REAL), "n": _WHOLE}
    kinds |= {"answers": _WHOLE, "rated": _REAL, "texts": _WHOLE, "said": _REAL, "customers": _WHOLE}
    if question.spec.by:
        kinds |= {**dict.fromkeys(_DIFFERENCE, _REAL), "changed": pa.bool_()}
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), question.spec.by)
