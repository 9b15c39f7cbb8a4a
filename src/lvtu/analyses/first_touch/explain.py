"""With which event one customer began, and the score given there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, said_time
from lvtu.analyses.explained.rows import Events, Names, own_rows
from lvtu.analyses.explained.scores import Score, scores_at
from lvtu.analyses.groups import column_named
from lvtu.analyses.means import count

if TYPE_CHECKING:
    from lvtu.analyses.first_touch import FirstTouch, FirstTouchResult


def explain(result: FirstTouchResult, question: FirstTouch, customer: str) -> Explained:
    """Say with which event a customer began.

    Args:
        result: the answer.
        question: what it answers.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    own, by = own_rows(question.snapshot, question.spec, customer), question.spec.by
    who, rows = question.firsts(own.block)
    rows = rows[who == own.line]
    events, (codes, names) = Events(question.snapshot, own.block, rows.tolist()), own.block.codes(by)
    touches = [names[code] if code else None for code in codes[rows].tolist()]
    given = count(own.block.numbers("score")[rows], own.block.numbers("weight")[rows])
    scores: list[Score | None] = [*scores_at(own.block, rows[given])] or [None] * len(rows)
    columns = events.columns() | {
        "scale": pa.array([score and score.scale for score in scores], pa.string()),
        "score": pa.array([score and score.value for score in scores], pa.float64()),
        "weight": pa.array([score and score.weight for score in scores], pa.float64()),
    }
    if by != "event":
        columns = {column_named(by, columns): pa.array(touches, pa.string()), **columns}
    called, said = Names(result, by), []
    for touch, name, micros, score in zip(touches, events.names, events.micros, scores, strict=True):
        said.append(Said("first_touch", customer=own.name, touch=called(touch), event=name, time=said_time(micros)))
        said += [] if score is None else [Said("first_score", score=score.said())]
    said = said or [Said("first_touch_none", customer=own.name)]
    return Explained(own.name, pa.table(columns), [*said, *own.left_out()])
