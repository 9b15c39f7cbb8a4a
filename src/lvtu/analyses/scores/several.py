"""Figures on several scales, each of some of the answers, broken down alike: asked in one pass over the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import both, mask_of, names_in, view_of
from lvtu.analyses.groups import values_of
from lvtu.analyses.means import Scores
from lvtu.analyses.scores.measures import Measure
from lvtu.analyses.scores.question import code_of_scale, reads_of
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.scores.tallies import Answers, Tallies
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Part:
    """One of the questions.

    Attributes:
        measure: what is worked out, on which scale.
        where: of which answers; None for all.
    """

    measure: Measure
    where: str | None = None


class Several:
    """Several questions about answers as engines fold them: what they have in common is looked up once.

    Args:
        spec: what is common to them: which events exist, when, by what they are broken down, whether weights count.
        parts: what each asks.
        snapshot: of what.

    Attributes:
        groups: the values of the breakdown by code.
    """

    def __init__(self, spec: ScoresSpec, parts: Sequence[Part], snapshot: Snapshot) -> None:
        self.spec, self.parts, self.snapshot = spec, tuple(parts), snapshot
        self.groups: list[str | None] = values_of(snapshot, spec.by) if spec.by else [None]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        specs = [self.spec.model_copy(update={"metric": part.measure.name}) for part in self.parts]
        return set[str]().union(*map(reads_of, specs)) | names_in(*(part.where for part in self.parts))

    def empty(self, snapshot: Snapshot) -> list[Tallies]:
        """The state of no customers."""
        return [Tallies.of(part.measure, len(self.groups)) for part in self.parts]

    def partial(self, block: Block, state: list[Tallies]) -> list[Tallies]:
        """Add a block's customers."""
        view = view_of(block, self.snapshot, self.spec.where)
        masks = {where: mask_of(block, where) for where in {part.where for part in self.parts}}
        low, high = self.spec.span()
        for column in {part.measure.column for part in self.parts}:
            answers = Answers.of(block, column, self.spec.weighted)
            cells = block.codes(self.spec.by)[0][answers.rows].astype(np.int64) if self.spec.by else None
            cells = np.zeros(len(answers.rows), np.int64) if cells is None else cells
            cells[(answers.time < low) | (answers.time >= high)] = -1
            seen = {where: answers.seen(block, both(view, mask)) for where, mask in masks.items()}
            for part, sums in zip(self.parts, state, strict=True):
                if part.measure.column == column:
                    sums.add(answers, seen[part.where], cells, code_of_scale(part.measure, self.snapshot))
        return state

    def merge(self, left: list[Tallies], right: list[Tallies]) -> list[Tallies]:
        """Add two states."""
        for one, other in zip(left, right, strict=True):
            one.merge(other)
        return left


def several(
    spec: ScoresSpec, parts: Sequence[Part], snapshot: Snapshot, engine: Engine
) -> list[dict[str | None, Scores]]:
    """The answers of several questions: of each by the value of the breakdown, those that somebody gave.

    Args:
        spec, parts: what is asked, see `Several`.
        snapshot, engine: of what, and who folds.

    Raises:
        UnknownName: no event has a property that is asked for.
    """
    question = Several(spec, parts, snapshot)
    snapshot.prepare(question.reads())
    state: list[Tallies] = engine.fold(question, snapshot)
    return [{question.groups[cell]: sums.scores(cell) for cell in sums.cells()} for sums in state]
