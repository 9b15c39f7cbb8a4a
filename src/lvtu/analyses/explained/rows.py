"""A customer's events as explanations tell them: which exist for a question, why the others do not, what they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, Spec, mask_of, view_of
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.explained import Called, Said, Titled, Took, found, said_time, times
from lvtu.analyses.members import ALWAYS, rows_of
from lvtu.core.sentences import Term, Value
from lvtu.core.words import LANGS
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import Place, customer_named
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Own:
    """One customer's events.

    Attributes:
        block, line: where they are.
        name: what the customer is called.
        rows: those that exist for the question, in order.
        ruled_out: how many its condition rules out.
        outside: how many others lie outside its ``since`` and ``until``.
        earlier: how many others are too many for it, the first ones.
    """

    block: Block
    line: int
    name: str
    rows: Array
    ruled_out: int
    outside: int
    earlier: int = 0

    def left_out(self) -> list[Said]:
        """Why some of their events do not exist for the question: a sentence for each reason there is."""
        return left_out(ruled_out=self.ruled_out, outside=self.outside, earlier=self.earlier)


def own_rows(snapshot: Snapshot, spec: Spec, customer: str) -> Own:
    """Find a customer's events, and which of them exist for a question.

    Raises:
        UnknownName: nobody has the identifier.
        Erased: somebody was forgotten since the answer was counted.
    """
    return own_at(snapshot, spec, found(snapshot, customer)[0])


def own_at(snapshot: Snapshot, spec: Spec, place: Place) -> Own:
    """A customer's events, and which of them exist for a question."""
    block, line = place
    offsets = block.column("offsets")
    rows = np.arange(int(offsets[line]), int(offsets[line + 1]))
    there, fits = view_of(block, snapshot, None), mask_of(block, spec.where)
    rows = rows[there[rows] != 0] if len(there) else rows
    fitting = rows[fits[rows] != 0] if len(fits) else rows
    low, high = spec.span()
    time = block.column("time")[fitting]
    shown = fitting[(time >= low) & (time < high)]
    name = customer_named(block, line)
    return Own(block, line, name, shown, len(rows) - len(fitting), len(fitting) - len(shown))


def left_out(**events: int) -> list[Said]:
    """A sentence for each reason for which some events are left out (``explain.REASON`` in the words)."""
    return [Said(reason, events=number) for reason, number in events.items() if number]


def rows_of_line(block: Block, line: int, rows: Array) -> Array:
    """Those of some rows (ascending) that are a customer's."""
    offsets = block.column("offsets")
    low, high = np.searchsorted(rows, offsets[line : line + 2])
    return rows[low:high]


def of_code(block: Block, codes: Sequence[int] | None) -> Array:
    """Which rows have one of some event codes (None: any), one byte each."""
    if codes is None:
        return np.ones(block.rows, np.uint8)
    return np.isin(block.column("event"), codes).view(np.uint8)


def nothing_counted(
    snapshot: Snapshot, place: Place, fits: Array, *conditions: str | None, span: tuple[int, int] = ALWAYS
) -> Said:
    """Why nothing of a customer's is counted: what of it is missing.

    Args:
        snapshot, place: whose.
        fits: which rows of the block are of the kind that is asked for, one byte each.
        conditions: what must be true of them besides.
        span: from when on they count, and before when, µs.
    """
    block, line = place
    every, true = (rows_of_line(block, line, rows_of(block, snapshot, *some)) for some in ((), conditions))
    every, true = every[fits[every] != 0], true[fits[true] != 0]
    if not len(every):
        return Said("none_there")
    if not len(true):
        return Said("none_true", events=len(every))
    assert span != ALWAYS, "then they would count"
    return Said("none_in_time", events=len(true))


def without_value(own: Own, by: str, used: Collection[int] = ()) -> list[Said]:
    """That some events have no value in a column, if any but those that are used all the same."""
    codes = own.block.codes(by)[0][own.rows]
    lacking = len(set(own.rows[codes == 0].tolist()) - set(used))
    called: Value = Term(by) if by in ("channel", "stage", "touchpoint") else by
    return [Said("without_value", events=lacking, column=called)] if lacking else []


class Names:
    """What the values of a column are called in sentences, in the reader's language.

    Args:
        result: the answer that they stand in.
        column: the column.
    """

    def __init__(self, result: Result, column: str) -> None:
        self._marks = result.marks
        self._zh, self._en = (result.naming.names(column, lang) for lang in LANGS)

    def __call__(self, name: str | None) -> Value:
        """What one of them is called; None is missing."""
        if name is None:
            return Term("missing")
        if name in self._marks:
            return Called(self._marks[name])
        return Titled(self._zh[name], self._en[name]) if name in self._zh else name


class Events:
    """Some events as columns of a table.

    Args:
        snapshot: where they are.
        block: their block.
        rows: theirs there; None where there is no event.

    Attributes:
        micros: when they were.
        names: what happened.
        message_ids: which ones they are.
    """

    def __init__(self, snapshot: Snapshot, block: Block, rows: Sequence[int | None]) -> None:
        there = np.array([row for row in rows if row is not None], np.int64)
        ids = block.column("event_id")[there].astype(np.int64).tolist()
        called = message_ids(snapshot, ids)
        self.micros = _spread(rows, block.column("time")[there].tolist())
        self.names = _spread(rows, [snapshot.events[code] for code in block.column("event")[there].tolist()])
        self.message_ids = _spread(rows, [called[id_] for id_ in ids])

    def columns(self) -> dict[str, pa.Array]:
        """``event``, ``time``, ``message_id``."""
        text = pa.string()
        return {
            "event": pa.array(self.names, text), "time": times(self.micros),
            "message_id": pa.array(self.message_ids, text),
        }  # fmt: skip


def _spread(rows: Sequence[int | None], values: list[Any]) -> list[Any]:
    """Values of the rows that are there, None for the others."""
    left = iter(values)
    return [None if row is None else next(left) for row in rows]


class Transitions:
    """What led from one event to another.

    Args:
        snapshot, block: where they are.
        sources, targets: the rows; None where there is no event.
        ends: what they are called in the answer.

    Attributes:
        sources, targets: the events.
        took: the time between them, µs; None where one of both is no event, or its time is not exact.
    """

    def __init__(
        self, snapshot: Snapshot, block: Block, sources: Sequence[int | None], targets: Sequence[int | None],
        ends: Sequence[tuple[str | None, str | None]],
    ) -> None:  # fmt: skip
        snapshot.prepare({"time_basis"})
        time, exact = block.column("time"), exact_rows(block)
        self.sources, self.targets = (Events(snapshot, block, rows) for rows in (sources, targets))
        self.ends = list(ends)
        self.took = [
            None if a is None or b is None or (len(exact) and not (exact[a] and exact[b])) else int(time[b] - time[a])
            for a, b in zip(sources, targets, strict=True)
        ]

    def columns(self) -> dict[str, pa.Array]:
        """``source``, ``target``, ``began``, ``ended``, ``time`` (µs), ``source_message_id``, ``target_message_id``."""
        text, (near, far) = pa.string(), ([pair[side] for pair in self.ends] for side in (0, 1))
        return {
            "source": pa.array(near, text), "target": pa.array(far, text),
            "began": times(self.sources.micros), "ended": times(self.targets.micros),
            "time": pa.array(self.took, pa.int64()),
            "source_message_id": pa.array(self.sources.message_ids, text),
            "target_message_id": pa.array(self.targets.message_ids, text),
        }  # fmt: skip

    def said(self, code: str, called: Names) -> list[Said]:
        """A sentence each (``explain.CODE`` in the words; without its duration, ``CODE_untimed``)."""
        told = []
        for (source, target), began, took in zip(self.ends, self.sources.micros, self.took, strict=True):
            values: dict[str, Value] = {"source": called(source), "target": called(target), "began": said_time(began)}
            told.append(Said(f"{code}_untimed", **values) if took is None else Said(code, **values, time=Took(took)))
        return told


def neighbours(snapshot: Snapshot, block: Block, by: str, rows: Array, which: Array | None = None) -> Transitions:
    """What led from each of some rows to the next one, called by their values in a column.

    Args:
        snapshot, block: where they are.
        by: the column.
        rows: theirs, in order.
        which: of which pairs of neighbours; all if not given.
    """
    which = np.ones(max(len(rows) - 1, 0), bool) if which is None else which
    sides = rows[:-1][which], rows[1:][which]
    codes, names = block.codes(by)
    told = [[names[code] if code else None for code in codes[side].tolist()] for side in sides]
    sources, targets = (side.tolist() for side in sides)
    return Transitions(snapshot, block, sources, targets, list(zip(*told, strict=True)))


def message_ids(snapshot: Snapshot, event_ids: list[int]) -> dict[int | None, str]:
    """The message ids of some events; only the parts of the log that hold them are read."""
    found = snapshot.lake.take(np.array(event_ids, np.int64), ["message_id"])
    return dict(zip(event_ids, found["message_id"].to_pylist(), strict=True))
