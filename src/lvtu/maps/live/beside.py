"""Answers of some customers beside those of others: where the two differ by more than chance."""

from __future__ import annotations

from dataclasses import dataclass

from lvtu.analyses.heard.figures import Facts, facts
from lvtu.analyses.heard.sums import Heard, State, heard
from lvtu.analyses.overview.periods import Periods
from lvtu.engines.base import Engine
from lvtu.maps.live.spoken import feeling_of
from lvtu.store.journeys.snapshot import Snapshot

_OTHERS = -1
"""The window under which the answers of the others stand where those of the period before usually do."""


@dataclass(frozen=True)
class Beside:
    """Answers of some beside those of others.

    Attributes:
        mine, theirs: the figures of each.
        apart: those of the first, with what they differ by from the second as their `change`.
    """

    mine: Facts
    theirs: Facts
    apart: Facts


def beside(
    span: Periods, by: str | None, zone: str, one: str | None, other: str | None, snapshot: Snapshot, engine: Engine,
    weighted: bool = True,
) -> Beside:  # fmt: skip
    """The answers of some beside those of others in the same time, with false-discovery control over all differences.

    Args:
        span: the time.
        by: what tells places apart.
        zone: whose days the time is made of.
        one, other: which events exist, of those and of these.
        snapshot, engine: of what, and who counts.
        weighted: whether survey weights count.
    """
    asked, mine = heard(span, by, one, zone, snapshot, engine, weighted)
    others, theirs = heard(span, by, other, zone, snapshot, engine, weighted)
    both = State()
    last = len(asked.windows) - 1
    for sums, window in ((mine, last), (theirs, _OTHERS)):
        for (number, place, scale), scores in sums.placed.items():
            if number == last:
                both.placed[window, place, scale] = scores

    def of(question: Heard, sums: State) -> Facts:
        return facts(span, question, sums, measured=feeling_of)

    return Beside(of(asked, mine), of(others, theirs), of(asked, both))
