"""The second round of variants: what the most frequent paths look like, and how long they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lvtu.analyses.durations import Durations, exact_rows
from lvtu.analyses.variants import Variants
from lvtu.analyses.variants.counts import places_of
from lvtu.kernels.variants import look_up, tally_lines
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot


@dataclass
class Looks:
    """Some paths, and all others as one: the last line.

    Attributes:
        units: how often each occurs.
        durations: from the first place to the last, of those whose times are exact.
        timed: how many those are, (1,).
        examples: the codes of one such path, by line.
    """

    units: Array
    durations: Durations
    timed: Array
    examples: dict[int, Array] = field(default_factory=dict)

    def path(self, line: int, names: Sequence[str | None]) -> list[str]:
        """The places of a line's path."""
        return [str(names[code]) for code in self.examples[line].tolist()]


class Shown:
    """The looks of some paths, as engines fold them.

    Args:
        question: whose paths.
        keys: which ones, (paths, 2).
    """

    def __init__(self, question: Variants, keys: Array) -> None:
        self.question, self.keys, places = question, keys, places_of(keys)
        # Paths of other numbers of places need no key to be told apart from these.
        self.sizes = np.zeros(int(places.max(initial=0)) + 1, np.uint8)
        self.sizes[places] = 1

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.question.reads() | {"time_basis"}

    def empty(self, snapshot: Snapshot) -> Looks:
        """The state of no customers."""
        lines = len(self.keys) + 1
        return Looks(np.zeros(lines, np.int64), Durations(lines), np.zeros(1, np.int64))

    def partial(self, block: Block, state: Looks) -> Looks:
        """Add a block's customers."""
        found = self.question.find(block, self.sizes)
        lines = lines_of(found.keys, self.keys)
        rows = NOTHING if found.paths.rows is None else found.paths.rows
        marks, examples = state.durations.room(len(lines)), np.full(len(self.keys) + 1, -1, np.int64)
        timed = tally_lines(
            lines, found.first, found.last, rows, block.column("time"), exact_rows(block), state.units,
            state.durations.bins, marks, examples,
        )  # fmt: skip
        state.durations.add(marks[:timed])
        state.timed += timed
        for line, path in enumerate(examples[:-1].tolist()):
            if path >= 0 and line not in state.examples:
                state.examples[line] = found.paths.places[found.first[path] : found.last[path] + 1].astype(np.int64)
        return state

    def merge(self, left: Looks, right: Looks) -> Looks:
        """Both."""
        left.units += right.units
        left.timed += right.timed
        left.durations.merge(right.durations)
        left.examples = right.examples | left.examples
        return left


def lines_of(keys: Array, chosen: Array) -> Array:
    """The place of each key among some, their number for all others, -1 for (0, 0)."""
    slots: Array = np.zeros(1 << (2 * len(chosen) + 1).bit_length(), np.uint32)
    lines: Array = np.empty(len(keys), np.int64)
    look_up(keys, slots, chosen, lines)
    return lines
