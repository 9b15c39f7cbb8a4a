"""From the rows of a build to who is who: what the store asks identity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from lvtu.identity.edges import PREVIOUS, Edge
from lvtu.identity.observed import Aliases, Edges, Hasher, Ids, Links, Observations, Rules, Words
from lvtu.identity.resolution import Resolution, resolve
from lvtu.identity.sign_ins import reduce_sign_ins
from lvtu.store.journeys.arrivals import Arrivals, Said, Stitch
from lvtu.store.journeys.keys import KeyTable, keys_of


def stitcher(edges: Sequence[Edge], rules: Rules, seed: int, as_of: int | None = None) -> Stitch:
    """A function that says who is who among a build's rows.

    Args:
        edges: the stored edges.
        rules: which kinds of identifier join.
        seed: the workspace's seed for identifiers.
        as_of: leave out what was said after this time, µs.
    """

    def stitch(arrivals: Arrivals) -> Resolution:
        observed = observe(arrivals, seed)
        if as_of is not None:
            observed = observed.as_of(as_of)
        return resolve(observed, Edges.of(edges, hasher_of(seed)), rules)

    return stitch


def hasher_of(seed: int) -> Hasher:
    """The hashes of identifiers under a workspace's seed."""

    def hasher(values: Sequence[str]) -> tuple[Words, Words]:
        return keys_of(pa.array(values, pa.string()), seed)

    return hasher


def observe(arrivals: Arrivals, seed: int) -> Observations:
    """What a build's rows say about who is who."""
    table = arrivals.anonymous_ids
    return Observations(
        _ids(arrivals.users, arrivals.user_texts),
        _ids(table, arrivals.anonymous_texts),
        reduce_sign_ins(arrivals.anonymous, arrivals.user, arrivals.time, table.known),
        _aliases([said for said in arrivals.said if said.kind == PREVIOUS and said.user >= 0], seed),
        _links([said for said in arrivals.said if said.kind != PREVIOUS], seed),
    )


def _ids(table: KeyTable, texts: pa.Array) -> Ids:
    known = table.known
    return Ids(table.hi[:known], table.lo[:known], table.first_time[:known], texts)


def _aliases(said: list[Said], seed: int) -> Aliases:
    hi, lo = keys_of(pa.array([s.value for s in said], pa.string()), seed)
    return Aliases(np.array([s.user for s in said], np.int32), hi, lo, np.array([s.time for s in said], np.int64))


def _links(said: list[Said], seed: int) -> Links:
    kinds = sorted({s.kind for s in said})
    place = {kind: number for number, kind in enumerate(kinds)}
    values = pa.array([s.value for s in said], pa.string())
    hi, lo = keys_of(values, seed)
    return Links(
        tuple(kinds),
        np.array([place[s.kind] for s in said], np.int32),
        hi,
        lo,
        np.array([s.user for s in said], np.int32),
        np.array([s.anonymous for s in said], np.int32),
        np.array([s.time for s in said], np.int64),
        values,
    )
