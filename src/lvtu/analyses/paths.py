"""Paths: what flows, variants, sessions and their like read: each customer's places in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import FOREVER, Spec, view_of
from lvtu.analyses.scratch import scratch
from lvtu.kernels.paths import paths, tally_places
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


@dataclass
class Paths:
    """The paths of a block's customers, in the order of their lines. Arrays are this thread's until its next block.

    Attributes:
        who: the customer's line, by path; ascending, several times where a customer has several sessions.
        starts: where the places of each path begin (paths + 1).
        places: the code of each place.
        rows: its row in the block; None where every row is a place, so that the place's number is its row.
    """

    who: Array
    starts: Array
    places: Array
    rows: Array | None

    def __len__(self) -> int:
        return len(self.who)

    def row_of(self, places: Array) -> Array:
        """The rows of some places, by their numbers."""
        found: Array = places if self.rows is None else self.rows[places]
        return found

    def times(self, block: Block) -> Array:
        """The time of each place, µs."""
        time = block.column("time")
        return time if self.rows is None else time[self.rows]


def paths_of(
    block: Block, snapshot: Snapshot, by: str, spec: Spec, *, fold: bool = False, session_gap: int | None = None,
    missing: bool = False, hidden: bool = False, keep: Array | None = None,
) -> Paths:  # fmt: skip
    """The paths that a question sees.

    An event is a place where the question's ``where``, ``since`` and ``until`` let it be, and it has a value in `by`:
    events without one (of no touchpoint, say) are left out.

    Args:
        block, snapshot: where.
        by: what a place is: ``event``, ``channel``, ``touchpoint``, ``stage``, or a property.
        spec: the question.
        fold: a run of one place is one, its first.
        session_gap: a longer pause between two events, places or not, begins another path; None for one path a
            customer.
        missing: events without a value are places too, of code 0.
        hidden: where every row is a place, customers that do not count (`Block.keep`) may have paths too: leaving them
            out afterwards costs less than copying everybody else.
        keep: by customer whether they have paths; those of the block that count if not given.
    """
    codes, offsets = block.codes(by)[0], block.column("offsets")
    keep = block.keep if keep is None else keep
    view, span = view_of(block, snapshot, spec.where), spec.span()
    everything = span == (-FOREVER, FOREVER) and not len(view) and (hidden or not len(keep))
    if everything and (by == "event" or missing) and not fold and session_gap is None:
        return Paths(np.arange(block.customers, dtype=np.uint32), offsets, codes, None)
    size = block.rows
    most = block.customers if session_gap is None else size
    who, starts = scratch("path_who", most, np.uint32), scratch("path_starts", most + 1, np.int64)
    rows, places = scratch("path_rows", size, np.uint32), scratch("path_places", size, codes.dtype)
    gap = FOREVER if session_gap is None else session_gap
    found = paths(
        offsets, block.column("time"), *block.edges(), codes, keep, view, *span, int(fold), gap, int(missing), who,
        starts, rows, places,
    )  # fmt: skip
    ends = int(starts[found]) if found else 0
    return Paths(who[:found], starts[: found + 1], places[:ends], rows[:ends])


def places_in(block: Block, snapshot: Snapshot, by: str, spec: Spec, counts: Array, *, fold: bool = False) -> int:
    """Add the places of all paths that `paths_of` would list to the counts of their codes; returns how many paths."""
    codes, view = block.codes(by)[0], view_of(block, snapshot, spec.where)
    found: int = tally_places(
        block.column("offsets"), block.column("time"), *block.edges(), codes, block.keep, view, *spec.span(), int(fold),
        counts,
    )  # fmt: skip
    return found
