"""From sums of answers to figures: each scale by its usual measure, with what changed since the period before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from lvtu.analyses.heard.sums import TEXTS, Heard, State
from lvtu.analyses.means import Scores
from lvtu.analyses.overview.changes import Change, controlled
from lvtu.analyses.overview.periods import Periods
from lvtu.analyses.scores.formulas import Told, effective
from lvtu.analyses.scores.measures import Measure, usual_of
from lvtu.analyses.scores.rows import together
from lvtu.core.expr.values import MODEL_FIELDS


@dataclass(frozen=True)
class Figure:
    """The answers on one scale as a number.

    Attributes:
        told: it, with its interval.
        n: answers.
        effective_n: equally weighted answers that would tell as much.
        change: since the period before; None without answers then.
        worse: whether it got worse, and not by chance.
    """

    told: Told
    n: int
    effective_n: float
    change: Change | None = None
    worse: bool = False


@dataclass(frozen=True)
class Scale:
    """All that is known of one scale.

    Attributes:
        measure: what is worked out on it.
        figure: of all answers in the period; of no answers, of which nothing is known, if only the one before has some.
        places: by code of the place, those with answers.
        trend: by calendar period; None where nobody answered.
        asked, responded: customers who were asked for an answer, and those of them who gave one later.
    """

    measure: Measure
    figure: Figure
    places: dict[int, Figure]
    trend: tuple[Figure | None, ...]
    asked: int
    responded: int


@dataclass(frozen=True)
class Facts:
    """All scales of a period.

    Attributes:
        periods: of which time.
        scales: those with answers, the usual ones first.
        places: the numbers of the places with answers, in their order.
        names: of the places, by number: the values of ``by``, or what it was split into.
        starts: the starts of the trend's calendar periods, µs.
        period: which those are: day, week, month, quarter, year.
        compared: how many differences were tested together.
        weighted: whether answers carry weights that differ.
        events: the events with which answers came, each with its scale, the most answers first.
        texts: whether anybody wrote anything in the period, or the time that is looked at before.
        inexact: whether of any answer only the day is known, or the order that a model gives it.
    """

    periods: Periods
    scales: tuple[Scale, ...]
    places: tuple[int, ...]
    names: tuple[str | None, ...]
    starts: tuple[int, ...]
    period: str
    compared: int
    weighted: bool
    events: tuple[tuple[str, str | None], ...]
    inexact: bool
    texts: bool

    @property
    def answers(self) -> int:
        """How many there are in the period."""
        return sum(scale.figure.n for scale in self.scales)


_ALIKE = 0.5
"""An effective number of answers that differs by less is the number itself."""

_ORDER = ("nps", "csat", "ces", "stars", "share", "emotion", "mean", "sentiment")


def facts(
    periods: Periods, question: Heard, state: State, split: Mapping[str, State] = MappingProxyType({}),
    measured: Callable[[str | None], Measure] = usual_of,
) -> Facts:  # fmt: skip
    """Work all figures out.

    Args:
        periods: of which time.
        question, state: what was asked, and the sums.
        split: the sums of parts that stand in place of places, by their names, which may overlap; none if not given.
        measured: what is worked out on a scale; the usual measure if not given.
    """
    last = len(question.windows) - 1
    scales = sorted({scale for number, _, scale in state.placed if number == last}, key=str)
    found = [_scale(scale, measured, question, state, list(split.values())) for scale in scales]
    found.sort(key=lambda scale: (_ORDER.index(scale.measure.name), -scale.figure.n))
    # The places' answers make up the whole scale's: tested together with them, each would count twice.
    wholes = controlled([scale.figure.change for scale in found])
    apart = controlled([figure.change for scale in found for figure in scale.places.values()])
    changes, told = [*wholes, *apart], iter(apart)
    found = [_changed(scale, whole, lambda: next(told)) for scale, whole in zip(found, wholes, strict=True)]
    sizes: dict[int, int] = {}
    for scale in found:
        for place, figure in scale.places.items():
            sizes[place] = sizes.get(place, 0) + figure.n
    kept = bool(split) or question.by in MODEL_FIELDS
    ordered = sorted(sizes, key=lambda place: (not split and place == 0, place if kept else -sizes[place]))
    events = sorted(state.events, key=lambda one: (-state.events[one], str(one)))
    return Facts(
        periods, tuple(found), tuple(ordered), tuple(split or question.places), tuple(question.boundaries.tolist()),
        question.period, sum(one is not None and one.p_value is not None for one in changes),
        any(abs(scale.figure.effective_n - scale.figure.n) > _ALIKE for scale in found), tuple(events),
        state.inexact > 0, any(scale == TEXTS for _, scale in state.over),
    )  # fmt: skip


def _scale(
    scale: str | None, measured: Callable[[str | None], Measure], question: Heard, state: State, split: Sequence[State]
) -> Scale:
    measure = Measure("sentiment", None) if scale == TEXTS else measured(scale)
    now, before = _sides(question, state, scale)
    whole = _figure(measure, together(now.values()), together(before.values()))
    if split:
        sides = [[together(side.values()) for side in _sides(question, part, scale)] for part in split]
        now, before = ({place: both[one] for place, both in enumerate(sides) if both[0].responses} for one in (0, 1))
    places = {place: _figure(measure, sums, before.get(place)) for place, sums in now.items()}
    sums = (state.over.get((number, scale)) for number in range(len(question.boundaries)))
    trend = tuple(None if one is None else _figure(measure, one, None) for one in sums)
    return Scale(measure, whole, places, trend, state.asked[scale], state.responded[scale])


def _sides(question: Heard, state: State, scale: str | None) -> tuple[dict[int, Scores], dict[int, Scores]]:
    """The answers on a scale by place: in the period, and in the one before, where there is one."""
    last = len(question.windows) - 1
    sides: tuple[dict[int, Scores], dict[int, Scores]] = {}, {}
    for (number, place, of), sums in state.placed.items():
        if of == scale:
            sides[number != last][place] = sums
    return sides


def _figure(measure: Measure, now: Scores, before: Scores | None) -> Figure:
    change = measure.change(now, before) if before is not None and before.responses else None
    return Figure(measure.told(now), now.responses.total(), effective(now), change)


def _changed(scale: Scale, whole: Change | None, following: Callable[[], Change | None]) -> Scale:
    def judged(figure: Figure, change: Change | None) -> Figure:
        fell = change is not None and (change.difference > 0) == scale.measure.lower_is_better
        return replace(figure, change=change, worse=bool(change and change.changed and fell and scale.measure.valued))

    places = {place: judged(one, following()) for place, one in scale.places.items()}
    return replace(scale, figure=judged(scale.figure, whole), places=places)
