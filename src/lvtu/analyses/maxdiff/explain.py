"""What one customer chose as the best and the worst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said
from lvtu.analyses.explained.rows import own_rows
from lvtu.analyses.groups import column_named
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.maxdiff.result import MaxdiffResult


def explain(result: MaxdiffResult, snapshot: Snapshot, customer: str) -> Explained:
    """Say what a customer chose.

    Args:
        result: the answer.
        snapshot: of what.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question, by = result.question, result.asked.by
    kinds = dict.fromkeys(("question", "option"), pa.string()) | dict.fromkeys(("best", "worst", "shown"), pa.int64())
    kinds = {column_named(by, kinds): pa.string(), **kinds} if by else kinds
    own = own_rows(snapshot, result.spec, customer)
    rows: list[dict[str, Any]] = []
    if question is not None:
        found = question.chosen(own.block)
        for place in np.flatnonzero(found.lines == own.line).tolist():
            row = {name: int(getattr(found, name)[place]) for name in ("best", "worst", "shown")}
            row |= {"question": question.questions[found.questions[place]],
                    "option": found.named[found.options[place]]}  # fmt: skip
            rows.append({next(iter(kinds)): question.groups[found.groups[place]], **row} if by else row)
    said = [Said("maxdiff", customer=own.name, options=len(rows)) if rows else Said("maxdiff_not", customer=own.name)]
    said += [
        Said("maxdiff_option", option=row["option"], best=row["best"], worst=row["worst"], shown=row["shown"])
        for row in sorted(rows, key=lambda row: row["worst"] - row["best"])
    ]
    said += [] if rows else own.left_out()
    return Explained(own.name, pa.Table.from_pylist(rows, pa.schema(kinds)), said)
