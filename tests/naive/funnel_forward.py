"""The funnel in one forward pass: the most recent valid chain per step, and nothing else, is enough.

Four rules make the pass exact; leaving one out gives another number (see `tests/unit/naive/test_naive_forward.py`):

1. Steps are tried from the last to the first, so that one event fills one step of a chain.
2. With ties="strict" an event continues the chains *as they were when the time was smaller*: a chain renewed at
   this very time is too late, while the one it replaced would do.
3. With `hold` there is one set of chains per held value.
4. An event fills steps first and excludes afterwards, and it never ends a chain at whose step `after` it stands
   itself. (Here the exclusion is looked up backwards in `may_follow`, which comes to the same.)

The counted chain is the one held the first time the final reach is attained.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from naive.attempts import Chain, Rules, held, may_follow, may_go_on
from naive.journeys import Event

Held = dict[tuple[Any, ...], Chain]
"""(held values, length) → the most recent valid chain of that length."""


def forward(rules: Rules, journey: list[Event], starts: Sequence[int]) -> tuple[Chain, int]:
    """The same answer as `naive.attempts.search`, with one chain per step in memory."""
    latest: Held = {}
    settled: Held = {}  # what an event of the present time may continue
    best: Chain = ()
    for position in range(starts[0], len(journey)):
        event = journey[position]
        if rules.ties != "strict" or event.time > journey[position - 1].time:
            settled = dict(latest)
        filled = _fill(rules, journey, position, settled, starts)
        for chain in filled:
            latest[held(rules, event), len(chain)] = chain
            best = chain if len(chain) > len(best) else best
        if len(best) == len(rules.steps):
            return best, position + 1
        open_ = any(may_go_on(rules, journey, chain, position + 1, event.time) for chain in latest.values())
        if position >= starts[-1] and not open_:
            return best, position + 1 if filled else position
    return best, len(journey)


def _fill(rules: Rules, journey: list[Event], position: int, settled: Held, starts: Sequence[int]) -> list[Chain]:
    """The chains this event completes, the longest first."""
    filled = []
    for length in range(len(rules.steps) - 1, 0, -1):
        chain = settled.get((held(rules, journey[position]), length))
        if chain and may_follow(rules, journey, chain, position):
            filled.append((*chain, position))
    return filled + ([(position,)] if position in starts else [])
