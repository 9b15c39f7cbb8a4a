"""Lists of customers: from identifiers that people give to an event of each customer, which stays theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_COLUMNS = ("event_id", "user_id", "anonymous_id", "identifiers")


class Listed(NamedTuple):
    """The customers of a list.

    Attributes:
        events: the id of an event of each, ascending: one that carries an identifier of the list.
        unknown: identifiers that nobody has.
        shared: identifiers that several customers have.
    """

    events: list[int]
    unknown: list[str]
    shared: list[str]


def members_of(snapshot: Snapshot, identifiers: Sequence[str]) -> Listed:
    """Find the customers that some identifiers belong to.

    As in `lvtu.store.journeys.find.whereabouts`, a customer of that name comes before others who own events that
    carry it. All are looked for in one pass over the lake.

    Args:
        snapshot: whose customers.
        identifiers: of any kind.
    """
    wanted = pa.array(list(dict.fromkeys(identifiers)), pa.string())
    which, events, kinds = _carrying(snapshot, wanted)
    owners, named = _owners(snapshot, wanted, events)
    there = owners >= 0
    which, events, kinds, owners = which[there], events[there], kinds[there], owners[there]
    by_name = np.isin(which << 32 | owners, named)
    has_name = np.zeros(len(wanted), bool)
    has_name[which[by_name]] = True
    meant = by_name | ~has_name[which]
    order = np.lexsort((events[meant], kinds[meant], which[meant]))
    which, events, owners = which[meant][order], events[meant][order], owners[meant][order]
    count = np.bincount(np.unique(which << 32 | owners) >> 32, minlength=len(wanted))
    first = np.flatnonzero(np.diff(which, prepend=-1))
    first = first[count[which[first]] == 1]
    _, once = np.unique(owners[first], return_index=True)  # who is listed by two identifiers is one member
    texts = wanted.to_pylist()
    unknown, shared = ([texts[place] for place in np.flatnonzero(found)] for found in (count == 0, count > 1))
    return Listed(sorted(events[first[once]].tolist()), unknown, shared)


def _carrying(snapshot: Snapshot, wanted: pa.Array) -> tuple[Array, Array, Array]:
    """The events that carry an identifier: which one, the event's id, and of which kind, the surest first."""
    found: list[tuple[Array, Array, Array]] = [(np.empty(0, np.int64),) * 3]
    for batch in snapshot.lake.read(_COLUMNS):
        ids = batch.column("event_id").to_numpy()
        for kind, name in enumerate(_COLUMNS[1:3]):
            found.append(_hits(batch.column(name), wanted, ids, kind))
        maps = batch.column("identifiers")
        if maps.null_count < len(maps):
            found.append(_hits(maps.items, wanted, np.repeat(ids, np.diff(maps.offsets.to_numpy())), 2))
    which, events, kinds = (np.concatenate(part) for part in zip(*found, strict=True))
    return which, events, kinds


def _hits(texts: pa.Array, wanted: pa.Array, ids: Array, kind: int) -> tuple[Array, Array, Array]:
    which = pc.fill_null(pc.index_in(texts, wanted, skip_nulls=True), -1).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(which >= 0)
    return which[rows].astype(np.int64), ids[rows], np.full(len(rows), kind)


def _owners(snapshot: Snapshot, wanted: pa.Array, events: Array) -> tuple[Array, Array]:
    """Whose each event is, as a number, -1 for nobody's; and who is called by an identifier: ``which << 32 | who``."""
    ids, places = np.unique(events, return_inverse=True)
    owner, named, before = np.full(len(ids), -1, np.int64), [np.empty(0, np.int64)], 0
    for block in snapshot.blocks:
        kept = block.keep if len(block.keep) else np.ones(block.customers, np.uint8)
        event_ids = block.column("event_id")
        rows = np.flatnonzero(np.isin(event_ids, ids))
        lines = np.searchsorted(block.column("offsets"), rows, side="right") - 1
        rows, lines = rows[kept[lines] != 0], lines[kept[lines] != 0]
        owner[np.searchsorted(ids, event_ids[rows])] = before + lines
        called = pc.fill_null(pc.index_in(block.names().cast(pa.string()), wanted), -1).to_numpy(zero_copy_only=False)
        lines = np.flatnonzero((called >= 0) & (kept != 0))
        named.append(called[lines].astype(np.int64) << 32 | (before + lines))
        before += block.customers
    return owner[places], np.concatenate(named)
