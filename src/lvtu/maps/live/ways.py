"""Which step follows which, how often and after how long; where ways begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lvtu.analyses.base import make
from lvtu.analyses.graph import GraphSpec
from lvtu.analyses.intervals import wilson
from lvtu.analyses.registry import REGISTRY
from lvtu.engines.base import Engine
from lvtu.maps.live.filled import Value
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Ways:
    """From step to step; a step that follows itself counts once.

    Attributes:
        ways: by steps from and to: of those who left the first for another, the share that came to the second next.
        between: likewise the median time between the two, µs.
        starts: by step: of all customers, the share whose way begins there.
        ends: by step: of all times somebody was there, the share that was the last.
    """

    ways: Mapping[tuple[str, str], Value]
    between: Mapping[tuple[str, str], Value]
    starts: Mapping[str, Value]
    ends: Mapping[str, Value]


def ways_of(where: str | None, now: tuple[int, int], snapshot: Snapshot, engine: Engine) -> Ways:
    """The ways through the steps of a map.

    Args:
        where: only events for which this is true exist.
        now: since, until: when they happened, µs.
        snapshot, engine: of what, and who counts.
    """
    shown = f"{PLACE} is not null"
    seen = f"({where}) and {shown}" if where else shown
    spec = make(GraphSpec, {"by": PLACE, "fold": True, "where": seen, "since": now[0], "until": now[1]})
    graph = REGISTRY["graph"].run(spec, snapshot, engine)
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
        ways, between, {step: _share(number, all_) for step, number in begun.items()},
        {step: _share(number, number + left[step]) for step, number in done.items()},
    )  # fmt: skip


def _share(some: int, of: int) -> Value:
    return Value(some / of, "share", of, *(wilson(some, of) or (None, None)))
