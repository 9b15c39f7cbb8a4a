"""How long a funnel takes from its first step, and how many will get there once all have had their time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.funnel.lines import lines_of
from lvtu.analyses.funnel.spec import FunnelSpec
from lvtu.analyses.survival import NOBODY, Curve, kaplan_meier, points
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.kernels.durations import BINS, quantiles
from lvtu.kernels.tallies import tally_waits
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


@dataclass
class State:
    """Integers by step and duration: (steps, bins).

    Attributes:
        came: units that filled the step, by the time since step 1.
        open: units that have not, by how long they could be watched.
        untimed: units left out of both, since a time is not exact: by step, those that have not filled it and those
            that have, (steps, 2).
        without: units left out at some step, (1,).
    """

    came: Array
    open: Array
    untimed: Array
    without: Array


class Waits:
    """The times of a funnel's counted attempts as engines fold them.

    Args:
        spec: the funnel.
        snapshot: what it is asked of.
    """

    def __init__(self, spec: FunnelSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return self.spec.reads()

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        steps = len(self.spec.steps)
        return State(*(np.zeros(shape, np.int64) for shape in ((steps, BINS), (steps, BINS), (steps, 2), 1)))

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        lines = lines_of(self.spec, block, self.snapshot)
        filled = lines.filled
        if not len(filled):
            filled = (np.arange(len(self.spec.steps)) < lines.reached[:, None]).view(np.uint8)
        state.without += tally_waits(
            filled, lines.rows, lines.times, exact_rows(block), self.snapshot.times[1], state.came, state.open,
            state.untimed,
        )  # fmt: skip
        return state

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("came", "open", "untimed", "without"):
            getattr(left, name)[...] += getattr(right, name)
        return left


class TimeToConvert(Result):
    """How long it takes from step 1, and how many get there once all have had their time.

    A unit that has not filled a step is watched from its step 1 until the data end; who could not be watched for the
    whole window counts for as long as it was (Kaplan & Meier, Journal of the American Statistical Association
    53 (1958) 457–481), where the plain ratio counts it as lost. Times that are not exact tell no duration: units with
    one are counted, but are in no time and no estimate.

    Attributes:
        table: a row per step after the first: ``step``, ``name``, ``customers`` who filled it, ``median_time`` and
            ``p90_time`` since step 1 (µs, ±1 %, of those who filled it), ``from_start`` (the plain ratio), and
            ``kaplan_meier``, the share expected to fill it within the window (where there is none: within the longest
            time seen), with its 95 % interval ``low`` … ``high`` (Greenwood, on the log-log scale); null where nobody
            could be watched, or no time to the step is exact.
        curve: ``step``, ``time`` since step 1 (µs), ``share`` that has filled the step by then, ``low``, ``high``,
            ``at_risk`` (units still watched just before).
    """

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return "time_to_convert"

    def __init__(self, question: Waits, state: State) -> None:
        spec = question.spec
        curves = [kaplan_meier(state.came[s], state.open[s]) for s in range(1, len(spec.steps))]
        last = [
            curve.last(unseen=int(untimed))
            for curve, untimed in zip(curves, state.untimed[1:].sum(axis=1), strict=True)
        ]
        came = state.came.sum(axis=1) + state.untimed[:, 1]
        units, came = int(came[0]), came[1:]
        table = pa.table(
            {
                "step": pa.array(range(2, len(spec.steps) + 1), pa.int32()),
                "name": pa.array([step.title for step in spec.steps[1:]], pa.string()),
                "customers": pa.array(came, pa.int64()),
                "median_time": pa.array(quantiles(state.came[1:], 0.5), pa.int64()),
                "p90_time": pa.array(quantiles(state.came[1:], 0.9), pa.int64()),
                "from_start": pa.array([n / units if units else None for n in came.tolist()], pa.float64()),
                "kaplan_meier": pa.array([share if units else None for share, _, _ in last], pa.float64()),
                "low": pa.array([low for _, low, _ in last], pa.float64()),
                "high": pa.array([high for _, _, high in last], pa.float64()),
            }
        )
        without = int(state.without[0])
        notes = [Note(f"left_out_{spec.unit}", **{spec.unit: without})] if without else []
        super().__init__(spec, table, question.snapshot.token, notes)
        self.curve = pa.concat_tables([_curve(step, one) for step, one in enumerate(curves, 2)] or [_curve(0, NOBODY)])


def _curve(step: int, curve: Curve) -> pa.Table:
    found = points(curve)
    return found.add_column(0, "step", pa.array(np.full(found.num_rows, step), pa.int32()))


def time_to_convert(spec: FunnelSpec, snapshot: Snapshot, engine: Engine) -> TimeToConvert:
    """Fold the times of a funnel's attempts."""
    snapshot.prepare(spec.reads())
    question = Waits(spec, snapshot)
    return TimeToConvert(question, engine.fold(question, snapshot))
