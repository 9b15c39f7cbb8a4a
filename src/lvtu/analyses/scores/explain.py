"""Which answers of one customer count in scores, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, found, said_period, said_time, times
from lvtu.analyses.explained.rows import Events, Names, nothing_counted, rows_of_line
from lvtu.analyses.explained.scores import scores_at
from lvtu.analyses.groups import column_named
from lvtu.analyses.means import count
from lvtu.core.sentences import Sentence, Value
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.scores.question import ScoresQuestion
    from lvtu.analyses.scores.result import ScoresResult


def explain(result: ScoresResult, question: ScoresQuestion, customer: str) -> Explained:
    """Say which answers of a customer count.

    Args:
        result: the answer.
        question: what it answers.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    block, line = place
    rows = rows_of_line(block, line, question.answers(block))
    events, scores = Events(snapshot, block, rows.tolist()), scores_at(block, rows, question.measure.column)
    scores = scores if spec.weighted else [score._replace(weight=None) for score in scores]
    groups = [question.groups[code] for code in question.group(block, rows).tolist()]
    starts = question.boundaries[question.period(block, rows)].tolist()
    columns = {"period": times(starts)} if spec.period else {}
    columns |= events.columns() | {
        "score": pa.array([score.value for score in scores], pa.float64()),
        "scale": pa.array([score.scale for score in scores], pa.string()),
        "weight": pa.array([score.weight for score in scores], pa.float64()),
    }
    parts = [question.measure.part_of(score.value) for score in scores]
    if any(part is not None for part in parts):
        columns["counts_as"] = pa.array(parts, pa.string())
    if spec.by:
        columns = {column_named(spec.by, columns): pa.array(groups, pa.string()), **columns}
    called = Names(result, spec.by or "")
    said: list[Sentence] = [Said("scores", customer=name, answers=len(rows))]
    for at, (event, micros, score, part) in enumerate(zip(events.names, events.micros, scores, parts, strict=True)):
        told = Said("answer", event=event, time=said_time(micros), score=score.said())
        told = told if part is None else Said(f"answer_{part}", told=told)
        where: tuple[str | Sentence, ...] = (said_period(starts[at], spec.zone),) if spec.period else ()
        where += (_text(called(groups[at])),) if spec.by else ()
        said.append(Said("counted_at", where=where, told=told) if where else told)
    if not len(rows):
        said.append(
            nothing_counted(snapshot, place, _fits(question, block), spec.where, spec.event_where, span=spec.span())
        )
    return Explained(name, pa.table(columns), said)


def _text(value: Value) -> str | Sentence:
    return value if isinstance(value, str | Sentence) else str(value)


def _fits(question: ScoresQuestion, block: Block) -> Array:
    """Which rows hold an answer on the scale, whenever it was given and whatever is true of it, one byte each."""
    asked = np.ones(block.rows, bool) if question.codes is None else np.isin(block.column("event"), question.codes)
    score, weight = question.scores(block), block.numbers("weight")
    on = count(score, weight if question.spec.weighted else np.full(block.rows, np.nan))
    on &= (question.scales(block) == question.scale()) & (score >= question.low) & (score <= question.high)
    fits: Array = (asked & on).view(np.uint8)
    return fits
