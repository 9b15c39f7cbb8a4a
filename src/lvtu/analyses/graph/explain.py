"""One customer's transitions: which of their events lead where in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said
from lvtu.analyses.explained.rows import Names, left_out, neighbours, own_rows
from lvtu.analyses.graph.members import places

if TYPE_CHECKING:
    from lvtu.analyses.graph import Graph, GraphResult


def explain(result: GraphResult, question: Graph, customer: str) -> Explained:
    """List a customer's transitions.

    Args:
        result: the answer.
        question: what it answers.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, called = question.spec, Names(result, question.spec.by)
    own = own_rows(question.snapshot, spec, customer)
    who, rows = places(question, own.block)
    rows = rows[who == own.line]
    near = np.diff(own.block.column("time")[rows]) <= question.within
    counted, apart = (neighbours(question.snapshot, own.block, spec.by, rows, which) for which in (near, ~near))
    if not len(rows):
        head = Said("graph_none", customer=own.name)
    else:
        codes, names = own.block.codes(spec.by)
        ends = [called(names[code] if code else None) for code in codes[rows[[0, -1]]].tolist()]
        head = Said("graph", customer=own.name, transitions=int(near.sum()), start=ends[0], end=ends[1])
    said = [head, *counted.said("transition", called), *apart.said("too_far_apart", called)]
    said += left_out(repeated=len(own.rows) - len(rows))
    return Explained(own.name, pa.table(counted.columns()), [*said, *own.left_out()])
