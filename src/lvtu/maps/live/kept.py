"""Whether what a map's links hand over is taken over in time."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.base import make
from lvtu.analyses.handoffs.spec import MOST_PAIRS, HandoffsSpec
from lvtu.analyses.registry import REGISTRY
from lvtu.core.units import duration
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.filled import Kept
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot


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
