"""The store's numbers: through how many channels people come before they buy, and which."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pyarrow as pa

from lvtu.demo.facts.credit import Credit, credit
from lvtu.demo.facts.measure import Pair, StepCount, funnel, graph
from lvtu.demo.figures import Figure, rate
from lvtu.demo.files import ask
from lvtu.demo.paths import ORDERED, SHOWN, TOUCHED


@dataclass(frozen=True)
class Channel:
    """A channel as the first one of a path.

    Attributes:
        name: as published.
        journeys: paths that begin with it.
        ordered: share of them that end in an order.
    """

    name: str
    journeys: int
    ordered: Figure


@dataclass(frozen=True)
class PathFacts:
    """All numbers of the store's page.

    Attributes:
        steps: channels 1…SHOWN, from the workspace.
        ordered: customers with a touch and then an order, from the workspace.
        share: share of all who ordered.
        by_channels: share that ordered of those with exactly 1, 2, … SHOWN − 1 and with at least SHOWN touches.
        buyers: orders at each of these numbers of touches.
        once: share of all who came once only.
        once_ordered: share of those who ordered.
        again_ordered: share who ordered of those who came more than once.
        again: share that came through another channel after touch 1…SHOWN.
        mix: per touch, channel → its share.
        first: channels by the paths they begin.
        wait_days: median days from the first visit to the one with the order, of buyers who came more than once.
        pairs: one channel after another, from the workspace, most frequent first.
        credit: what the orders are owed to, by seven models.
    """

    steps: list[StepCount]
    ordered: int
    share: Figure
    by_channels: list[Figure]
    buyers: list[int]
    once: Figure
    once_ordered: Figure
    again_ordered: Figure
    again: list[Figure]
    mix: list[dict[str, float]]
    first: list[Channel]
    wait_days: float
    pairs: list[Pair]
    credit: Credit


def facts(table: pa.Table, ws: Any) -> PathFacts:
    """The store's numbers from the shipped table and the workspace."""
    steps = funnel(ws, [TOUCHED] * (SHOWN + 1), entry="first")
    ordered = funnel(ws, [TOUCHED, ORDERED], entry="first")
    touches = ask(_BY_CHANNELS, source=table).to_pylist()
    once, more = ask(_BY_SESSIONS, source=table).to_pylist()
    return PathFacts(
        steps=steps[:SHOWN],
        ordered=ordered[1].customers,
        share=rate(ordered[1].customers, ordered[0].customers),
        by_channels=[rate(row["orders"], row["n"]) for row in touches],
        buyers=[row["orders"] for row in touches],
        once=rate(once["n"], once["n"] + more["n"]),
        once_ordered=rate(once["orders"], once["n"]),
        again_ordered=rate(more["orders"], more["n"]),
        again=[rate(b.customers, a.customers) for a, b in pairwise(steps)],
        mix=_mix(table),
        first=[Channel(r["name"], r["n"], rate(r["orders"], r["n"])) for r in ask(_FIRST, source=table).to_pylist()],
        wait_days=ask(_WAIT, source=table).to_pylist()[0]["days"],
        pairs=graph(ws.journeys(where=f"event = '{TOUCHED}'"), by="channel"),
        credit=credit(ws),
    )


def _mix(table: pa.Table) -> list[dict[str, float]]:
    mix: list[dict[str, float]] = [{} for _ in range(SHOWN)]
    for row in ask(_MIX, source=table).to_pylist():
        mix[row["touch"] - 1][row["channel"]] = row["share"]
    return mix


_PATHS = "with walked as (select *, string_split(path, ' > ') as channels from source)"
_BY_CHANNELS = f"""{_PATHS} select least(len(channels), {SHOWN}) as touches, count(*) as n,
    sum(conversion)::bigint as orders from walked group by touches order by touches"""
_BY_SESSIONS = """select sessions > 1 as more, count(*) as n, sum(conversion)::bigint as orders
    from source group by more order by more"""
_FIRST = f"""{_PATHS} select channels[1] as name, count(*) as n,
    sum(conversion)::bigint as orders from walked group by name order by n desc, name"""
_WAIT = "select median(seconds) / 86400 as days from source where conversion = 1 and sessions > 1"
_MIX = f"""{_PATHS}, touch as (
        select unnest(channels) as channel, unnest(range(1, len(channels) + 1)) as touch from walked
    )
    select touch, channel, count(*) / sum(count(*)) over (partition by touch) as share from touch
    where touch <= {SHOWN} group by touch, channel order by touch, share desc, channel"""
