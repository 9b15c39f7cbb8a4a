"""What an overview says: figures of a period, each with its interval and its change since the period before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lvtu.analyses.intervals import wilson
from lvtu.analyses.means import Mean, Scores
from lvtu.analyses.overview.changes import (
    Change,
    controlled,
    of_groups,
    of_means,
    of_shares,
    scaled,
)
from lvtu.analyses.overview.feelings import ends_of, feeling
from lvtu.analyses.overview.periods import Periods
from lvtu.analyses.overview.strip import Passed, strip
from lvtu.analyses.overview.totals import State, Totals, totals
from lvtu.analyses.scores.formulas import net_promoters, of_parts, of_promoters, told_share
from lvtu.core.model import JourneyModel
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_NO_STAGES = ("no_journey_model", "no_stages")


@dataclass(frozen=True)
class Figure:
    """A number of the period.

    Attributes:
        code: ``customers``, ``events``, ``orders``, ``value``, ``nps``, ``csat``; of a stage ``reached``,
            ``conversion``, ``dwell``, ``feeling``.
        value: it; None where nothing is known.
        n: of how many it is made: customers, stays, answers.
        low, high: its 95 % interval; None for counts of everything, which have none.
        change: since the period before; None without one.
        of: the currency, or the scale.
        raw: of a feeling, the mean on its own scale.
    """

    code: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    change: Change | None = None
    of: str | None = None
    raw: float | None = None

    @property
    def worse(self) -> bool:
        """Whether it has fallen, and not by chance. Of a time in a stage nobody can tell which way is worse."""
        return self.change is not None and self.change.changed and self.change.difference < 0 and self.code != "dwell"


@dataclass(frozen=True)
class StageFacts:
    """One stage in the period.

    Attributes:
        key: the stage's.
        reached: customers who entered it.
        conversion: of those who entered the stage before, the share who entered it; None of the first.
        dwell: the median time in it, µs.
        p90: the shortest time that at least 90 % did not exceed.
        feelings: a figure for each scale on which anybody answered while in it.
    """

    key: str
    reached: Figure
    conversion: Figure | None
    dwell: Figure
    p90: int | None
    feelings: tuple[Figure, ...]

    @property
    def figures(self) -> list[Figure]:
        """All of them."""
        return [self.reached, *([self.conversion] if self.conversion else []), self.dwell, *self.feelings]


@dataclass(frozen=True)
class Facts:
    """An overview.

    Attributes:
        periods: of which time.
        headline: figures of all customers.
        stages: of the model's stages; empty without a model.
        model: what they were read through.
        compared: how many differences were tested.
        unseen: stages that no event here can enter.
        untimed: stays left out since their times are not exact.
    """

    periods: Periods
    headline: tuple[Figure, ...]
    stages: tuple[StageFacts, ...]
    model: JourneyModel | None
    compared: int
    unseen: tuple[str, ...] = ()
    untimed: int = 0

    @property
    def figures(self) -> list[Figure]:
        """All of them."""
        return [*self.headline, *(figure for stage in self.stages for figure in stage.figures)]


def facts(periods: Periods, where: str | None, snapshot: Snapshot, engine: Engine) -> Facts:
    """Work an overview out on one snapshot.

    Args:
        periods: of which time.
        where: only events for which this is true exist; ``in segment 'VIP'`` for a segment's customers.
        snapshot: read through a journey model; without one there are no stages.
        engine: who folds.
    """
    headline = _headline(*totals(periods.windows, where, snapshot, engine))
    try:
        passed = strip(periods.windows, where, snapshot, engine)
    except BadInput as error:
        if error.code not in _NO_STAGES:
            raise
        passed = []
    found = _Collected()
    told = [found.add(figure) for figure in headline]
    stages = [[found.add(figure) for figure in _stage(passed, place)] for place in _places(passed)]
    figures = found.controlled()
    return Facts(
        periods, tuple(figures[place] for place in told),
        tuple(_stage_facts(passed[-1], place, [figures[one] for one in ids]) for place, ids in enumerate(stages)),
        passed[-1].answer.model if passed else None, found.compared,
        tuple(unseen_of(passed[-1])) if passed else (), _untimed(passed[-1]) if passed else 0,
    )  # fmt: skip


class _Collected:
    """Figures whose changes are looked at together."""

    def __init__(self) -> None:
        self._figures: list[Figure] = []

    def add(self, figure: Figure) -> int:
        self._figures.append(figure)
        return len(self._figures) - 1

    @property
    def compared(self) -> int:
        return sum(one.change is not None and one.change.p_value is not None for one in self._figures)

    def controlled(self) -> list[Figure]:
        changes = controlled([figure.change for figure in self._figures])
        return [replace(figure, change=one) for figure, one in zip(self._figures, changes, strict=True)]


# Of all customers.


def _headline(question: Totals, state: State) -> list[Figure]:
    figures = [
        _counted("customers", state.customers, state.customers),
        _counted("events", state.events, state.customers),
    ]
    if question.sales is not None and state.orders[-1].any():
        figures.append(_counted("orders", state.orders, state.orders))
        for code, currency in enumerate(question.currencies):
            if (money := state.money[:, code]).any():
                figures.append(_counted("value", money / 1e6, state.orders, currency or ""))
    for scale in sorted({scale for period, scale in state.scores if period == len(state.events) - 1 and scale}):
        figures += _asked(scale, [state.scores[period, scale] for period in range(len(state.events))])
    return figures


def _counted(code: str, sums: Array, of: Array, unit: str | None = None) -> Figure:
    """A sum of everything, (periods, groups): it has no interval, its change has."""
    change = None
    if len(sums) == 2:
        used = np.flatnonzero(sums.any(axis=0))
        rest = sums.sum(axis=1)[:, None] - sums[:, used]
        change = of_groups(float(sums[1].sum()), float(sums[0].sum()), list(zip(rest[1], rest[0], strict=True)))
    total = sums[-1].sum()
    return Figure(code, total.item(), int(of[-1].sum()), change=change, of=unit)


def _asked(scale: str, scores: Sequence[Scores]) -> list[Figure]:
    """The usual figure of a scale, of each period's answers; nothing of a scale that has none."""
    ends = ends_of(scale)
    if ends is None or not scores[-1].responses or any(not _within(one, ends) for one in scores):
        return []
    if scale == "nps":
        return [_recommended(scores)]
    if scale.startswith("csat"):
        return [_satisfied(scale, scores, ends[1] - 1)]
    return []


def _within(scores: Scores, ends: tuple[float, float]) -> bool:
    return all(ends[0] <= score <= ends[1] for score in scores.responses)


def _recommended(scores: Sequence[Scores]) -> Figure:
    """The net promoter score."""
    now = scores[-1]
    value, low, high = net_promoters(now)
    change = of_promoters(now, scores[0]) if len(scores) == 2 else None
    return Figure("nps", value, now.responses.total(), low, high, change, "nps")


def _satisfied(scale: str, scores: Sequence[Scores], least: float) -> Figure:
    """The share of the two best answers. Weighted answers count as so many as tell as much."""

    def best(score: float) -> bool:
        return score >= least

    now = scores[-1]
    value, low, high = told_share(now, best)
    change = of_parts(now, scores[0], best) if len(scores) == 2 else None
    return Figure("csat", value, now.responses.total(), low, high, change, scale)


# Of the stages.


def _places(passed: Sequence[Passed]) -> range:
    return range(len(passed[-1].reached[0]) if passed else 0)


def _stage(passed: Sequence[Passed], place: int) -> list[Figure]:
    """The figures of a stage: reached, the conversion unless it is the first, dwell, and the feelings.

    Of a stage that no event here can enter nothing is known, which is not zero.
    """
    now = passed[-1]
    if str(now.answer.table["stage"][place]) in unseen_of(now):
        return [Figure(code, None, 0) for code in ("reached", "conversion", "dwell") if place or code != "conversion"]
    reached = np.stack([one.reached[:, place] for one in passed])
    figures = [_counted("reached", reached, reached)]
    if place:
        figures.append(_conversion(passed, place))
    figures.append(_dwell(passed, place))
    scales = sorted((scale or "" for stage, scale in now.scores if stage == place))
    return figures + [_felt(scale or None, [one.scores.get((place, scale or None), Scores()) for one in passed])
                      for scale in scales]  # fmt: skip


def _conversion(passed: Sequence[Passed], place: int) -> Figure:
    told = [_went_on(one, place) for one in passed]
    k, n = told[-1]
    low, high = wilson(k, n) or (None, None)
    change = of_shares(told[-1], told[0]) if len(told) == 2 else None
    return Figure("conversion", k / n if n else None, n, low, high, change)


def _went_on(passed: Passed, place: int) -> tuple[int, int]:
    """How many entered a stage after the one before, and how many had entered that."""
    before, dropped = (passed.answer.table[name][place - 1].as_py() for name in ("customers", "dropped"))
    return before - dropped, before


def _dwell(passed: Sequence[Passed], place: int) -> Figure:
    def median(one: Passed) -> int | None:
        value: int | None = one.answer.table["median_dwell"][place].as_py()
        return value

    value, n = median(passed[-1]), int(passed[-1].stays[place].sum())
    if len(passed) < 2:
        return Figure("dwell", value, n)
    used = np.flatnonzero(sum(one.stays[place].sum(axis=1) for one in passed))
    rest = list(zip(*(one.median_without_each(place, used) for one in reversed(passed)), strict=True))
    return Figure("dwell", value, n, change=of_groups(value, median(passed[0]), rest))


def _felt(scale: str | None, scores: Sequence[Scores]) -> Figure:
    now = scores[-1]
    raw, felt = now.mean(), feeling(scale, now) or Mean()
    change = of_means(now, scores[0]) if len(scores) == 2 else None
    ends = ends_of(scale)
    if ends is None or felt.mean is None:
        return Figure("feeling", None, raw.responses, change=None, of=scale, raw=raw.mean)
    by, factor = _onto(*ends)
    return Figure(
        "feeling", felt.mean, raw.responses, felt.mean_low, felt.mean_high, scaled(change, by, factor), scale, raw.mean
    )


def _onto(low: float, high: float) -> tuple[Callable[[float], float], float]:
    """From a scale to −2…+2: of its levels, and of its differences."""
    factor = 4 / (high - low)
    return lambda x: factor * (x - low) - 2, factor


def _stage_facts(now: Passed, place: int, figures: Sequence[Figure]) -> StageFacts:
    by_code = {figure.code: figure for figure in figures}
    p90: int | None = now.answer.table["p90_dwell"][place].as_py()
    return StageFacts(
        str(now.answer.table["stage"][place]), by_code["reached"], by_code.get("conversion"), by_code["dwell"], p90,
        tuple(figure for figure in figures if figure.code == "feeling"),
    )  # fmt: skip


def unseen_of(passed: Passed) -> list[str]:
    """The stages that no event here can enter."""
    return [str(key) for note in passed.answer.notes if note.code == "unseen_stages"
            for key in note.to_json()["stages"]]  # fmt: skip


def _untimed(passed: Passed) -> int:
    return sum(int(note.to_json()["times"]) for note in passed.answer.notes if note.code == "untimed_stays")
