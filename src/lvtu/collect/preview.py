"""Looking before reading: what a mapping makes of the first rows of a source. Nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.asked import AskedIn, asked_in
from lvtu.collect.columns import Column, columns_of
from lvtu.collect.frames import Frame
from lvtu.collect.guess import Guess, guess
from lvtu.collect.mapping import Mapping
from lvtu.collect.people import RowCustomers
from lvtu.collect.plan import plan
from lvtu.collect.read import first_parts
from lvtu.collect.shape import shape
from lvtu.core.record import RECORD
from lvtu.core.sentences import Note, Reason, gathered


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble that rows have.

    Attributes:
        field: the field of the record at fault; ``row`` or ``file`` where a row could not be taken apart.
        columns: the columns that feed it.
        reason: why the first of the rows is refused.
        rows: how many have it.
        values: how many different values they have there.
    """

    field: str
    columns: tuple[str, ...]
    reason: Reason
    rows: int
    values: int


@dataclass(frozen=True)
class Preview:
    """What a mapping makes of the first rows of a source.

    Attributes:
        rows: how many were looked at.
        whole: whether the source has no more.
        events: how many events they become.
        customers: of how many customers.
        names: the events' names, most frequent first.
        refused: how many rows would be set aside.
        sample: the first records.
        troubles: why rows would be set aside, most frequent first.
        notes: what is to be known about how the source is read.
        questions: of a survey's export what was asked.
        responses: to it.
    """

    rows: int
    whole: bool
    events: int
    customers: int
    names: dict[str, int]
    refused: int
    sample: pa.Table
    troubles: tuple[Trouble, ...]
    notes: tuple[Note, ...]
    questions: tuple[AskedIn, ...] = ()
    responses: int = 0


def look(source: Any) -> tuple[Guess, list[Column]]:
    """A proposed mapping, and what each column holds and feeds by it.

    Raises:
        BadInput: the source cannot be read at all, or is empty.
    """
    found = guess(source)
    return found, columns_of(source, found.mapping)


def preview(source: Any, mapping: Any, rows: int = 5_000, shown: int = 20) -> Preview:
    """What a mapping makes of the first rows of a source.

    Args:
        source: see `lvtu.collect.read`.
        mapping: see `Mapping`.
        rows: how many to look at.
        shown: how many records to give back.

    Raises:
        BadInput: the source cannot be read at all, or the mapping does not fit it.

    Example:
        >>> found = preview([{"user_id": "ann", "event": "Visit", "time": t} for t in ("2026-01-01", "soon")], {})
        >>> found.rows, found.events, found.customers, found.names
        (2, 1, 1, {'Visit': 1})
        >>> [(trouble.field, trouble.columns, trouble.reason) for trouble in found.troubles]
        [('time', ('time',), Reason('time', value='soon'))]
    """
    chosen = Mapping.load(mapping)
    first = first_parts(source, chosen, rows)
    people = RowCustomers()
    records = [RECORD.empty_table()]
    refused: Counter[tuple[str, Reason]] = Counter()
    bad = 0
    for frame in first.frames:
        table, troubles = shape(frame, chosen, people)
        records.append(table)
        bad += len({row for row, _, _ in troubles})
        refused.update((field, reason) for _, field, reason in troubles)
    for row in first.rejected.to_pylist(maps_as_pydicts="strict"):
        bad += 1
        refused[row["field"], Reason.kept(row["reason"], row["reason_code"], row["reason_values"])] += 1
    found = pa.concat_tables(records)
    read = sum(len(frame.numbers) for frame in first.frames)
    asked, responses = asked_in(found)
    return Preview(
        questions=asked,
        responses=responses,
        rows=read + first.rejected.num_rows,
        whole=first.whole,
        events=found.num_rows,
        customers=_customers(found),
        names=dict(Counter(found["event"].to_pylist()).most_common()),
        refused=bad,
        sample=found.slice(0, shown),
        troubles=tuple(_troubles(refused, _feeding(chosen, first.frames))),
        notes=tuple(first.notes),
    )


def _customers(records: pa.Table) -> int:
    known = pc.binary_join_element_wise("user", records["user_id"], "/")
    other = pc.binary_join_element_wise("anonymous", records["anonymous_id"], "/")
    return int(pc.count_distinct(pc.coalesce(known, other)).as_py())


def _feeding(mapping: Mapping, frames: list[Frame]) -> dict[str, tuple[str, ...]]:
    """Field → the columns that feed it."""
    if not frames:
        return {}
    planned = plan(mapping, frames[0])
    found: dict[str, dict[str, None]] = {}
    for event in planned.events:
        for field, feed in event.feeds.items():
            found.setdefault(field, {}).update(dict.fromkeys(feed.columns))
    found.setdefault("user_id", {}).update(found.get("anonymous_id", {}))  # whose a row is may come from either
    return {field: tuple(columns) for field, columns in found.items()}


def _troubles(refused: Counter[tuple[str, Reason]], feeding: dict[str, tuple[str, ...]]) -> list[Trouble]:
    fields: dict[str, dict[Reason, int]] = {}
    for (field, reason), rows in refused.items():
        fields.setdefault(field, {})[reason] = rows
    found = [
        Trouble(field, feeding.get(field, ()), reason, rows, values)
        for field, reasons in fields.items()
        for reason, rows, values in gathered(reasons)
    ]
    return sorted(found, key=lambda trouble: -trouble.rows)
