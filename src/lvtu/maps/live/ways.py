"""From step to step: who went where next, how long it took, and whether links were kept in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.analyses.base import make
from lvtu.analyses.graph import Graph, GraphResult, GraphSpec, State
from lvtu.analyses.handoffs.spec import MOST_PAIRS, HandoffsSpec
from lvtu.analyses.intervals import wilson
from lvtu.analyses.registry import REGISTRY
from lvtu.core.units import duration
from lvtu.engines.base import Engine
from lvtu.kernels.durations import medians, quantiles
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Kept, Times, Value
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot

Ends = tuple[str, str]


@dataclass(frozen=True)
class Ways:
    """What goes from step to step.

    Attributes:
        shares: by steps from and to: of those who left the first, the share that took the second next.
        between: by steps from and to: the median time.
        times: by step: how long it was until the next step, whichever it was.
    """

    shares: Mapping[Ends, Value]
    between: Mapping[Ends, Value]
    times: Mapping[str, Times]


def ways(map_: JourneyMap, now: tuple[int, int], snapshot: Snapshot, engine: Engine) -> Ways:
    """One pass over the events that show a step, those of a step in a row taken as one.

    The time of a step is that from its first event to the first event of whatever step the same customer was at next;
    events without an exact time are left out.

    Args:
        map_: the map.
        now: since and until, µs.
        snapshot: of what, read through the map (`lvtu.maps.compiled`).
        engine: who folds.
    """
    spec = make(GraphSpec, {"by": PLACE, "fold": True, "where": _seen(map_), "since": now[0], "until": now[1]})
    snapshot.prepare(spec.reads())
    question = Graph(spec, snapshot)
    state: State = engine.fold(question, snapshot)
    rows = list(GraphResult(question, state, engine).table.to_pylist())
    left: dict[str, int] = {}
    for row in rows:
        left[row["source"]] = left.get(row["source"], 0) + row["transitions"]
    shares, between = {}, {}
    for row in rows:
        ends, of = (row["source"], row["target"]), left[row["source"]]
        shares[ends] = Value(row["transitions"] / of, "share", of, *(wilson(row["transitions"], of) or (None, None)))
        if row["median_time"] is not None:
            between[ends] = Value(row["median_time"], "duration", row["transitions"])
    return Ways(shares, between, _times(question, state))


def _times(question: Graph, state: State) -> dict[str, Times]:
    """Histograms of all that leave a step, as one."""
    size = len(question.names)
    pairs = np.flatnonzero(state.line_of >= 0)
    bins = np.zeros((size, state.bins.shape[1]), np.int64)
    np.add.at(bins, pairs // max(size, 1), state.bins[state.line_of[pairs]])
    told = zip(question.names, medians(bins), quantiles(bins, 0.9), bins.sum(axis=1).tolist(), strict=True)
    return {
        name: Times(median, p90, n)
        for name, median, p90, n in told
        if name is not None and median is not None and p90 is not None
    }


def _seen(map_: JourneyMap) -> str:
    """Events that show a step, of those that the map is about."""
    shown = f"{PLACE} is not null"
    return f"({map_.where}) and {shown}" if map_.where else shown


def kept(
    map_: JourneyMap, shown: set[str], now: tuple[int, int], snapshot: Snapshot, engine: Engine
) -> dict[str, Kept]:
    """Links that say within what time, counted: was a customer who was at the one step at the other in time?

    A link leads from the last step of its source to the first of its target; one within a step, or between steps
    that no event shows, cannot be counted and is left out.

    Args:
        map_: the map.
        shown: the keys of the steps that events show.
        now: since and until, µs; it may be taken over later.
        snapshot: of what, read through the map.
        engine: who folds.

    Returns:
        By the key of the link.
    """
    links = timed_links(map_, shown)
    found: dict[str, Kept] = {}
    timed = sorted(set(links.values()))
    for first in range(0, len(timed), MOST_PAIRS):
        some = timed[first : first + MOST_PAIRS]
        pairs = [{"source": source, "target": target, "within": within} for source, target, within in some]
        asked = {"pairs": pairs, "by": PLACE, "match": "shared", "where": map_.where}
        spec = make(HandoffsSpec, {**asked, "since": now[0], "until": now[1]})
        rows: list[dict[str, Any]] = REGISTRY["handoffs"].run(spec, snapshot, engine).table.to_pylist()
        by_pair = {
            pair: Kept(*(row[name] for name in ("mature", "kept", "late", "broken", "share", "low", "high")))
            for pair, row in zip(some, rows, strict=True)
        }
        found |= {key: by_pair[pair] for key, pair in links.items() if pair in by_pair and by_pair[pair].mature}
    return found


def timed_links(map_: JourneyMap, shown: set[str]) -> dict[str, tuple[str, str, int]]:
    """Links that can be counted: the step they lead from, that they lead to, and within what time (µs)."""
    cards = {card.key: card for card in map_.cards}
    found = {}
    for link in map_.links:
        source, target = cards[link.source], cards[link.target]
        ends = source.until or source.step, target.step
        if link.sla is not None and ends[0] != ends[1] and shown.issuperset(ends):
            found[link.key] = (*ends, int(duration(link.sla)))
    return found
