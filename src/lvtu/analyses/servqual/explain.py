"""What one customer answered to the statements about a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said
from lvtu.analyses.explained.rows import own_rows
from lvtu.analyses.groups import column_named
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.servqual.result import ServqualResult


def explain(result: ServqualResult, snapshot: Snapshot, customer: str) -> Explained:
    """Say what a customer answered.

    Args:
        result: the answer.
        snapshot: of what.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question, by = result.question, result.by
    kinds = {"dimension": pa.string(), "item": pa.string(), "perceived": pa.float64(), "expected": pa.float64()}
    kinds = {column_named(by, kinds): pa.string(), **kinds} if by else kinds
    own = own_rows(snapshot, result.spec, customer)
    rows: list[dict[str, Any]] = []
    if question is not None:
        lines, groups, answers, _ = question.respondents(own.block)
        for place in np.flatnonzero(lines == own.line).tolist():
            for one, (perceived, expected) in zip(question.statements, answers[place].tolist(), strict=True):
                if perceived == perceived or expected == expected:
                    row = {"dimension": one.dimension, "item": one.item, "perceived": _known(perceived),
                           "expected": _known(expected)}  # fmt: skip
                    rows.append({next(iter(kinds)): question.groups[groups[place]], **row} if by else row)
    said = [Said("servqual", customer=own.name, answers=len(rows)) if rows else Said("servqual_not", customer=own.name)]
    said += [
        Said("servqual_answer", item=row["item"], perceived=_text(row["perceived"]), expected=_text(row["expected"]))
        for row in rows
    ]
    said += [] if rows else own.left_out()
    return Explained(own.name, pa.Table.from_pylist(rows, pa.schema(kinds)), said)


def _known(score: float) -> float | None:
    return score if score == score else None


def _text(score: float | None) -> str:
    return "—" if score is None else f"{score:g}"
