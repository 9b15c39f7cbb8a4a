"""The answer about scores: figures with intervals, what tells them apart, and who is behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.analyses.base import Result
from lvtu.analyses.calendars import When, number_of
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.scores.measures import Measure
from lvtu.analyses.scores.notes import notes
from lvtu.analyses.scores.question import ScoresQuestion, State
from lvtu.analyses.scores.rows import cells_of, rows_of, table_of, together
from lvtu.analyses.scores.shown import named
from lvtu.analyses.text import as_text, in_zone
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained


class ScoresResult(Result):
    """The answer.

    Attributes:
        table: a row for each group and period with answers (a gap is not a zero): the breakdown's column, ``period``
            (its start), and

            * ``value``, ``low``, ``high``: the figure with its 95 % interval (null where nothing tells); ``n`` answers,
              ``effective_n`` (equally weighted answers that would tell as much, by which the interval goes);
            * of nps ``promoters``, ``passives``, ``detractors``: answers, unweighted; of ces ``top``, ``top_low``,
              ``top_high``: the share of the three best answers with Wilson's interval;
            * ``customers`` who answered, ``present`` (who had any event of the group in the period), ``coverage``: the
              share of these who answered; where the events by which people are asked are known ``asked``,
              ``responded`` (who answered later), ``response_rate``;
            * ``difference`` from all other groups of the period together, or with periods from the period before of the
              same group, with ``difference_low``, ``difference_high`` (95 %), ``p_value``, ``p_adjusted`` (Benjamini &
              Hochberg over the whole table) and ``changed``: whether it is at most 0.05. Null where there is nothing to
              compare with; of too few answers no test. Not there where there is one row.

            The interval of an nps is the adjusted Wald of Sauro & Lewis, of a csat or a share Wilson's, of a mean
            Student's within its scale, of a sentiment `lvtu.analyses.means.bounded`. They take answers as independent.
        measure: what was worked out, and on which scale.
        all: the figure of all answers together, with ``n``; see `lvtu.analyses.scores.formulas.Told`.
    """

    def __init__(self, question: ScoresQuestion, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.measure: Measure = question.measure
        cells = list(cells_of(question, state))
        self.all = self.measure.told(together(cell.scores for cell in cells))
        rows = rows_of(question, cells, self.all)
        table = table_of(question.spec, rows, asked=question.asked.sent is not None)
        super().__init__(question.spec, table, question.snapshot.token, notes(question, state, cells, rows))

    def __repr__(self) -> str:
        readable = named(in_zone(self.table, self.spec), self._question.spec.metric)
        return as_text(readable, self.notes, self.table.column_names)

    def customers(
        self, group: Group = ..., period: When | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:
        """Who is behind a figure: the customers who answered.

        Args:
            group: the value of the breakdown, None for missing; all if not given.
            period: the period's start; without an offset, a time of the question's zone. All if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: there is no such period or group.
            Erased: somebody was forgotten since the answers were counted.
        """
        question = self._question
        if period is not None and question.spec.period is None:
            raise BadInput("no_periods_asked")
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        number = None if period is None else number_of(question.boundaries, period, question.spec.zone)

        def lines(block: Block) -> Array:
            rows = question.answers(block)
            if code is not None:
                rows = rows[question.group(block, rows) == code]
            if number is not None:
                rows = rows[question.period(block, rows) == number]
            return lines_at(block, rows)

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """Which answers of one customer count, and as what: a row for each.

        Its columns: the breakdown's and ``period`` as in the answer, ``event``, ``time``, ``message_id``, ``score``,
        ``scale``, ``weight``, and of nps, csat and ces ``counts_as``.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.scores.explain import explain

        return explain(self, self._question, customer)
