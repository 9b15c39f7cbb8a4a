"""The answer of MaxDiff: a row for each option of each question, what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.maxdiff.answers import Choices, Compared
from lvtu.analyses.maxdiff.formulas import Counts, preference
from lvtu.analyses.maxdiff.spec import MaxdiffSpec
from lvtu.analyses.members import Group, Members, code_of, names_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

FEW = 20
"""With fewer customers a score is only a hint."""

_REAL, _WHOLE = pa.float64(), pa.int64()


class MaxdiffResult(Result):
    """The answer.

    Attributes:
        table: a row for each group, question and option, what matters most first: ``question``, ``option``; ``score`` =
            (best − worst) / shown, from −1 (always the worst) to 1 (always the best), with ``score_low`` and
            ``score_high`` (95 %, of a ratio over customers; null of one customer); how often it was ``best`` and
            ``worst`` of the sets in which it was ``shown``; ``n`` customers who chose.
        asked: the question.
    """

    def __init__(
        self, spec: MaxdiffSpec, question: Choices | None, snapshot: Snapshot, state: Mapping[Compared, Counts],
        engine: Engine,
    ) -> None:  # fmt: skip
        self.question, self._snapshot, self.engine, self.asked = question, snapshot, engine, spec
        rows = [_row(compared, counts) for compared, counts in state.items()]
        sizes: Counter[str | None] = Counter()
        for row in rows:
            sizes[row["group"]] += row["shown"]
        rows.sort(key=lambda row: (-sizes[row["group"]], str(row["group"]), str(row["question"]), -row["score"],
                                   row["option"]))  # fmt: skip
        super().__init__(spec, _table(spec, rows), snapshot.token, _notes(rows))

    def customers(
        self, option: str, question: Group = ..., group: Group = ...,
        chose: Literal["best", "worst"] | None = None, *, limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who chose among sets with an option.

        Args:
            option: as in the table.
            question: of which question, None for missing; of all if not given.
            group: the value of the breakdown, None for missing; all if not given.
            chose: whom it was the best of a set for at least once, or the worst; all who saw it if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such option, question or group.
            Erased: somebody was forgotten since the answers were counted.
        """
        choices = self.question
        known = [str(row["option"]) for row in self.table.to_pylist()]
        if choices is None or option not in known:
            raise UnknownName("value", option, known, column="option")
        if question is not ... and question not in choices.questions:
            raise UnknownName("value", str(question), [str(one) for one in choices.questions], column=self.asked.asked)
        code = None if group is ... else code_of(choices.snapshot, choices.spec.by, group)
        number = None if question is ... else choices.questions.index(question)

        def lines(block: Block) -> Array:
            found = choices.chosen(block)
            kept = np.isin(found.options, [at for at, name in enumerate(found.named) if name == option])
            kept &= True if code is None else found.groups == code
            kept &= True if number is None else found.questions == number
            kept &= True if chose is None else getattr(found, chose) > 0
            who: Array = found.lines[kept]
            return who

        return names_of(self.engine, choices.snapshot, Members(choices.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """What one customer chose: a row for each option that they saw.

        Its columns: the breakdown's, ``question``, ``option``, ``best``, ``worst``, ``shown``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the answers were counted.
        """
        from lvtu.analyses.maxdiff.explain import explain

        return explain(self, self._snapshot, customer)


def _row(compared: Compared, counts: Counts) -> dict[str, Any]:
    found = preference(counts)
    return {
        **compared._asdict(), "score": found and found.score, "score_low": found and found.low,
        "score_high": found and found.high, "best": counts.best, "worst": counts.worst, "shown": counts.shown,
        "n": counts.respondents,
    }  # fmt: skip


def _notes(rows: list[dict[str, Any]]) -> list[Note]:
    if not rows:
        return [Note("maxdiff_none")]
    few = sum(row["n"] < FEW for row in rows)
    return [Note("maxdiff_few", figures=few, least=FEW)] if few else []


def _table(spec: MaxdiffSpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"question": pa.string(), "option": pa.string()}
    kinds |= dict.fromkeys(("score", "score_low", "score_high"), _REAL)
    kinds |= dict.fromkeys(("best", "worst", "shown", "n"), _WHOLE)
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
