"""Two segments of a funnel side by side: is the difference more than chance?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, mask_of, names_in
from lvtu.analyses.funnel_lines import lines_of
from lvtu.analyses.funnel_spec import FunnelSpec
from lvtu.analyses.intervals import difference
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class Comparison(Result):
    """Two segments' conversions.

    Attributes:
        table: one row per step: ``step``, ``name``, ``customers_a``, ``customers_b``, ``from_start_a``,
            ``from_start_b``, ``difference`` (a minus b) with its 95 % interval ``low`` … ``high`` (Newcombe),
            ``p_value`` (two-sided, pooled z test) and ``p_adjusted`` (Holm, over all steps). Step 1 is not tested
            (null), nor are empty segments.
        overlap: units in both segments.
        segments: the two conditions.
    """

    overlap: int = 0
    segments: tuple[str, str] = ("a", "b")

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return "compare"


@dataclass
class State:
    """Integers.

    Attributes:
        counts: units of each segment by step, (2, steps).
        overlap: units in both, (1,).
    """

    counts: Array
    overlap: Array


class Compared:
    """The steps of two segments as engines fold them.

    Args:
        spec: the funnel.
        snapshot: what it is asked of.
        segments: conditions on the event that starts the counted attempt.
    """

    def __init__(self, spec: FunnelSpec, snapshot: Snapshot, segments: tuple[str, str]) -> None:
        self.spec, self.snapshot, self.segments = spec, snapshot, segments

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads() | names_in(*self.segments)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State(np.zeros((2, len(self.spec.steps)), np.int64), np.zeros(1, np.int64))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        lines = lines_of(self.spec, block, self.snapshot)
        entry = lines.rows[:, 0]
        sides = [mask_of(block, condition)[entry] != 0 for condition in self.segments]
        state.overlap += (sides[0] & sides[1]).sum()
        for step in range(len(self.spec.steps)):
            here = lines.at(step)
            state.counts[:, step] += [int((side & here).sum()) for side in sides]
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.counts += right.counts
        left.overlap += right.overlap
        return left


def compare(spec: FunnelSpec, snapshot: Snapshot, engine: Engine, a: str, b: str) -> Comparison:
    """Compare how far two segments get.

    Args:
        spec: the funnel.
        snapshot: what it is asked of.
        engine: who folds.
        a, b: conditions on the event that starts the counted attempt.

    Raises:
        BadInput: a condition cannot be read, or names what does not exist.
    """
    state = engine.fold(Compared(spec, snapshot, (a, b)), snapshot)
    counts, overlap = state.counts, int(state.overlap[0])
    result = Comparison(spec, _table(spec, counts), snapshot.token, _notes(spec, counts, overlap, a, b))
    result.overlap, result.segments = overlap, (a, b)
    return result


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values adjusted so that the chance of any false alarm among them stays what one test promises.

    Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.

    Example:
        >>> holm([0.01, 0.04, 0.03])
        [0.03, 0.06, 0.06]
    """
    adjusted, worst = [0.0] * len(p_values), 0.0
    for place, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        worst = max(worst, min((len(p_values) - place) * p_values[at], 1.0))
        adjusted[at] = worst
    return adjusted


def _table(spec: FunnelSpec, counts: Array) -> pa.Table:
    starts = counts[:, 0].tolist()
    rows: list[dict[str, Any]] = []
    for step, (in_a, in_b) in enumerate(counts.T.tolist()):
        shares = [n / start if start else None for n, start in zip((in_a, in_b), starts, strict=True)]
        tested = difference(in_a, starts[0], in_b, starts[1]) if step else None
        row = {"step": step + 1, "name": spec.steps[step].title, "customers_a": in_a, "customers_b": in_b}
        row |= {"from_start_a": shares[0], "from_start_b": shares[1]}
        rows.append(row | dict(zip(("difference", "low", "high", "p_value"), tested or [None] * 4, strict=True)))
    tested_rows = [row for row in rows if row["p_value"] is not None]
    for row, p in zip(tested_rows, holm([row["p_value"] for row in tested_rows]), strict=True):
        row["p_adjusted"] = p
    whole, real = pa.int64(), pa.float64()
    kinds = {"step": pa.int32(), "name": pa.string(), "customers_a": whole, "customers_b": whole}
    names = ("from_start_a", "from_start_b", "difference", "low", "high", "p_value", "p_adjusted")
    return pa.Table.from_pylist(rows, schema=pa.schema({**kinds, **dict.fromkeys(names, real)}))


def _notes(spec: FunnelSpec, counts: Array, overlap: int, a: str, b: str) -> list[Note]:
    notes = []
    if overlap:
        notes.append(Note(f"overlap_{spec.unit}", **{spec.unit: overlap}))
    sides = ((a, counts[0, 0]), (b, counts[1, 0]))
    notes += [Note(f"empty_{spec.unit}", segment=text) for text, start in sides if not start]
    tests = len(spec.steps) - 1
    if tests > 1 and counts[:, 0].all():
        notes.append(Note("several_tests", tests=tests))
    return notes
