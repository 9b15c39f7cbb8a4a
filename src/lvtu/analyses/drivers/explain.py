"""What one customer scored, and their outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.drivers.answers import Driver
from lvtu.analyses.explained import Explained, Said
from lvtu.analyses.explained.rows import Names, own_rows
from lvtu.analyses.explained.scores import Score
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.drivers.result import DriversResult


def explain(result: DriversResult, customer: str) -> Explained:
    """Say what a customer scored and what their outcome is.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question = result.question
    own, called = own_rows(question.snapshot, question.spec, customer), Names(result, question.spec.by)
    lines, scores, outcomes, weights = question.answers(own.block)
    mine = np.flatnonzero(lines == own.line)
    rows, said = [], []
    if len(mine) and counts(result, scores[mine[0]]):
        at = int(mine[0])
        outcome, weight, own_scores = float(outcomes[at]), float(weights[at]), scores[at].tolist()
        told = {"customer": own.name, "weight": f"{weight:,.12g}"}
        if result.binary:
            said.append(Said("drivers_yes" if outcome else "drivers_no", **told))
        else:
            said.append(Said("drivers", outcome=f"{outcome:,.12g}", **told))
        for row in result.table.to_pylist():
            score = own_scores[question.drivers.index(Driver(row["driver"], row["scale"]))]
            if not np.isnan(score):
                rows.append({"driver": row["driver"], "scale": row["scale"], "score": score, "mean": row["mean"],
                             "outcome": outcome, "weight": weight})  # fmt: skip
                given = Score(score, row["scale"], None).said()
                said.append(Said("drivers_score", driver=called(row["driver"]), score=given, mean=f"{row['mean']:.2f}"))
    if not said:
        said = [Said("drivers_not", customer=own.name), *own.left_out()]
    text, real = pa.string(), pa.float64()
    kinds = {"driver": text, "scale": text} | dict.fromkeys(("score", "mean", "outcome", "weight"), real)
    return Explained(own.name, pa.Table.from_pylist(rows, pa.schema(kinds)), said)


def counts(result: DriversResult, scores: Array) -> bool:
    """Whether a customer with some scores counts."""
    few = result.used.few
    given = [not np.isnan(score) for number, score in enumerate(scores.tolist()) if number not in few]
    return all(given) if result.question.spec.skipped == "complete" else any(given)
