"""The answer about themes: what customers talk about, how it feels, how it moves, and their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.calendars import When, number_of
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.text import as_text, in_zone
from lvtu.core.words import Lang, language
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.voice.text.taxonomy import Taxonomy
from lvtu.voice.themes.notes import notes_of
from lvtu.voice.themes.question import Sums, Themes
from lvtu.voice.themes.quotes import quotes_of
from lvtu.voice.themes.rows import cell_of, group_rows, order_of, schema_of, theme_rows, trend_rows
from lvtu.voice.themes.trends import Trends

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained


class ThemesResult(Result):
    """The answer.

    Attributes:
        table: `themes`; with a breakdown `groups`.
        themes: a row for each theme, the most comments first: ``theme`` (the words that set it apart, or what its code
            stands for) and

            * ``comments`` that speak of it, ``customers`` who wrote them, ``share`` of all comments with Wilson's 95 %
              interval ``low`` … ``high`` (a comment may speak of several themes);
            * ``sentiment``: the mean feeling, −2 to +2, of the clauses that speak of it (of coded comments of the
              whole text), with the interval of `lvtu.analyses.means.bounded`; ``rated`` comments that feel anything,
              ``negative`` and ``positive`` shares of them, with intervals;
            * ``trend``: ``new``, ``rising``, ``falling`` or ``steady`` by the last change of its share, ``since`` when,
              ``share_before``, ``share_after``, ``p_adjusted``; ``mood``: ``better``, ``worse``, ``steady`` by the last
              change of its sentiment, ``mood_since``, ``sentiment_before``, ``sentiment_after``,
              ``mood_p_adjusted``. Null where there are too few comments to tell;
            * ``quotes``: comments as they were written: ``text``, ``start`` and ``end`` of the place that speaks of the
              theme, ``customer``, ``message_id``, ``time``, ``event``, ``sentiment`` of the whole text.
        groups: with a breakdown a row for each theme in each group: its column and figures as in `themes` (``share`` of
            the group's comments), ``difference`` from the share in all other groups together with its interval,
            ``p_value``, ``p_adjusted`` (Benjamini & Hochberg over the table) and ``differs``.
        trend: a row for each theme in each `period`, all comments (``theme`` null) first: figures as in `themes`, and
            ``n`` comments of the period.
        changes: every change that is told: ``theme`` (null: all comments), ``measure`` (share or sentiment), the
            ``period`` from which on it holds, ``before``, ``after``, ``difference`` with its 95 % interval ``low`` …
            ``high``, ``n_before``, ``n_after`` comments, ``p_value`` (that chance makes the best split so good),
            ``p_adjusted``.
        period: of the trend.
        comments, unthemed: how many comments there are, and how many of them speak of no theme.
        rated: comments that feel anything.
        taxonomy: whose topics the themes are, by their codes; None where they are not.
    """

    def __init__(self, question: Themes, state: Sums, engine: Engine, distinct: int, tree: Taxonomy | None) -> None:
        self.question, self._engine, self.period = question, engine, question.period
        self.taxonomy = tree
        spec, many = question.spec, len(question.reading.names)
        whole = cell_of(state.lenses[0], many, 0)
        self.comments, self.rated = whole.comments, whole.rated
        self.unthemed = cell_of(state.lenses[0], many + 1, 0).comments
        order = order_of(question, state)
        trends = Trends(question, state.lenses[2], order)
        quotes = quotes_of(question, order, spec.quotes, engine)
        rows = [
            row | trends.told(number) | {"quotes": quotes.get(number, [])}
            for number, row in zip(order, theme_rows(question, state), strict=True)
        ]
        self.themes = pa.Table.from_pylist(rows, schema_of("themes"))
        self.trend = pa.Table.from_pylist(list(trend_rows(question, state)), schema_of("trend"))
        self.changes = pa.Table.from_pylist(trends.rows(), schema_of("changes"))
        self.groups = self._grouped(group_rows(question, state) if spec.by else [])
        self.lacking = [row for row in self.groups.to_pylist() if row[self.groups.column_names[1]] is None]
        super().__init__(spec, self.groups if spec.by else self.themes, question.snapshot.token)
        self.notes += notes_of(self, distinct)

    def __repr__(self) -> str:
        left_out = ("quotes", "rated", *(name for name in self.table.column_names if name.endswith(("_low", "_high"))))
        data = self.table.drop_columns([name for name in left_out if name in self.table.column_names])
        return as_text(in_zone(data, self.spec), self.notes)

    def _grouped(self, rows: list[dict[str, Any]]) -> pa.Table:
        schema = schema_of("groups", self.question.spec.by or "group")
        column = schema.names[1]
        return pa.Table.from_pylist([{column: row.pop("group"), **row} for row in rows], schema)

    def called(self, theme: str, lang: Lang | None = None) -> str:
        """What people call a theme: of a topic its name behind those of the topics above it."""
        if self.taxonomy is None:
            return theme
        parts, lang = theme.split("."), lang or language()
        return " › ".join(self.taxonomy.title(".".join(parts[: depth + 1]), lang) for depth in range(len(parts)))

    @property
    def coverage(self) -> float | None:
        """The share of comments that speak of a theme; None without comments."""
        return 1 - self.unthemed / self.comments if self.comments else None

    def customers(
        self,
        theme: Group = ...,
        group: Group = ...,
        period: When | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:
        """Who speaks of a theme.

        Args:
            theme: as in the table; None for comments that speak of none, all comments if not given.
            group: the value of the breakdown, None for missing; all if not given.
            period: the start of a period of the trend; without an offset, a time of the question's zone.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the answer has no such theme.
            BadInput: there is no such group or period.
            Erased: somebody was forgotten since the comments were counted.
        """
        question = self.question
        number = None if theme is None or theme is ... else self._number(theme)
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        at = None if period is None else number_of(question.boundaries, period, question.spec.zone)

        def lines(block: Block) -> Array:
            rows = question.comments(block) if theme is ... else question.speaking_of(block, number)
            if code is not None:
                rows = rows[question.group(block, rows) == code]
            if at is not None:
                rows = rows[question.when(block, rows) == at]
            return lines_at(block, rows)

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def _number(self, theme: str) -> int:
        names = self.question.reading.names
        if theme not in names:
            raise UnknownName("theme", theme, names)
        return names.index(theme)

    def explain(self, customer: str) -> Explained:
        """Which comments of one customer speak of which themes: a row for each place, and for each comment without one.

        Its columns: ``theme``, ``event``, ``time``, ``message_id``, ``text``, ``start``, ``end`` (null where all of the
        text is meant), ``sentiment`` (of the place).

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the comments were counted.
        """
        from lvtu.voice.themes.explain import explain

        return explain(self, customer)
