"""Where one customer puts each feature, and by which answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said
from lvtu.analyses.explained.rows import own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.kano.formulas import ANSWERS, kano
from lvtu.core.sentences import Term
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.kano.result import KanoResult


def explain(result: KanoResult, snapshot: Snapshot, customer: str) -> Explained:
    """Say where a customer puts each feature.

    Args:
        result: the answer.
        snapshot: of what.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    from lvtu.analyses.kano.result import WORDS

    question, by = result.question, result.asked.by
    kinds = dict.fromkeys(("feature", "functional", "dysfunctional", "category"), pa.string())
    kinds = {column_named(by, kinds): pa.string(), **kinds} if by else kinds
    own = own_rows(snapshot, result.spec, customer)
    rows: list[dict[str, Any]] = []
    if question is not None:
        lines, groups, features, there, missing = question.given(own.block)
        for place in np.flatnonzero(lines == own.line).tolist():
            pair = ANSWERS[there[place]], ANSWERS[missing[place]]
            row = {"feature": question.features[features[place]], "functional": pair[0], "dysfunctional": pair[1],
                   "category": WORDS[kano(*pair)]}  # fmt: skip
            rows.append({next(iter(kinds)): question.groups[groups[place]], **row} if by else row)
    said = [Said("kano", customer=own.name, features=len(rows)) if rows else Said("kano_not", customer=own.name)]
    said += [
        Said("kano_answer", feature=str(row["feature"]), category=Term(f"kano_{row['category']}"),
             functional=Term(f"kano_answer_{row['functional']}"),
             dysfunctional=Term(f"kano_answer_{row['dysfunctional']}"))
        for row in rows
    ]  # fmt: skip
    said += [] if rows else own.left_out()
    return Explained(own.name, pa.Table.from_pylist(rows, pa.schema(kinds)), said)
