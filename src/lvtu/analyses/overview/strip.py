"""The strip: the stages of a model in one or two periods, in one fold.

Of each period it is the answer to ``stages`` with the same ``since``, ``until`` and ``moment``: the customers who
entered the first stage in the period, and what they had reached when it ended. So both periods had equally long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lvtu.analyses.base import both
from lvtu.analyses.durations import MOST_DENSE, Durations, exact_rows
from lvtu.analyses.jackknife import GROUPS, groups_of
from lvtu.analyses.means import Scores, given_in
from lvtu.analyses.overview.periods import Window
from lvtu.analyses.rollup import inside_of
from lvtu.analyses.stages import Entries, Stages, StagesResult, StagesSpec
from lvtu.analyses.stages import State as StagesState
from lvtu.engines.base import Engine
from lvtu.kernels.durations import BINS, MARK_BITS, bins_of, medians
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


@dataclass
class Part:
    """Integers of one period.

    Attributes:
        stages: those of the stages.
        reached: customers by group and stage, (`GROUPS`, stages).
        stays: times in each stage, by group: line ``group * stages + stage``.
        scores: by the number of the stage and the scale.
    """

    stages: StagesState
    reached: Array
    stays: Durations
    scores: dict[tuple[int, str | None], Scores] = field(default_factory=lambda: defaultdict(Scores))


class Strip:
    """The stages in some periods as engines fold them.

    Args:
        windows: the periods.
        where: only events for which this is true exist.
        snapshot: read through the model.

    Raises:
        BadInput: there is no model, or it has no stages.
    """

    def __init__(self, windows: Sequence[Window], where: str | None, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.questions = [Stages(spec_of(window, where), snapshot) for window in windows]
        self.model = self.questions[0].model

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.questions[0].reads() | {"score", "scale", "weight"}

    def empty(self, snapshot: Snapshot) -> list[Part]:
        """The state of no customers."""
        stages = len(self.model.stages)
        return [
            Part(question.empty(snapshot), np.zeros((GROUPS, stages), np.int64), _stays(stages))
            for question in self.questions
        ]

    def partial(self, block: Block, state: list[Part]) -> list[Part]:
        """Add a block's customers."""
        groups, exact, time = groups_of(block), exact_rows(block), block.column("time")
        given = given_in(block)
        for question, part in zip(self.questions, state, strict=True):
            found = question.entries(block)
            question.add(found, block, part.stages)
            whose = groups[found.who].astype(np.int64)
            for stage in range(found.entered.shape[1]):
                part.reached[:, stage] += np.bincount(whose[found.entered[:, stage] >= 0], minlength=GROUPS)
            part.stays.add(_marks(found, whose, time, exact))
            if len(given):
                _add_scores(part, inside_of(question, found, block)[given], block, given)
        return state

    def merge(self, left: list[Part], right: list[Part]) -> list[Part]:
        """Add two states."""
        for one, other in zip(left, right, strict=True):
            self.questions[0].merge(one.stages, other.stages)
            one.reached += other.reached
            one.stays.merge(other.stays)
            for key, scores in other.scores.items():
                one.scores[key].merge(scores)
        return left


@dataclass(frozen=True)
class Passed:
    """The stages of one period.

    Attributes:
        answer: the answer to ``stages``.
        reached: customers by group and stage.
        stays: histograms by stage and group, (stages, `GROUPS`, bins).
        scores: by the number of the stage and the scale.
    """

    answer: StagesResult
    reached: Array
    stays: Array
    scores: dict[tuple[int, str | None], Scores]

    def median_without_each(self, stage: int, used: Array) -> list[int | None]:
        """The median time in a stage without each of some groups of customers."""
        return medians(self.stays[stage].sum(0) - self.stays[stage][used])


def spec_of(window: Window, where: str | None, model: str | None = None) -> StagesSpec:
    """The question about one period."""
    values: dict[str, Any] = {"since": window.since, "until": window.until, "moment": window.until - 1}
    return StagesSpec(where=where, model=model, **values)


def strip(windows: Sequence[Window], where: str | None, snapshot: Snapshot, engine: Engine) -> list[Passed]:
    """Who passed the stages in each of some periods."""
    question = Strip(windows, where, snapshot)
    snapshot.prepare(question.reads())
    state: list[Part] = engine.fold(question, snapshot)
    return [
        Passed(StagesResult(each, part.stages, engine), part.reached, _histograms(part, len(each.stages)), part.scores)
        for each, part in zip(question.questions, state, strict=True)
    ]


def _stays(stages: int) -> Durations:
    """Times by group and stage, as marks however few the stages are."""
    return Durations(max(GROUPS * stages, MOST_DENSE + 1))


def _marks(found: Entries, groups: Array, time: Array, exact: Array) -> Array:
    """The stays that can be timed, as marks of their group and stage."""
    who, stage = np.nonzero(found.ended >= 0)
    first, last = found.entered[who, stage], found.ended[who, stage]
    if len(exact):
        timed = both(exact[first], exact[last]) != 0
        who, stage, first, last = who[timed], stage[timed], first[timed], last[timed]
    lines = groups[who] * found.entered.shape[1] + stage
    marks: Array = (lines << MARK_BITS | bins_of(time[last] - time[first])).astype(np.uint64)
    return marks


def _histograms(part: Part, stages: int) -> Array:
    marks, counts = part.stays.marks()
    lines, bins = marks >> np.uint64(MARK_BITS), marks & np.uint64((1 << MARK_BITS) - 1)
    out = np.zeros((GROUPS, stages, BINS), np.int64)
    out.reshape(-1, BINS)[lines.astype(np.int64), bins.astype(np.int64)] = counts
    return out.swapaxes(0, 1)


def _add_scores(part: Part, inside: Array, block: Block, given: Array) -> None:
    """The scores that were given in a stage; ``inside`` says in which (1-based), 0 for none."""
    kept = inside > 0
    rows, inside = given[kept], inside[kept]
    scores, weights = block.numbers("score")[rows], block.numbers("weight")[rows]
    codes, scales = block.codes("scale")[0][rows], block.codes("scale")[1]
    for stage, code in {*zip(inside.tolist(), codes.tolist(), strict=True)}:
        chosen = (inside == stage) & (codes == code)
        part.scores[stage - 1, scales[code] if code else None].add(scores[chosen], weights[chosen])
