"""Finding one customer: by what stands in an address, or by any identifier of theirs."""

from __future__ import annotations

import re

import numpy as np

from lvtu.service.problems import Forgotten, NotFound
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import Place, named
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

_FEW = 8
_REF = re.compile(r"~(\d{1,18})")


def ref_of(block: Block, line: int) -> str:
    """What stands for a customer in addresses: the number of an event of theirs, which is no byte of them."""
    return f"~{int(block.column('event_id')[int(block.column('offsets')[line])])}"


def places(ws: Workspace, snapshot: Snapshot, identifier: str) -> list[Place]:
    """The customers whom an identifier, or what stands for a customer, belongs to; who is called so comes first."""
    found = named(snapshot, identifier)
    if found:
        return found
    if match := _REF.fullmatch(identifier):
        return owners(snapshot, np.array([int(match[1])]))
    return owners(snapshot, ws.carriers(identifier))


def place(ws: Workspace, snapshot: Snapshot, identifier: str) -> Place:
    """Where a customer's time line is; of several that share an identifier, the first.

    Raises:
        Forgotten: they were forgotten.
        NotFound: nobody has the identifier.
    """
    found = places(ws, snapshot, identifier)
    if not found:
        if ws.was_erased(identifier):
            raise Forgotten("customer_erased")
        raise NotFound("customer", identifier, ())
    return found[0]


def owners(snapshot: Snapshot, event_ids: Array) -> list[Place]:
    """Whose some events are."""
    found: list[Place] = []
    if not len(event_ids):
        return found
    for block in snapshot.blocks:
        rows = np.flatnonzero(_among(block.column("event_id"), event_ids))
        lines = np.unique(np.searchsorted(block.column("offsets"), rows, side="right") - 1)
        found += [(block, int(line)) for line in lines if not len(block.keep) or block.keep[line]]
    return found


def _among(column: Array, few: Array) -> Array:
    """Which numbers of a long column are among a few others."""
    if len(few) > _FEW:
        return np.isin(column, few, kind="table")
    found = np.zeros(len(column), bool)
    for one in few.tolist():
        found |= column == one
    return found
