"""Finding a customer by any identifier."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.errors import Erased, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot

Place = tuple[Block, int]
"""A block and the customer's line in it."""


def customer_named(block: Block, line: int) -> str:
    """What a customer is called."""
    return str(block.names()[line].as_py())


def whereabouts(snapshot: Snapshot, identifier: str, kind: str | None = None) -> list[Place]:
    """The customers that an identifier belongs to: usually one, several for a shared device, none if unknown.

    A customer of that name comes first; then whoever owns events that carry the identifier as ``user_id``,
    ``anonymous_id`` or among the ``identifiers``. With a kind, only events that carry it as that count.
    """
    if kind is None:
        found = named(snapshot, identifier)
        if found:
            return found
    ids = np.sort(_event_ids(snapshot, identifier, kind))
    if not len(ids):
        return []
    found = []
    for block in snapshot.blocks:
        rows = np.flatnonzero(np.isin(block.column("event_id"), ids))
        if len(rows):
            lines = np.unique(np.searchsorted(block.column("offsets"), rows, side="right") - 1)
            found += [(block, int(line)) for line in lines if _shown(snapshot, block, int(line))]
    return found


def place_of(snapshot: Snapshot, identifier: str) -> Place:
    """Where a customer's time line is; of several that an identifier belongs to, the first.

    Raises:
        UnknownName: nobody has the identifier.
        Erased: somebody was forgotten since the snapshot was taken: what it holds is to be looked at no more.
    """
    if not snapshot.folder.is_dir():
        raise Erased("counted_before")
    found = whereabouts(snapshot, identifier)
    if not found:
        raise UnknownName("customer", identifier, ())
    return found[0]


def named(snapshot: Snapshot, name: str) -> list[Place]:
    """The customers who are called so: a user and an anonymous id may have the same text."""
    return [place for block in snapshot.blocks for place in _named(snapshot, block, name)]


def _named(snapshot: Snapshot, block: Block, name: str) -> list[Place]:
    lines = pc.indices_nonzero(pc.equal(block.names(), pa.scalar(name, pa.string()))).to_pylist()
    return [(block, int(line)) for line in lines if _shown(snapshot, block, int(line))]


def _shown(snapshot: Snapshot, block: Block, line: int) -> bool:
    """Whether a line counts, and had any event by the commit that is shown."""
    if len(block.keep) and not block.keep[line]:
        return False
    if snapshot.upto is None:
        return True
    offsets = block.column("offsets")
    commits = block.column("commit")[int(offsets[line]) : int(offsets[line + 1])]
    return bool((commits <= snapshot.upto).any())


def _event_ids(snapshot: Snapshot, identifier: str, kind: str | None) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The events that carry an identifier, of any kind or of one."""
    found = [np.empty(0, np.int64)]
    for batch in snapshot.lake.read(["event_id", "user_id", "anonymous_id", "identifiers"]):
        hit = np.zeros(batch.num_rows, bool)
        for name in ("user_id", "anonymous_id"):
            if kind in (None, name):
                hit |= _equals(batch.column(name), identifier)
        maps = batch.column("identifiers")
        if maps.null_count < len(maps):
            rows = np.repeat(np.arange(len(maps)), np.diff(maps.offsets.to_numpy()))
            same = _equals(maps.items, identifier)
            hit[rows[same if kind is None else same & _equals(maps.keys, kind)]] = True
        found.append(batch.column("event_id").to_numpy()[hit])
    return np.concatenate(found)


def _equals(column: pa.Array, text: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    same: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.fill_null(pc.equal(column, text), False).to_numpy(
        zero_copy_only=False
    )
    return same
