"""The answer about word of mouth: what is meant and said, an index of both, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.intervals import wilson
from lvtu.analyses.jackknife import ends
from lvtu.analyses.means import Scores
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.points import sums as summed
from lvtu.analyses.scores.formulas import net_promoters
from lvtu.analyses.word_of_mouth.notes import notes_of
from lvtu.analyses.word_of_mouth.question import FATES, LABELS, PARTS, Some, State, WordOfMouthQuestion
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_REAL, _WHOLE = pa.float64(), pa.int64()

_ANSWERS = ("promoters", "passives", "detractors")
WHO = (*_ANSWERS, *LABELS, "referrers", *FATES)
"""Who can be asked for."""

LEAST = 5
"""A part of fewer is not in the index."""


class WordOfMouthResult(Result):
    """The answer.

    Attributes:
        table: a row for each group of which anything is known; of stages in their order, else the most answers and
            texts first:

            * ``word_of_mouth``, ``word_of_mouth_low``, ``word_of_mouth_high``: the index from 0 to 100, where 50 is as
              many for as against: the plain mean of the parts that are known, each in points: ``willing`` = (nps +
              100) / 2; ``said`` = 100 · (positive + ½ neutral) / mentions. A part of fewer than five is left out. 95 %,
              delete-a-group jackknife over 64 groups of customers;
            * ``nps`` with ``nps_low``, ``nps_high`` (adjusted Wald), ``answers``, ``promoters``, ``detractors``;
            * ``positive``, the share of mentions, ``positive_low``, ``positive_high`` (Wilson), ``negative`` likewise,
              ``mentions``;
            * ``conversion``: of promoters (customers, by their first answer of 9 or 10 in the group) the share who
              recommended after it, in time; ``conversion_low``, ``conversion_high`` (Wilson); ``converted``,
              ``lost``, and ``open``: promoters who still have time, and are in no share;
            * ``referrals``: events of the group by which somebody recommends; ``referrers``: customers with one.

            What cannot be told is null.
    """

    def __init__(self, question: WordOfMouthQuestion, state: State, engine: Engine) -> None:
        self.question, self.engine = question, engine
        there = state.sums[..., summed.N].any(axis=(1, 2)) | (state.referrals > 0) | state.promoters.any(axis=1)
        rows = [_row(question, state, group) for group in np.flatnonzero(there).tolist()]
        if question.spec.by not in MODEL_FIELDS:
            rows.sort(key=lambda row: -row["answers"] - row["mentions"])
        rows.sort(key=lambda row: row["group"] is None)
        super().__init__(question.spec, _table(question, rows), question.snapshot.token, notes_of(question.spec, rows))

    def customers(
        self, group: Group = ..., who: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a figure.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            who: ``promoters``, ``passives``, ``detractors``; ``positive``, ``neutral``, ``negative``: who wrote so;
                ``referrers``; ``converted``, ``lost``, ``open``: promoters by what came of it. Whoever answered or
                wrote if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such group, or nobody is called so.
            Erased: somebody was forgotten since they were counted.
        """
        question = self.question
        if who is not None and who not in WHO:
            raise UnknownName("value", who, WHO, column="who")
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)

        def lines(block: Block) -> Array:
            found = [
                some.rows[np.ones(len(some.rows), bool) if code is None else some.groups == code]
                for some in _chosen(question, block, who)
            ]
            return lines_at(block, np.concatenate(found))

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What one customer answered, wrote and did: a row for each.

        Its columns: the breakdown's, ``event``, ``time``, ``message_id`` and ``counts_as``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since they were counted.
        """
        from lvtu.analyses.word_of_mouth.explain import explain

        return explain(self, customer)


def _chosen(question: WordOfMouthQuestion, block: Block, who: str | None) -> list[Some]:
    """The events of those who are asked for."""
    if who is None:
        return [question.answers(block), question.texts(block)]
    sources: Sequence[tuple[Sequence[str], Callable[[Block], Some]]] = (
        (_ANSWERS, question.answers), (LABELS, question.texts), (FATES, question.promoters),
        (("referrers",), question.referrals),
    )  # fmt: skip
    kinds, source = next(one for one in sources if who in one[0])
    some = source(block)
    own = some.kinds == kinds.index(who)
    return [Some(some.rows[own], some.groups[own], some.kinds[own])]


def _row(question: WordOfMouthQuestion, state: State, group: int) -> dict[str, Any]:
    sums = state.sums[group]
    promoters, passives, detractors = state.answers[group].tolist()
    positive, neutral, negative = state.texts[group].tolist()
    converted, lost, waiting = state.promoters[group].tolist()
    mentions, settled = positive + neutral + negative, converted + lost
    nps = net_promoters(state.scores.get(group, Scores()))
    sounding, converting = wilson(positive, mentions), wilson(converted, settled)
    row: dict[str, Any] = {"group": question.groups[group], **_index(sums)}
    row |= dict(zip(("nps", "nps_low", "nps_high"), nps, strict=True))
    row |= {"answers": promoters + passives + detractors, "promoters": promoters, "detractors": detractors}
    row |= _share("positive", positive, mentions, sounding)
    row |= {"negative": negative / mentions if mentions else None, "mentions": mentions}
    row |= _share("conversion", converted, settled, converting)
    row |= {"converted": converted, "lost": lost, "open": waiting}
    return row | {"referrals": int(state.referrals[group]), "referrers": int(state.referrers[group])}


def _share(name: str, part: int, whole: int, interval: tuple[float, float] | None) -> dict[str, Any]:
    low, high = interval or (None, None)
    return {name: part / whole if whole else None, f"{name}_low": low, f"{name}_high": high}


def _index(sums: Array) -> dict[str, Any]:
    """The plain mean of the parts that are known, with its interval, and the parts."""
    whole = sums.sum(axis=0)
    known, values = whole[:, summed.N] >= LEAST, summed.means(whole)
    row: dict[str, Any] = dict.fromkeys(("word_of_mouth", "word_of_mouth_low", "word_of_mouth_high"))
    if known.any():
        used = np.flatnonzero(sums[:, known, summed.N].any(axis=1))
        rest = summed.means_without(sums[:, known], used).mean(axis=1)
        low, high = ends(values[known].mean()[None], rest[:, None], 0.0, 100.0)
        told = float(values[known].mean()), float(low[0]), float(high[0])
        row = dict(zip(row, map(summed.or_none, told), strict=True))
    return row | {part: summed.or_none(value) for part, value in zip(PARTS, values.tolist(), strict=True)}


def _table(question: WordOfMouthQuestion, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if question.spec.by else {}
    kinds |= dict.fromkeys(("word_of_mouth", "word_of_mouth_low", "word_of_mouth_high", *PARTS), _REAL)
    kinds |= dict.fromkeys(("nps", "nps_low", "nps_high"), _REAL)
    kinds |= dict.fromkeys(("answers", "promoters", "detractors"), _WHOLE)
    kinds |= {**dict.fromkeys(("positive", "positive_low", "positive_high", "negative"), _REAL), "mentions": _WHOLE}
    kinds |= dict.fromkeys(("conversion", "conversion_low", "conversion_high"), _REAL)
    kinds |= dict.fromkeys((*FATES, "referrals", "referrers"), _WHOLE)
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), question.spec.by)
