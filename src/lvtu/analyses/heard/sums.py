"""The pass over the answers: their sums by scale, in each place of each period, and over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.base import both, make, view_of
from lvtu.analyses.calendars import boundaries_within
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.groups import values_of
from lvtu.analyses.means import Scores
from lvtu.analyses.members import lines_at
from lvtu.analyses.overview.periods import Periods
from lvtu.analyses.scores.asked import Asked, surveys_on
from lvtu.analyses.scores.measures import Measure, usual_of
from lvtu.analyses.scores.question import reads_of
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.scores.tallies import Answers, Tallies
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

TEXTS = "\0texts"
"""Stands for a scale where what texts say is told: no scale has such a name."""

POINTS = 12
"""Calendar periods of a trend."""

_LENGTHS = ("day", "week", "month", "quarter", "year")


@dataclass
class State:
    """Sums of answers.

    Attributes:
        placed: by the number of the period, the code of the place and the scale.
        over: by the number of the calendar period and the scale.
        asked: by scale, customers who were asked for an answer in the shown period, survey by survey.
        responded: those of them who gave one later.
        events: how many answers came with each event on each scale.
        inexact: answers of which only the day is known, or the order that a model gives them.
    """

    placed: dict[tuple[int, int, str | None], Scores] = field(default_factory=dict)
    over: dict[tuple[int, str | None], Scores] = field(default_factory=dict)
    asked: Counter[str | None] = field(default_factory=Counter)
    responded: Counter[str | None] = field(default_factory=Counter)
    events: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    inexact: int = 0


@dataclass
class Counted:
    """The same while it is counted: `placed` and `over` by scale, their cells numbered through."""

    placed: dict[str | None, Tallies] = field(default_factory=dict)
    over: dict[str | None, Tallies] = field(default_factory=dict)
    asked: Counter[str | None] = field(default_factory=Counter)
    responded: Counter[str | None] = field(default_factory=Counter)
    events: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    inexact: int = 0

    def summed(self, places: int) -> State:
        """The sums by what they are of.

        Args:
            places: how many there are.
        """
        placed = {
            (*divmod(cell, places), scale): sums.scores(cell)
            for scale, sums in self.placed.items()
            for cell in sums.cells()
        }
        over = {(cell, scale): sums.scores(cell) for scale, sums in self.over.items() for cell in sums.cells()}
        return State(placed, over, self.asked, self.responded, self.events, self.inexact)


class Heard:
    """All answers, as engines fold them.

    Args:
        periods: the time that is shown, and the one before.
        by: what tells places apart, a field or property; None for one place.
        where: only events for which this is true exist.
        zone: whose calendar a trend goes by.
        snapshot: of what.
        weighted: whether survey weights count; otherwise every answer counts as one.

    Attributes:
        places: the values of ``by``, by code.
        period: the calendar periods of the trend.
        boundaries: their starts.
        spec: the question about all scales, over all the time that is looked at.
        surveys: by the code of a scale the codes of the surveys that ask on it.
    """

    def __init__(
        self, periods: Periods, by: str | None, where: str | None, zone: str, snapshot: Snapshot, weighted: bool = True
    ) -> None:
        self.snapshot, self.windows, self.by = snapshot, periods.windows, by
        self.period, since = _trend(periods, zone, snapshot.times[0])
        first = min(since, self.windows[0].since)
        asked = {"where": where, "by": by, "since": first, "until": periods.now.until, "weighted": weighted}
        self.spec: ScoresSpec = make(ScoresSpec, asked)
        self.boundaries = boundaries_within(self.period, zone, snapshot.times, (since, periods.now.until))
        self.places = values_of(snapshot, by) if by else [None]
        self.asked = Asked(self.spec, snapshot)
        self.surveys: Mapping[int, frozenset[int]] = {}
        self.texts = len(snapshot.names("text")) > 1

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return _reads(self.spec) | self.asked.reads

    def empty(self, snapshot: Snapshot) -> Counted:
        """The state of no customers."""
        return Counted()

    def partial(self, block: Block, state: Counted) -> Counted:
        """Add a block's customers."""
        view, names = view_of(block, self.snapshot, self.spec.where), block.codes("scale")[1]
        answers = Answers.of(block, "score", self.spec.weighted)
        seen = self._within(answers, names, answers.seen(block, view))
        codes = np.flatnonzero(np.bincount(answers.scales)).tolist()
        self._add(block, answers, seen, {_name(names, code): code for code in codes}, state)
        if self.texts:
            said = Answers.of(block, "sentiment", self.spec.weighted)
            self._add(block, said, said.seen(block, view), {TEXTS: 0}, state)
        there = np.flatnonzero(seen)
        rows, scales = answers.rows[there].astype(np.int64), answers.scales[there].astype(np.int64)
        came = np.bincount(block.column("event")[rows].astype(np.int64) * len(names) + scales)
        for key in np.flatnonzero(came).tolist():
            event, scale = divmod(key, len(names))
            state.events[self.snapshot.events[event], _name(names, scale)] += int(came[key])
        exact = exact_rows(block)
        state.inexact += int((exact[rows] == 0).sum()) if len(exact) else 0
        if self.asked.sent:
            now = answers.time[there] >= self.windows[-1].since
            self._add_asked(block, rows[now], scales[now], names, state)
        return state

    def _add(
        self, block: Block, answers: Answers, seen: Array, scales: Mapping[str | None, int], state: Counted
    ) -> None:  # fmt: skip
        """Add some answers to the periods, and to the trend.

        Args:
            block, answers, seen: which.
            scales: that they are on, with their codes.
            state: to what.
        """
        time, size = answers.time, len(self.places)
        places = block.codes(self.by)[0][answers.rows].astype(np.int64) if self.by else 0
        placed = [
            np.where((time >= window.since) & (time < window.until), number * size + places, -1)
            for number, window in enumerate(self.windows)
        ]
        number = np.searchsorted(self.boundaries, time, side="right") - 1
        over = [np.where(time < self.windows[-1].until, number, -1)]
        parts = (placed, state.placed, len(self.windows) * size), (over, state.over, len(self.boundaries))
        for numbered, sums, cells in parts:
            for scale, code in scales.items():
                measure = Measure("sentiment", None) if scale == TEXTS else usual_of(scale)
                mine = sums.setdefault(scale, Tallies.of(measure, cells))
                for cell in numbered:
                    mine.add(answers, seen, cell, code)

    def _within(self, answers: Answers, names: Sequence[str], seen: Array) -> Array:
        """Which of some answers are in the time that is looked at, and within the ends of their scale."""
        since, until = self.spec.span()
        ends = [usual_of(_name(names, code)).ends or (-np.inf, np.inf) for code in range(len(names))]
        low, high = (np.array(side)[answers.scales] for side in zip(*ends, strict=True))
        fits = (answers.scores >= low) & (answers.scores <= high) & (answers.time >= since) & (answers.time < until)
        return both(fits.view(np.uint8), seen)

    def _add_asked(self, block: Block, rows: Array, scales: Array, names: Sequence[str], state: Counted) -> None:
        """Who was asked in the shown period, and who of them answered later in it."""
        sent, now = self.asked.sendings(block), self.windows[-1]
        time, view = block.column("time")[sent], view_of(block, self.snapshot, self.spec.where)
        shown = (time >= now.since) & (time < now.until)
        sent = sent[shown & (view[sent] != 0) if len(view) else shown]
        whose = lines_at(block, sent)
        if len(block.keep):
            sent, whose = sent[block.keep[whose] != 0], whose[block.keep[whose] != 0]
        of_sent, of_answers = self.asked.surveys(block, sent), self.asked.surveys(block, rows)
        for code, surveys in self.surveys.items():
            for survey in surveys & {*np.unique(of_sent).tolist()}:
                mine = of_sent == survey
                who, first = np.unique(whose[mine], return_index=True)
                own = rows[(scales == code) & (of_answers == survey)]
                latest = np.full(block.customers, -1, np.int64)
                latest[lines_at(block, own)] = own  # rows are in order: the last one stays
                state.asked[_name(names, code)] += len(who)
                state.responded[_name(names, code)] += int((latest[who] > sent[mine][first]).sum())

    def merge(self, left: Counted, right: Counted) -> Counted:
        """Add two states."""
        for mine, theirs in ((left.placed, right.placed), (left.over, right.over)):
            for scale, sums in theirs.items():
                if scale in mine:
                    mine[scale].merge(sums)
                else:
                    mine[scale] = sums
        left.asked.update(right.asked)
        left.responded.update(right.responded)
        left.events.update(right.events)
        left.inexact += right.inexact
        return left


def heard(
    periods: Periods, by: str | None, where: str | None, zone: str, snapshot: Snapshot, engine: Engine,
    weighted: bool = True,
) -> tuple[Heard, State]:  # fmt: skip
    """All answers of a period and the one before, with what they were counted by."""
    snapshot.prepare(_reads(make(ScoresSpec, {"where": where, "by": by})))
    question = Heard(periods, by, where, zone, snapshot, weighted)
    known = surveys_on(question.asked, snapshot, engine)
    question.surveys = {code: known[code] for code in range(len(snapshot.names("scale"))) if question.asked.sent}
    if question.texts:
        snapshot.prepare({"sentiment"})
    counted: Counted = engine.fold(question, snapshot)
    return question, counted.summed(len(question.places))


def _reads(spec: ScoresSpec) -> set[str]:
    return reads_of(spec) | {"time_basis", "text"}


def _trend(periods: Periods, zone: str, opening: int) -> tuple[str, int]:
    """The shortest calendar periods of which twelve reach back over the time before, and where the first one starts."""
    first = periods.windows[0].since if periods.before else max(periods.now.since, opening)
    for period in _LENGTHS:
        since = _start(period, zone, periods.now.until - 1)
        if since <= first:
            break
    return period, since


def _start(period: str, zone: str, last: int) -> int:
    """The start of the first of twelve calendar periods of which the last one holds a time."""
    longest = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[period] * 86_400_000_000
    starts = boundaries_within(period, zone, (last - POINTS * longest, last), (last - POINTS * longest, last + 1))
    return int(starts[-POINTS])


def _name(names: Sequence[str], code: int) -> str | None:
    return names[code] if code else None
