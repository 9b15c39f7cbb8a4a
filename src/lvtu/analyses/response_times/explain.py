"""The waits of one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Took, said_time
from lvtu.analyses.explained.rows import Events, own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import lines_at
from lvtu.analyses.response_times.question import UNTIMED
from lvtu.core.units import moment

if TYPE_CHECKING:
    from lvtu.analyses.response_times.result import ResponseTimesResult


def explain(result: ResponseTimesResult, customer: str) -> Explained:
    """Say how long a customer waited, each time.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    from lvtu.analyses.response_times.result import FATES

    question = result.question
    spec, snapshot = question.spec, question.snapshot
    own = own_rows(snapshot, spec, customer)
    block, waits = own.block, question.waits(own.block)
    mine = np.flatnonzero(lines_at(block, waits.starts) == own.line)
    time = pa.timestamp("us", "UTC")
    kinds = {"start": pa.string(), "time": time, "end": pa.string(), "answered": time, "took": pa.int64(),
             "fate": pa.string()}  # fmt: skip
    kinds = {column_named(spec.by, kinds): pa.string(), **kinds} if spec.by else kinds
    called = {fate: name for name, fate in FATES.items()}
    rows: list[dict[str, Any]] = []
    said = [Said("response", customer=own.name, waits=len(mine)) if len(mine)
            else Said("response_not", customer=own.name)]  # fmt: skip
    for place in mine.tolist():
        start, end, fate = int(waits.starts[place]), int(waits.ends[place]), int(waits.fate[place])
        events = Events(snapshot, block, [start, *([end] if end >= 0 else [])])
        took = None if fate == UNTIMED else int(waits.took[place])
        row = {"start": str(events.names[0]), "time": moment(int(events.micros[0])),
               "end": str(events.names[1]) if end >= 0 else None,
               "answered": moment(int(events.micros[1])) if end >= 0 else None, "took": took,
               "fate": called[fate]}  # fmt: skip
        group = question.groups[int(question.cells_at(block, waits.starts[[place]])[0]) % len(question.groups)]
        rows.append({next(iter(kinds)): group, **row} if spec.by else row)
        values = {"event": events.names[0], "time": said_time(int(events.micros[0]))}
        if end >= 0:
            values |= {"answer": events.names[1], "at": said_time(int(events.micros[1]))}
        if took is not None:
            values["took"] = Took(took)
        said.append(Said(f"response_{called[fate]}" if end >= 0 or fate == UNTIMED else "response_waits", **values))
    said += [] if rows else own.left_out()
    return Explained(own.name, pa.Table.from_pylist(rows, pa.schema(kinds)), said)
