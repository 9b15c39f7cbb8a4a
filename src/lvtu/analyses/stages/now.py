"""Where customers are now, or were at a moment: how many in each stage of a journey model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.members import Members, names_of
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.stages import Stages, State


class StagesNow(Result):
    """Customers by the stage that they are in.

    A customer is in the last stage entered whose time has not ended: entering the next stage ends it, and so does an
    event of its exit rule, after which the customer is in none. Stages are entered as in the table of the stages, so an
    earlier one is not entered again: who has bought and looks once more is still in the stage of the purchase.

    Attributes:
        table: one row per stage in order, and a last one for customers who are in none: ``stage`` (its key, null for
            none), ``customers``, ``share`` (of all customers with any event, null without any). Every customer is in
            one row.
        everyone: customers with any event.
    """

    def __init__(self, question: Stages, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        self.everyone = everyone = int(state.everyone[0])
        customers = [*state.standing.tolist(), everyone - int(state.standing.sum())]
        table = pa.table(
            {
                "stage": pa.array([*(stage.key for stage in question.stages), None], pa.string()),
                "customers": pa.array(customers, pa.int64()),
                "share": pa.array([n / everyone if everyone else None for n in customers], pa.float64()),
            }
        )
        super().__init__(question.spec, table, question.snapshot.token)
        self.model = question.model

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return "stages_now"

    def customers(self, stage: str | None, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is in a stage.

        Args:
            stage: the stage's key; None: who is in none.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the model has no such stage.
            Erased: somebody was forgotten since the stages were counted.
        """
        question = self._question
        place = -1 if stage is None else question.stages.index(question.model.stage(stage))

        def lines(block: Block) -> Array:
            found = question.entries(block)
            standing = found.standing()
            if place < 0:
                return np.setdiff1d(question.present(block), found.who[standing >= 0])
            who: Array = found.who[standing == place]
            return who

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)
