"""Which step follows which, how often and after how long; where ways begin and end; how long steps take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lvtu.analyses.base import make
from lvtu.analyses.graph import Graph, GraphResult, GraphSpec, State
from lvtu.analyses.intervals import wilson
from lvtu.engines.base import Engine
from lvtu.kernels.durations import medians, quantiles
from lvtu.maps.live.filled import Times, Value
from lvtu.maps.live.observed import observed
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Ways:
    """From step to step; a step that follows itself counts once.

    Attributes:
        ways: by steps from and to: of those who left the first for another, the share that came to the second next.
        between: likewise the median time between the two, µs.
        times: by step: how long it was until customers went on to a later one.
        starts: by step: of all customers, the share whose way begins there.
        ends: by step: of all times somebody was there, the share that was the last.
    """

    ways: Mapping[tuple[str, str], Value]
    between: Mapping[tuple[str, str], Value]
    times: Mapping[str, Times]
    starts: Mapping[str, Value]
    ends: Mapping[str, Value]


def ways_of(where: str | None, now: tuple[int, int], snapshot: Snapshot, engine: Engine, answers: bool = True) -> Ways:
    """The ways through the steps of a map: one pass over the events that show a step.

    The time of a step is that from its first event to the first event of the step that the same customer was at next,
    where that stands further on in the map: who goes back, or comes back another day, was not here for so long. Events
    without an exact time are left out.

    Args:
        where: only events for which this is true exist, and whose order was observed.
        now: since, until: when they happened, µs.
        snapshot, engine: of what, and who counts.
        answers: whether answers to a survey's questions are among them (`lvtu.maps.live.observed`).
    """
    seen = f"{observed(where, answers)} and {PLACE} is not null"
    spec = make(GraphSpec, {"by": PLACE, "fold": True, "where": seen, "since": now[0], "until": now[1]})
    snapshot.prepare(spec.reads())
    question = Graph(spec, snapshot)
    state: State = engine.fold(question, snapshot)
    graph = GraphResult(question, state, engine)
    left: Counter[str] = Counter()
    ways, between = {}, {}
    rows = graph.table.to_pylist()
    for row in rows:
        left[row["source"]] += row["transitions"]
    for row in rows:
        key = row["source"], row["target"]
        ways[key] = _share(row["transitions"], left[row["source"]])
        if row["median_time"] is not None:
            between[key] = Value(row["median_time"], "duration", row["transitions"])
    begun, done = ({row["name"]: row["customers"] for row in ends.to_pylist()} for ends in (graph.starts, graph.ends))
    all_ = sum(begun.values())
    return Ways(
        ways, between, _times(question, state), {step: _share(number, all_) for step, number in begun.items()},
        {step: _share(number, number + left[step]) for step, number in done.items()},
    )  # fmt: skip


def _times(question: Graph, state: State) -> dict[str, Times]:
    """Histograms of all that leave a step for a later one, as one; steps are coded in the order of the map."""
    size = len(question.names)
    pairs = np.flatnonzero(state.line_of >= 0)
    pairs = pairs[pairs // max(size, 1) < pairs % max(size, 1)]
    bins = np.zeros((size, state.bins.shape[1]), np.int64)
    np.add.at(bins, pairs // max(size, 1), state.bins[state.line_of[pairs]])
    told = zip(question.names, medians(bins), quantiles(bins, 0.9), bins.sum(axis=1).tolist(), strict=True)
    return {
        name: Times(median, p90, n)
        for name, median, p90, n in told
        if name is not None and median is not None and p90 is not None
    }


def _share(some: int, of: int) -> Value:
    return Value(some / of, "share", of, *(wilson(some, of) or (None, None)))
