"""What a reader of scores must know to read them rightly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lvtu.analyses.calendars import boundaries_of
from lvtu.analyses.means import LEAST_EFFECTIVE, UNIT
from lvtu.analyses.scores.formulas import effective
from lvtu.analyses.scores.measures import SHARES
from lvtu.analyses.scores.question import ScoresQuestion, State
from lvtu.analyses.scores.rows import Cell, together
from lvtu.core.sentences import Note
from lvtu.core.units import moment

FEW = 5
"""A figure of fewer answers is drawn hollow, and is not tested."""


def notes(
    question: ScoresQuestion, state: State, cells: Sequence[Cell], rows: Sequence[Mapping[str, Any]]
) -> list[Note]:
    """The notes of an answer, in the order of their importance.

    Args:
        question, state: what was asked, and the sums.
        cells, rows: of the answer.
    """
    spec, measure, whole = question.spec, question.measure, together(cell.scores for cell in cells)
    found = []
    if not cells:
        found.append(Note("no_answers"))
    if measure.lower_is_better:
        found.append(Note("lower_is_better", scale=measure.scale or ""))
    answers = whole.responses.total()
    if whole.weights.total() != answers * UNIT or whole.squares != answers * UNIT * UNIT:
        found.append(Note("scores_weighted", answers=answers, effective=f"{effective(whole):,.1f}"))
    if few := sum(cell.n < FEW for cell in cells):
        found.append(Note("few_answers", figures=few, least=FEW))
    if measure.name not in ("nps", *SHARES) and (ruled := sum(_ruled(cell) for cell in cells)):
        found.append(Note("scores_dominated", figures=ruled))
    customers = sum(cell.customers for cell in cells)
    if answers > customers:
        found.append(Note("answers_again", answers=answers, customers=customers))
    compared = sum(row.get("p_value") is not None for row in rows)
    if compared > 1:
        found.append(Note("scores_compared", figures=compared))
    if spec.by and not spec.carry and (lacking := sum(cell.n for cell in cells if cell.group == 0)):
        found.append(Note("answers_without", answers=lacking, column=spec.by))
    if spec.shrink:
        found.append(Note("scores_shrunk", answers=spec.shrink))
    if outside := int(state.outside[0]):
        found.append(Note("scores_outside", answers=outside, scale=measure.scale or ""))
    if spec.period and cells and _open(question):
        found.append(Note("open_period", end=f"{moment(question.snapshot.times[1]):%Y-%m-%d}"))
    return found


def _ruled(cell: Cell) -> bool:
    """Whether one answer of several weighs so much that nothing tells how sure their mean is."""
    return cell.n > 1 and effective(cell.scores) < LEAST_EFFECTIVE


def _open(question: ScoresQuestion) -> bool:
    """Whether the data end within the last period: not at its first instant, which stands for all of it."""
    spec, last = question.spec, question.snapshot.times[1]
    assert spec.period is not None
    start, *after = boundaries_of(spec.period, spec.zone, last, last, more=1).tolist()
    return bool(start == question.boundaries[-1] and start < last < after[0] - 1)
