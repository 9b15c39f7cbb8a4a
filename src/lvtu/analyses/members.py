"""Who is behind a number: a second fold over the snapshot that was counted, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import EllipsisType
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.base import FOREVER, both, mask_of, view_of
from lvtu.analyses.groups import values_of
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, Erased, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

Group: TypeAlias = "str | EllipsisType | None"
"""A value of a breakdown, None for missing; ``...`` for all of them."""

Lines = Callable[[Block], Array]
"""The lines of a block's customers that belong; the same line several times is once."""

ALWAYS = (-FOREVER, FOREVER)


class Members:
    """The names of some customers, as engines fold them.

    Args:
        reads: the fields and properties that `lines` reads.
        lines: which customers of a block belong.
    """

    def __init__(self, reads: Iterable[str], lines: Lines) -> None:
        self._reads, self._lines = set(reads), lines

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self._reads

    def empty(self, snapshot: Snapshot) -> list[pa.Array]:
        """Nobody."""
        return []

    def partial(self, block: Block, state: list[pa.Array]) -> list[pa.Array]:
        """Add a block's customers."""
        lines = np.unique(self._lines(block))
        state.append(block.names().take(pa.array(lines)).cast(pa.string()))
        return state

    def merge(self, left: list[pa.Array], right: list[pa.Array]) -> list[pa.Array]:
        """Both."""
        return left + right


def names_of(
    engine: Engine, snapshot: Snapshot, members: Members, limit: int | None = None, offset: int = 0
) -> list[str]:
    """The customers' names in the order of their letters, or a page of them.

    Args:
        engine: who folds.
        snapshot: the one that was counted, so that the list has as many names as the number says.
        members: who belongs.
        limit: so many at most; None for all.
        offset: leave out so many before.

    Raises:
        Erased: somebody was forgotten since the number was counted.
        BadInput: a limit or offset below zero.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise BadInput("negative_page", limit=str(limit), offset=offset)
    if not snapshot.folder.is_dir():
        raise Erased("counted_before")
    names = pa.chunked_array(engine.fold(members, snapshot), pa.string())
    page = pc.sort_indices(names).slice(offset, limit)
    found: list[str] = names.take(page).to_pylist()
    return found


def rows_of(
    block: Block,
    snapshot: Snapshot,
    *conditions: str | None,
    codes: Iterable[int] | None = None,
    span: tuple[int, int] = ALWAYS,
) -> Array:
    """The rows that exist for a question, in order.

    Args:
        block, snapshot: where.
        conditions: all must be true of a row.
        codes: of events with one of these codes; None for all.
        span: from a time on and before another, µs.
    """
    first, *others = conditions or (None,)
    view = view_of(block, snapshot, first)
    for condition in others:
        view = both(view, mask_of(block, condition))
    time = block.column("time")
    shown = (time >= span[0]) & (time < span[1])
    if len(view):
        shown &= view != 0
    if len(block.keep):
        shown &= np.repeat(block.keep, np.diff(block.column("offsets"))) != 0
    if codes is not None:
        shown &= np.isin(block.column("event"), list(codes))
    return np.flatnonzero(shown)


def lines_at(block: Block, rows: Array) -> Array:
    """The customer's line of every row."""
    found: Array = np.searchsorted(block.column("offsets"), rows, side="right") - 1
    return found


def code_of(snapshot: Snapshot, by: str | None, group: str | None) -> int:
    """The code of a group; 0 where nothing is broken down.

    Raises:
        UnknownName: the breakdown has no such value.
        BadInput: there is no breakdown.
    """
    if by is None:
        if group is None:
            return 0
        raise BadInput("nothing_broken_down", group=group)
    values = values_of(snapshot, by)
    if group not in values:
        there = [value for value in values if value is not None]
        if by in ("event", "channel"):
            raise UnknownName(by, str(group), there)
        raise UnknownName("value", str(group), there, column=by)
    return values.index(group)
