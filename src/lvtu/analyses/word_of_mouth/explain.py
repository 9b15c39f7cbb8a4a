"""What one customer answered, wrote and did, and as what it counts in word of mouth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.analyses.explained import Called, Explained, Said, said_time
from lvtu.analyses.explained.rows import Events, Names, own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import lines_at
from lvtu.analyses.word_of_mouth.question import FATES, LABELS
from lvtu.core.sentences import Sentence

if TYPE_CHECKING:
    from lvtu.analyses.word_of_mouth.result import WordOfMouthResult

_ANSWERS = ("promoter", "passive", "detractor")


def explain(result: WordOfMouthResult, customer: str) -> Explained:
    """Say what of a customer counts.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question = result.question
    spec, snapshot = question.spec, question.snapshot
    own = own_rows(snapshot, spec, customer)
    block, found = own.block, list[tuple[int, int, str]]()
    sources = (
        (question.answers(block), _ANSWERS), (question.texts(block), LABELS), (question.promoters(block), FATES),
        (question.referrals(block), ("referral",)),
    )  # fmt: skip
    for some, kinds in sources:
        mine = lines_at(block, some.rows) == own.line
        for row, group, kind in zip(*(column[mine].tolist() for column in some), strict=True):
            found.append((row, group, kinds[kind]))
    found.sort(key=lambda one: one[0])
    events = Events(snapshot, block, [row for row, *_ in found])
    columns: dict[str, Any] = events.columns() | {"counts_as": pa.array([kind for *_, kind in found], pa.string())}
    groups = [question.groups[group] for _, group, _ in found]
    if spec.by:
        columns = {column_named(spec.by, columns): pa.array(groups, pa.string()), **columns}
    called = Names(result, spec.by or "")
    said: list[Sentence] = [Said("mouth", customer=own.name, things=len(found)) if found
                            else Said("mouth_not", customer=own.name)]  # fmt: skip
    for group, event, micros, (*_, kind) in zip(groups, events.names, events.micros, found, strict=True):
        told: Sentence = Said("mouth_told", event=event, time=said_time(micros), what=Called(f"mouth_{kind}"))
        where = called(group)
        place = where if isinstance(where, str | Sentence) else str(where)
        said.append(Said("counted_at", where=(place,), told=told) if spec.by else told)
    said += [] if found else own.left_out()
    return Explained(own.name, pa.table(columns), said)
