"""Who is behind figures of two sides, and what one customer answered to both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.explained import Called, Explained, Said, said_time
from lvtu.analyses.explained.rows import Events, Names, own_rows
from lvtu.analyses.groups import column_named
from lvtu.analyses.members import Group, Members, code_of, lines_at, names_of
from lvtu.analyses.points.sides import SidesQuestion
from lvtu.core.sentences import Sentence
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array


def customers_of(
    result: Any, question: SidesQuestion, group: Group, item: Group, side: str | None, sides: Sequence[str],
    column: str, *, limit: int | None, offset: int,
) -> list[str]:  # fmt: skip
    """The customers of an answer about two sides.

    Args:
        result, question: the answer, and what it answers.
        group, item: of which place and of what; of all if not given.
        side: who answered it; either if not given.
        sides: what both are called.
        column: what items are values of.
        limit, offset: a page of them.

    Raises:
        UnknownName: there is no such group, item or side.
    """
    if side is not None and side not in sides:
        raise UnknownName("value", side, sides, column="side")
    if item is not ... and item not in question.items:
        raise UnknownName("value", str(item), [one for one in question.items if one], column=column)
    code = None if group is ... else code_of(question.snapshot, question.by, group)
    number = None if item is ... else question.items.index(item)

    def lines(block: Block) -> Array:
        told = question.counted(question.answers(block))
        places, things = np.divmod(told.cells, len(question.items))
        chosen = np.ones(len(told.rows), bool) if side is None else told.sides == sides.index(side)
        chosen &= True if code is None else places == code
        chosen &= True if number is None else things == number
        return lines_at(block, told.rows[chosen])

    return names_of(result.engine, question.snapshot, Members(question.reads(), lines), limit, offset)


def explain_sides(
    result: Result, question: SidesQuestion, customer: str, sides: Sequence[str], word: str
) -> Explained:  # fmt: skip
    """What of one customer counts: a row for each answer.

    Args:
        result, question: the answer, and what it answers.
        customer: any identifier of theirs.
        sides: what both sides are called.
        word: which sentences say it (``explain.WORD``, ``explain.WORD_not``).

    Raises:
        UnknownName: nobody has the identifier.
    """
    own = own_rows(question.snapshot, question.spec, customer)
    told = question.counted(question.answers(own.block))
    mine = told.where(lines_at(own.block, told.rows) == own.line)
    mine = mine.where(np.argsort(mine.rows, kind="stable"))
    events, by = Events(question.snapshot, own.block, mine.rows.tolist()), question.by
    codes, names = own.block.codes(question.item) if question.item else (np.zeros(own.block.rows, np.uint8), ("",))
    items = [str(names[code]) if code else None for code in codes[mine.rows].tolist()]
    groups = [question.groups[cell // len(question.items)] for cell in mine.cells.tolist()]
    called = [sides[side] for side in mine.sides.tolist()]
    points = mine.points.tolist()
    columns: dict[str, Any] = {"item": pa.array(items, pa.string()), **events.columns()}
    columns |= {"side": pa.array(called, pa.string()), "points": pa.array(points, pa.float64())}
    if by:
        columns = {column_named(by, columns): pa.array(groups, pa.string()), **columns}
    place = Names(result, by or "")
    said: list[Sentence] = [Said(word, customer=own.name, answers=len(items)) if items
                            else Said(f"{word}_not", customer=own.name)]  # fmt: skip
    for group, item, event, micros, side, one in zip(
        groups, items, events.names, events.micros, called, points, strict=True
    ):
        about = {"event": event, "time": said_time(micros), "side": Called(f"side_{side}"), "points": f"{one:.0f}"}
        sentence: Sentence = Said("side_of", **about, item=item) if item else Said("side", **about)
        where = place(group)
        shown = where if isinstance(where, str | Sentence) else str(where)
        said.append(Said("counted_at", where=(shown,), told=sentence) if by else sentence)
    said += [] if items else own.left_out()
    return Explained(own.name, pa.table(columns), said)
