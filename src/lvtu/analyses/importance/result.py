"""The answer about needs: how much each matters, how well it is met, and how much there is to win."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.importance.spec import ImportanceSpec
from lvtu.analyses.jackknife import ends
from lvtu.analyses.members import Group
from lvtu.analyses.points import sums as summed
from lvtu.analyses.points.behind import customers_of
from lvtu.analyses.points.sides import SidesQuestion, State
from lvtu.analyses.scores.opportunity import opportunity
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

QUADRANTS = ("concentrate", "keep_up", "low_priority", "overkill")
"""Matters and is not met; matters and is met; neither; met though it matters little."""

FEW = 30
"""With fewer answers of either kind an opportunity is only a hint."""

_REAL, _WHOLE = pa.float64(), pa.int64()
_FIGURES = ("opportunity", "opportunity_low", "opportunity_high", "importance", "importance_low", "importance_high",
            "satisfaction", "satisfaction_low", "satisfaction_high")  # fmt: skip


class ImportanceResult(Result):
    """The answer.

    Attributes:
        table: a row for each group and need, the greatest opportunity first: ``need``; ``opportunity`` = importance +
            max(importance − satisfaction, 0), 0 to 20 (Ulwick: from 10 on there is something to win, from 15 on much);
            ``importance`` and ``satisfaction``, means from 0 to 10 of customers' latest answers, whatever the scale;
            each with ``…_low`` and ``…_high`` (95 %, delete-a-group jackknife over 64 groups of customers);
            ``quadrant``, beside the means of the group's needs: concentrate (matters more, met less), keep_up,
            low_priority, overkill; ``important`` and ``satisfied``: how many answered which; ``customers`` who did. A
            need of which only one is known has no opportunity.
        asked: the question.
    """

    marks: Mapping[str, str] = MappingProxyType({name: f"need_{name}" for name in QUADRANTS})

    def __init__(self, spec: ImportanceSpec, question: SidesQuestion, state: State, engine: Engine) -> None:
        self.question, self.asked, self.engine = question, spec, engine
        rows = []
        for cell in np.flatnonzero(state.sums[..., summed.N].any(axis=(1, 2))).tolist():
            group, need = divmod(cell, len(question.items))
            told = {"group": question.groups[group], "need": question.items[need]}
            rows.append(told | _figures(state.sums[cell]) | {"customers": int(state.customers[cell])})
        for group in {row["group"] for row in rows}:
            _place([row for row in rows if row["group"] == group])
        rows.sort(
            key=lambda row: (row["group"] is None, str(row["group"]), -(row["opportunity"] or 0.0), str(row["need"]))
        )
        super().__init__(spec, _table(spec, rows), question.snapshot.token, _notes(rows))

    def customers(
        self, group: Group = ..., need: Group = ..., side: str | None = None, *, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who answered.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            need: as in the table; all if not given.
            side: ``importance`` or ``satisfaction``; either if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group, need or side.
            Erased: somebody was forgotten since they were counted.
        """
        sides = ("importance", "satisfaction")
        return customers_of(self, self.question, group, need, side, sides, self.asked.item, limit=limit, offset=offset)

    def explain(self, customer: str) -> Explained:
        """What one customer answered: a row for each.

        Its columns: the breakdown's, ``item``, ``event``, ``time``, ``message_id``, ``side``, ``points`` (0 to 100).

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        from lvtu.analyses.points.behind import explain_sides

        return explain_sides(self, self.question, customer, ("importance", "satisfaction"), "need")


def _figures(sums: Array) -> dict[str, Any]:
    """The figures of a cell (groups of customers, 2, 3)."""
    whole = sums.sum(axis=0)
    matters, met = (summed.or_none(float(one)) for one in summed.means(whole) / 10)
    row: dict[str, Any] = dict.fromkeys(_FIGURES)
    for side, (name, mean) in enumerate((("importance", matters), ("satisfaction", met))):
        low, high = summed.mean_ends(sums[:, side]) if mean is not None else (None, None)
        row |= {name: mean, f"{name}_low": _tenth(low), f"{name}_high": _tenth(high)}
    if matters is not None and met is not None:
        used = np.flatnonzero(sums[..., summed.N].any(axis=1))
        rest = summed.means_without(sums, used) / 10
        value = opportunity(matters, met)
        each = rest[:, 0] + np.maximum(rest[:, 0] - rest[:, 1], 0)
        low_end, high_end = ends(np.array([value]), each[:, None], 0.0, 20.0)
        told = value, summed.or_none(float(low_end[0])), summed.or_none(float(high_end[0]))
        row |= dict(zip(_FIGURES, told, strict=False))
    return row | {"important": int(whole[0, summed.N]), "satisfied": int(whole[1, summed.N])}


def _tenth(value: float | None) -> float | None:
    return None if value is None else value / 10


def _place(rows: list[dict[str, Any]]) -> None:
    """Put each need of a group into its quadrant, in place."""
    known = [row for row in rows if row["opportunity"] is not None]
    if not known:
        return
    middle = [sum(row[name] for row in known) / len(known) for name in ("importance", "satisfaction")]
    for row in known:
        matters, met = row["importance"] >= middle[0], row["satisfaction"] >= middle[1]
        row["quadrant"] = QUADRANTS[met if matters else 2 + met]


def _notes(rows: list[dict[str, Any]]) -> list[Note]:
    if not rows:
        return [Note("needs_none")]
    notes = [Note("needs_opportunity")]
    if alone := sum(row["opportunity"] is None for row in rows):
        notes.append(Note("needs_alone", figures=alone))
    known = [row for row in rows if row["opportunity"] is not None]
    if few := sum(min(row["important"], row["satisfied"]) < FEW for row in known):
        notes.append(Note("needs_few", figures=few, least=FEW))
    return notes


def _table(spec: ImportanceSpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"need": pa.string(), **dict.fromkeys(_FIGURES, _REAL), "quadrant": pa.string()}
    kinds |= dict.fromkeys(("important", "satisfied", "customers"), _WHOLE)
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
