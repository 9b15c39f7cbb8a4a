"""What is told of some customers, worked out from their own rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import names_in
from lvtu.core.expr import parse
from lvtu.core.segments import Segment, as_condition
from lvtu.core.units import write_instant
from lvtu.errors import LvtuError
from lvtu.service.customers.find import ref_of
from lvtu.service.customers.schemas import Customer
from lvtu.service.masking import masked
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import having
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.picked import PickedBlock
from lvtu.store.journeys.snapshot import Snapshot

IDENTIFY = "identify"
"""The event with which a customer's traits come."""

_NAMES = (("name",), ("first_name", "last_name"), ("firstName", "lastName"))


@dataclass(frozen=True)
class Traits:
    """What a customer said of themselves.

    Attributes:
        name, email: null where they never did.
    """

    name: str | None = None
    email: str | None = None


def customers(places: Sequence[Place], snapshot: Snapshot, segments: Sequence[Segment], hidden: bool) -> list[Customer]:
    """Rows of some customers, in their order.

    Args:
        places: who.
        snapshot: where they are.
        segments: those that are looked at.
        hidden: whether personal identifiers are masked.
    """
    by_block: dict[int, tuple[Block, list[int]]] = {}
    for block, line in places:
        by_block.setdefault(id(block), (block, []))[1].append(line)
    found: dict[tuple[int, int], Customer] = {}
    for key, (block, lines) in by_block.items():
        picked = PickedBlock(block, np.unique(lines))
        inside = members(picked, snapshot, segments)
        traits, names = traits_of(picked, snapshot), picked.names().to_pylist()
        for place, line in enumerate(picked.lines.tolist()):
            ref = ref_of(block, line)
            found[key, line] = _customer(names[place], ref, picked, place, inside, traits[place], hidden)
    return [found[id(block), line] for block, line in places]


def _customer(
    name: str, ref: str, picked: PickedBlock, place: int, inside: Mapping[str, Array], traits: Traits, hidden: bool
) -> Customer:
    shown = masked if hidden else str
    rows = slice(*picked.column("offsets")[place : place + 2].tolist())
    time, channel = picked.column("time")[rows], picked.column("channel")[rows]
    names = picked.dictionary.names("channel")
    codes = pa.array(channel).unique().to_pylist()
    return Customer(
        id=shown(name), ref=ref,
        name=traits.name and shown(traits.name), email=traits.email and shown(traits.email),
        events=len(time), first=write_instant(int(time[0])), last=write_instant(int(time[-1])),
        channels=[names[code] for code in codes if code],
        segments=[key for key, flags in inside.items() if flags[place]],
    )  # fmt: skip


def members(picked: Block, snapshot: Snapshot, segments: Sequence[Segment]) -> dict[str, Array]:
    """By segment, which of a block's customers are in it. One that cannot be asked here (it names an event that nobody
    has, say) has nobody."""
    found = {}
    for one in segments:
        condition = as_condition(f"'{one.key}'")
        try:
            snapshot.prepare(names_in(condition))
            found[one.key] = having(parse(condition), picked)
        except LvtuError:
            found[one.key] = np.zeros(picked.customers, np.uint8)
    return found


def traits_of(picked: Block, snapshot: Snapshot) -> list[Traits]:
    """What the customers of a block last said of themselves, by line."""
    names = snapshot.events
    rows = np.flatnonzero(picked.column("event") == names.index(IDENTIFY)) if IDENTIFY in names else NOBODY
    if not len(rows):
        return [Traits()] * picked.customers
    lines = np.searchsorted(picked.column("offsets"), rows, side="right") - 1
    told: dict[str, dict[int, str]] = {}
    for name in ("email", *(name for some in _NAMES for name in some)):
        told[name] = _last(picked, snapshot, name, rows, lines)
    out = []
    for line in range(picked.customers):
        called = (" ".join(told[name][line] for name in some if line in told[name]) for some in _NAMES)
        out.append(Traits(next(filter(None, called), None), told["email"].get(line)))
    return out


def _last(picked: Block, snapshot: Snapshot, name: str, rows: Array, lines: Array) -> dict[int, str]:
    """By line the last value of a property."""
    if not snapshot.carry(name):
        return {}
    codes, values = picked.codes(name)
    return {line: values[code] for line, code in zip(lines.tolist(), codes[rows].tolist(), strict=True) if code}


NOBODY = np.empty(0, np.int64)
