"""What of one customer counts in touchpoint quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Called, Explained, Said, said_time
from lvtu.analyses.explained.rows import Events, Names, own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import lines_at
from lvtu.analyses.touchpoint_quality.blends import PARTS
from lvtu.core.sentences import Sentence

if TYPE_CHECKING:
    from lvtu.analyses.touchpoint_quality.result import TouchpointQualityResult


def explain(result: TouchpointQualityResult, customer: str) -> Explained:
    """Say what of a customer counts.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    from lvtu.analyses.touchpoint_quality.result import counted

    question = result.question
    spec, snapshot = question.spec, question.snapshot
    own = own_rows(snapshot, spec, customer)
    block, (told, cells) = own.block, question.told(own.block)
    found = [
        (row, cell, PARTS[part], points)
        for row, cell, part, points in zip(
            told.rows.tolist(), cells.tolist(), told.parts.tolist(), told.points.tolist(), strict=True
        )
    ]
    for part in ("reliability", "punctuality"):
        found += [(row, cell, part, 0.0) for row, cell in zip(*map(np.ndarray.tolist, counted(question, block, part)),
                                                              strict=True)]  # fmt: skip
    mine = sorted(one for one in found if lines_at(block, np.array([one[0]]))[0] == own.line)
    events = Events(snapshot, block, [row for row, *_ in mine])
    groups = [question.groups[cell % len(question.groups)] for _, cell, *_ in mine]
    columns: dict[str, Any] = events.columns() | {
        "part": pa.array([part for *_, part, _ in mine], pa.string()),
        "points": pa.array([points for *_, points in mine], pa.float64()),
    }
    if spec.by:
        columns = {column_named(spec.by, columns): pa.array(groups, pa.string()), **columns}
    called = Names(result, spec.by or "")
    said: list[Sentence] = [Said("quality", customer=own.name, things=len(mine)) if mine
                            else Said("quality_not", customer=own.name)]  # fmt: skip
    for group, event, micros, (*_, part, points) in zip(groups, events.names, events.micros, mine, strict=True):
        told_at: Any = {"event": event, "time": said_time(micros)}
        if part in ("reliability", "punctuality"):
            one: Sentence = Said(f"quality_{part}", **told_at)
        else:
            one = Said("quality_told", **told_at, part=Called(f"quality_{part}"), points=f"{points:.0f}")
        where = called(group)
        said.append(Said("counted_at", where=(where if isinstance(where, str | Sentence) else str(where),), told=one)
                    if spec.by else one)  # fmt: skip
    said += [] if mine else own.left_out()
    return Explained(own.name, pa.table(columns), said)
