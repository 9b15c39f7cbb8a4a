"""One customer's time line: everything they did and said, in order, from all sources."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field

from lvtu.analyses.base import Result, Spec, names_in, view_of
from lvtu.core.record import RECORD
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import customer_named, whereabouts
from lvtu.store.journeys.snapshot import Snapshot


class TimelineSpec(Spec):
    """One customer's events.

    Attributes:
        customer: any identifier of theirs: a user id, an anonymous id, an email, …; former ones resolve too.
        limit: rows at most, the latest ones.
        since, until: select events.
    """

    analysis: ClassVar[str] = "timeline"

    customer: str
    limit: int = Field(default=10_000, ge=1)


SPEC = TimelineSpec


def run(spec: TimelineSpec, snapshot: Snapshot, engine: Engine) -> Result:
    """Answer the question: the record's fields of every event, in journey order, with the customer's name first.

    Raises:
        UnknownName: nobody has the identifier.
    """
    snapshot.prepare(names_in(spec.where))
    found = whereabouts(snapshot, spec.customer)
    if not found:
        raise UnknownName("customer", spec.customer, ())
    notes = []
    if len(found) > 1:
        names = tuple(customer_named(block, line) for block, line in found)
        notes.append(Note("several", name=spec.customer, customers=len(found), names=names))
    lines = [_event_ids(spec, snapshot, block, line) for block, line in found]
    customers = [pa.repeat(customer_named(*place), len(ids)) for place, ids in zip(found, lines, strict=True)]
    event_ids, customer = np.concatenate(lines), pa.concat_arrays(customers)
    if len(event_ids) > spec.limit:
        notes.append(Note("latest", shown=spec.limit, all=len(event_ids)))
        event_ids, customer = event_ids[-spec.limit :], customer[-spec.limit :]
    table = snapshot.lake.take(event_ids, RECORD.names).add_column(0, "customer", customer)
    return Result(spec, table, snapshot.token, notes)


def _event_ids(spec: TimelineSpec, snapshot: Snapshot, block: Block, line: int) -> Array:
    """The events of one line that the question selects, in order; only those shown are then looked up in the lake."""
    offsets = block.column("offsets")
    span = slice(int(offsets[line]), int(offsets[line + 1]))
    view = view_of(block, snapshot, spec.where)
    low, high = spec.span()
    times = block.column("time")[span]
    shown = (times >= low) & (times < high)
    if len(view):
        shown &= view[span].astype(bool)
    event_ids: Array = block.column("event_id")[span][shown].astype(np.int64)
    return event_ids
