"""In which of some segments one customer is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, found
from lvtu.analyses.explained.rows import nothing_counted, of_code
from lvtu.analyses.segment.explain import Labelled, reasons
from lvtu.analyses.whom import rows_shown
from lvtu.core.sentences import Sentence

if TYPE_CHECKING:
    from lvtu.analyses.overlap import Overlap

_SCHEMA = pa.schema(
    {"segment": pa.string(), "inside": pa.bool_(), "condition": pa.string(), "holds": pa.bool_(), "events": pa.int64()}
)


def explain(question: Overlap, names: list[str], customer: str) -> Explained:
    """Say in which of the segments a customer is, and why.

    Args:
        question: the overlap.
        names: what its segments are called.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    block, line = place
    lines, sets = question.sets(block)
    mine = sets[np.flatnonzero(lines == line)].tolist()
    if not mine:
        said = [
            Said("overlap_nowhere", customer=name),
            nothing_counted(snapshot, place, of_code(block, None), spec.where, span=spec.span()),
        ]
        return Explained(name, _SCHEMA.empty_table(), said)
    shown, rows = rows_shown(spec, snapshot, block), []
    number = bin(mine[0]).count("1")
    told: list[Sentence] = [Said("overlap", customer=name, number=number, segments=len(names))]
    for bit, (segment, condition) in enumerate(zip(names, spec.segments, strict=True)):
        inside = bool(mine[0] >> bit & 1)
        told.append(Said("overlap_in" if inside else "overlap_out", segment=Labelled(condition)))
        for part in reasons(condition, block, line, shown):
            told.append(Said("because", reason=part.said))
            rows.append({"segment": segment, "inside": inside, "condition": part.condition, "holds": part.holds,
                         "events": part.events})  # fmt: skip
    return Explained(name, pa.Table.from_pylist(rows, _SCHEMA), told)
