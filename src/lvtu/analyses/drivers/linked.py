"""What follows from how satisfied customers were, as an answer of its own: the rate of a yes by band of score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.base import Result
from lvtu.analyses.drivers.linkage import BANDS, bands_of
from lvtu.errors import UnknownName
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.drivers.result import DriversResult


class Linked(Result):
    """The rate of an outcome by band of each driver's scores.

    Attributes:
        table: `lvtu.analyses.drivers.result.DriversResult.linkage`, the most important driver first.
        answer: the drivers that it is a part of.
        rate: that of everybody who counts; None of nobody.
    """

    def __init__(self, answer: DriversResult) -> None:
        self.answer, self.rate = answer, answer.rate
        codes = ("drivers_association", "drivers_weighted", "drivers_within", "drivers_young", "drivers_open",
                 "drivers_listed")  # fmt: skip
        notes = [note for note in answer.notes if note.code in codes]
        super().__init__(answer.spec, answer.linkage, answer.token, notes)
        self.naming, self.model = answer.naming, answer.model

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return "linked"

    def customers(
        self, driver: str, scale: str | None = None, band: str = "low", yes: bool | None = None, *,
        limit: int | None = None, offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Whose score is in a band.

        Args:
            driver, scale: as in the table.
            band: low, middle or high.
            yes: only those with the outcome (or without it); all if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the answer has no such driver or band.
            Erased: somebody was forgotten since the scores were counted.
        """
        if band not in BANDS:
            raise UnknownName("value", band, BANDS, column="band")
        edges, number = self.answer.edges(driver, scale), BANDS.index(band)
        return self.answer.listed(
            driver, scale,
            lambda score, outcome: (bands_of(score, edges) == number) & _of(outcome, yes),
            limit, offset,
        )  # fmt: skip


def _of(outcome: Array, yes: bool | None) -> Array:
    found: Array = np.ones(len(outcome), bool) if yes is None else (outcome != 0) == yes
    return found
