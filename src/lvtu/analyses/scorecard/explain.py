"""What one customer told of attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.analyses.explained import Called, Explained, Said, said_time
from lvtu.analyses.explained.rows import Events, Names, own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import lines_at
from lvtu.analyses.scorecard.question import SOURCES, Perceived
from lvtu.core.sentences import Sentence

if TYPE_CHECKING:
    from lvtu.analyses.scorecard.result import ScorecardResult


def explain(result: ScorecardResult, customer: str) -> Explained:
    """Say what a customer told of attributes.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question, width = result.question, len(result.attributes)
    own = own_rows(question.snapshot, question.spec, customer)
    told = question.perceived(own.block)
    mine = Perceived(*(column[lines_at(own.block, told.rows) == own.line] for column in told))
    events = Events(question.snapshot, own.block, mine.rows.tolist())
    names = [result.attributes[cell % width] for cell in mine.cells.tolist()]
    sources, points = [SOURCES[one] for one in mine.sources.tolist()], mine.points.tolist()
    columns: dict[str, Any] = {"attribute": pa.array(names, pa.string()), **events.columns()}
    columns |= {"source": pa.array(sources, pa.string()), "points": pa.array(points, pa.float64())}
    groups = [question.groups[cell // width] for cell in mine.cells.tolist()]
    by = question.spec.by
    if by:
        columns = {column_named(by, columns): pa.array(groups, pa.string()), **columns}
    called = Names(result, by or "")
    said: list[Sentence] = [Said("card", customer=own.name, things=len(names)) if names
                            else Said("card_not", customer=own.name)]  # fmt: skip
    for group, name, event, micros, source, one in zip(
        groups, names, events.names, events.micros, sources, points, strict=True
    ):
        shown = Called(result.marks[name]) if name in result.marks else name
        sentence: Sentence = Said(
            f"card_{source}", event=event, time=said_time(micros), attribute=shown, points=f"{one:.0f}"
        )
        where = called(group)
        place = where if isinstance(where, str | Sentence) else str(where)
        said.append(Said("counted_at", where=(place,), told=sentence) if by else sentence)
    said += [] if names else own.left_out()
    return Explained(own.name, pa.table(columns), said)
