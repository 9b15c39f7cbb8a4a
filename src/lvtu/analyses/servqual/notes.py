"""What must be known to read the figures of a service's quality rightly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.means import effective_of
from lvtu.analyses.servqual.formulas import DIMENSIONS, ITEMS
from lvtu.core.sentences import Note
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.servqual.result import ServqualResult

FEW = 30
"""With fewer respondents the figures are only hints."""

_RELIABLE = 0.7
"""The least α with which statements are usually taken to measure one thing (Nunnally, 1978)."""


def notes_of(
    result: ServqualResult, groups: Array, answers: Array, weights: Array, alphas: Sequence[float]
) -> list[Note]:
    """The notes of an answer."""
    if result.question is None or not len(answers):
        return [Note("servqual_none")]
    notes = [Note("servqual_gaps" if result.gaps else "servqual_perceived", respondents=len(answers))]
    few = [group for group in set(groups.tolist()) if (groups == group).sum() < FEW]
    if few:
        notes.append(Note("servqual_few", figures=len(few), least=FEW))
    if len(weights) and np.ptp(weights) > 0:
        effective = f"{effective_of(weights):,.0f}"
        notes.append(Note("servqual_weighted", respondents=len(answers), effective=effective))
    items = tuple(result.question.items)
    if items != ITEMS:
        asked = tuple(name for name, number in zip(DIMENSIONS, items, strict=True) if number)
        notes.append(Note("servqual_own_items", items=sum(items), dimensions=len(asked)))
    if low := sum(alpha < _RELIABLE for alpha in alphas):
        notes.append(Note("servqual_alpha", figures=low, least=f"{_RELIABLE:g}"))
    return notes
