"""The scores of one customer that an answer counts, as values and as words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lvtu.analyses.explained import Said
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array


class Score(NamedTuple):
    """A score.

    Attributes:
        value: the number.
        scale: its scale; None where it has none.
        weight: its survey weight; None where it has none.
    """

    value: float
    scale: str | None
    weight: float | None

    def said(self) -> Said:
        """It within a sentence."""
        told = Said("score", score=_number(self.value))
        if self.scale is not None:
            told = Said("score_on", score=_number(self.value), scale=self.scale)
        return told if self.weight is None else Said("weighted", score=told, weight=_number(self.weight))


def scores_at(block: Block, rows: Array, column: str = "score") -> list[Score]:
    """The scores of some rows that have one; of another column than `score`, on no scale."""
    codes, scales = block.codes("scale") if column == "score" else (np.zeros(block.rows, np.uint8), ("",))
    told = (values[rows].tolist() for values in (block.numbers(column), codes, block.numbers("weight")))
    return [
        Score(value, scales[code] if code else None, None if np.isnan(weight) else weight)
        for value, code, weight in zip(*told, strict=True)
    ]


def _number(value: float) -> str:
    return f"{value:,.12g}"
