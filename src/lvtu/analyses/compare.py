"""Two segments of a funnel side by side: is the difference more than chance?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, mask_of, names_in
from lvtu.analyses.funnel.lines import lines_of
from lvtu.analyses.funnel.spec import FunnelSpec
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
    return beside(spec, state.counts, (a, b), snapshot.token, int(state.overlap[0]))


def beside(spec: FunnelSpec, counts: Array, sides: tuple[str, str], token: str, overlap: int = 0) -> Comparison:
    """Two funnels that were counted side by side.

    Args:
        spec: the funnel.
        counts: units of each side by step, (2, steps).
        sides: what the two are called.
        token: names the snapshot.
        overlap: units in both.
    """
    result = Comparison(spec, _table(spec, counts), token, _notes(spec, counts, overlap, *sides))
    result.overlap, result.segments = overlap, sides
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


def tested(
    rows: list[dict[str, Any]], starts: Sequence[int], share: str, kinds: dict[str, pa.DataType]
) -> pa.Table:  # fmt: skip
    """A table of two segments side by side: shares, their difference with its interval, and its test.

    Args:
        rows: what comes first, by name, ``customers_a`` and ``customers_b``; with ``untested`` no test is made.
        starts: all customers of the two segments.
        share: what the shares are called, before ``_a`` and ``_b``.
        kinds: the types of the columns before those of the customers.
    """
    for row in rows:
        in_a, in_b = row["customers_a"], row["customers_b"]
        row |= {f"{share}_{side}": n / start if start else None
                for side, n, start in (("a", in_a, starts[0]), ("b", in_b, starts[1]))}  # fmt: skip
        made = None if row.get("untested") else difference(in_a, starts[0], in_b, starts[1])
        row |= dict(zip(("difference", "low", "high", "p_value"), made or [None] * 4, strict=True))
    known = [row for row in rows if row["p_value"] is not None]
    for row, p in zip(known, holm([row["p_value"] for row in known]), strict=True):
        row["p_adjusted"] = p
    whole, real = pa.int64(), pa.float64()
    names = (f"{share}_a", f"{share}_b", "difference", "low", "high", "p_value", "p_adjusted")
    schema = {**kinds, "customers_a": whole, "customers_b": whole, **dict.fromkeys(names, real)}
    return pa.Table.from_pylist(rows, schema=pa.schema(schema))


def segment_notes(unit: str, overlap: int, starts: dict[str, int]) -> list[Note]:
    """What must be known of two segments: that they overlap, that one is empty."""
    notes = [Note(f"overlap_{unit}", **{unit: overlap})] if overlap else []
    return notes + [Note(f"empty_{unit}", segment=text) for text, start in starts.items() if not start]


def _table(spec: FunnelSpec, counts: Array) -> pa.Table:
    rows = [
        {"step": step + 1, "name": spec.steps[step].title, "customers_a": in_a, "customers_b": in_b,
         "untested": not step}
        for step, (in_a, in_b) in enumerate(counts.T.tolist())
    ]  # fmt: skip
    return tested(rows, counts[:, 0].tolist(), "from_start", {"step": pa.int32(), "name": pa.string()})


def _notes(spec: FunnelSpec, counts: Array, overlap: int, a: str, b: str) -> list[Note]:
    notes = segment_notes(spec.unit, overlap, {a: int(counts[0, 0]), b: int(counts[1, 0])})
    tests = len(spec.steps) - 1
    if tests > 1 and counts[:, 0].all():
        notes.append(Note("several_tests", tests=tests))
    return notes
