"""What the events say about who is who, as arrays over distinct things.

Identifiers travel as 128-bit hashes of their *value alone* (two ``uint64``: ``hi``, ``lo``), so
that one text has one hash whether it came as a ``user_id`` or as an alias's ``previous_id``.
Users and anonymous ids are named by their row in a table of distinct ids. Tables only ever grow at
the end, so a row keeps its meaning from one build to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.errors import BadInput
from lvtu.identity.edges import ANONYMOUS, PREVIOUS, SOURCES, USER, Edge

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Hasher = Callable[[Sequence[str]], tuple[Words, Words]]
"""Values to the high and low halves of their 128-bit hashes."""


def _longs() -> Longs:
    return np.zeros(0, np.int64)


def _ints() -> Ints:
    return np.zeros(0, np.int32)


def _words() -> Words:
    return np.zeros(0, np.uint64)


@dataclass(frozen=True, eq=False)
class Ids:
    """The distinct ids of one kind.

    Attributes:
        hi: high halves of their hashes, ``uint64[n]``; all pairs (hi, lo) are distinct.
        lo: low halves, ``uint64[n]``.
        first_seen: the earliest event time of each, µs, ``int64[n]``.
        values: their texts as an Arrow string array, for ties and for people; None: hashes decide
            ties and are shown.
    """

    hi: Words = field(default_factory=_words)
    lo: Words = field(default_factory=_words)
    first_seen: Longs = field(default_factory=_longs)
    values: Any = None

    def __len__(self) -> int:
        return len(self.hi)

    def find(self, hi: Words, lo: Words) -> Longs:
        """The rows of some hashes, ``int64``; -1 where there is none."""
        found = np.full(len(hi), -1, np.int64)
        if not len(hi) or not len(self):
            return found
        # Search this (large) table among the (few) wanted, not the reverse: nothing large is sorted.
        wanted = np.unique(hi)
        near = wanted[np.minimum(np.searchsorted(wanted, self.hi), len(wanted) - 1)]
        rows = np.flatnonzero(near == self.hi)
        rows = rows[np.lexsort((self.lo[rows], self.hi[rows]))]
        high, low = self.hi[rows], self.lo[rows]
        start = np.searchsorted(high, hi)
        step = 0
        while len(rows) and step <= np.unique(high, return_counts=True)[1].max():
            at = np.minimum(start + step, len(rows) - 1)
            match = (high[at] == hi) & (low[at] == lo)
            found[match] = rows[at[match]]
            step += 1
        return found

    def rank(self, rows: Longs) -> Longs:
        """The place of some distinct rows among themselves in the order of their bytes."""
        place = np.empty(len(rows), np.int64)
        place[self._ascending(rows)] = np.arange(len(rows))
        return place

    def _ascending(self, rows: Longs) -> Longs:
        if self.values is None:
            return np.lexsort((self.lo[rows], self.hi[rows]))
        import pyarrow as pa
        import pyarrow.compute as pc

        ascending: Longs = pc.sort_indices(self.values.take(pa.array(rows))).to_numpy().astype(np.int64)
        return ascending

    def text(self, row: int) -> str:
        """One id as people know it, or its hash in hexadecimal."""
        if self.values is not None:
            return str(self.values[row].as_py())
        return f"{int(self.hi[row]):016x}{int(self.lo[row]):016x}"


@dataclass(frozen=True, eq=False)
class SignIns:
    """Events that carry both a ``user_id`` and an ``anonymous_id``, sorted by (anonymous, time).

    May be reduced by :func:`lvtu.identity.sign_ins.reduce_sign_ins`.

    Attributes:
        anonymous: rows of the anonymous ids, ``int32[n]``.
        user: rows of the users, ``int32[n]``.
        time: µs, ``int64[n]``.
    """

    anonymous: Ints = field(default_factory=_ints)
    user: Ints = field(default_factory=_ints)
    time: Longs = field(default_factory=_longs)

    def keep(self, which: Bools) -> SignIns:
        """The rows where ``which`` is true."""
        return SignIns(self.anonymous[which], self.user[which], self.time[which])


@dataclass(frozen=True, eq=False)
class Aliases:
    """Distinct (``user_id``, ``previous_id``) of ``alias`` events that carry a ``user_id``.

    Attributes:
        user: rows of the users, ``int32[n]``.
        hi: high halves of the previous ids' hashes, ``uint64[n]``.
        lo: low halves, ``uint64[n]``.
        time: the first time each was said, µs, ``int64[n]``.
    """

    user: Ints = field(default_factory=_ints)
    hi: Words = field(default_factory=_words)
    lo: Words = field(default_factory=_words)
    time: Longs = field(default_factory=_longs)


@dataclass(frozen=True, eq=False)
class Links:
    """Distinct (identifier, id it was seen with), for any kinds in the records' ``identifiers``.

    Attributes:
        kinds: names of the kinds; ``kind`` points into it.
        kind: ``int32[n]``.
        hi: high halves of the values' hashes, ``uint64[n]``.
        lo: low halves, ``uint64[n]``.
        user: row of the event's user, or -1, ``int32[n]``.
        anonymous: row of the event's anonymous id, or -1, ``int32[n]``; not read where there is a user.
        time: first time of each, µs, ``int64[n]``.
        values: texts, an Arrow string array aligned with the rest, for people; or None.
    """

    kinds: tuple[str, ...] = ()
    kind: Ints = field(default_factory=_ints)
    hi: Words = field(default_factory=_words)
    lo: Words = field(default_factory=_words)
    user: Ints = field(default_factory=_ints)
    anonymous: Ints = field(default_factory=_ints)
    time: Longs = field(default_factory=_longs)
    values: Any = None

    def keep(self, which: Bools) -> Links:
        """The rows where ``which`` is true."""
        values = None if self.values is None else self.values.filter(which)
        columns = {n: getattr(self, n)[which] for n in ("kind", "hi", "lo", "user", "anonymous", "time")}
        return replace(self, values=values, **columns)


@dataclass(frozen=True, eq=False)
class Observations:
    """Everything the events say about who is who."""

    users: Ids = field(default_factory=Ids)
    anonymous: Ids = field(default_factory=Ids)
    sign_ins: SignIns = field(default_factory=SignIns)
    aliases: Aliases = field(default_factory=Aliases)
    links: Links = field(default_factory=Links)

    def as_of(self, time: int) -> Observations:
        """The same ids, without what was said about them after a time (µs)."""
        a, told = self.aliases, self.aliases.time <= time
        return replace(
            self,
            sign_ins=self.sign_ins.keep(self.sign_ins.time <= time),
            aliases=Aliases(a.user[told], a.hi[told], a.lo[told], a.time[told]),
            links=self.links.keep(self.links.time <= time),
        )


@dataclass(frozen=True)
class Rules:
    """A workspace's setting: which kinds of identifier join.

    Attributes:
        joins: kinds such as ``email``; two ``user_id`` seen with one value are then one customer.

    Raises:
        BadInput: a kind that cannot join by rule.
    """

    joins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.joins:
            if kind in (USER, ANONYMOUS, PREVIOUS, ""):
                raise BadInput("no_rule_for", identifier=kind)


@dataclass(frozen=True, eq=False)
class Edges:
    """Stored edges as columns of hashes.

    Attributes:
        kinds: names of the kinds of identifier; ``kind`` points into it.
        kind: left and right, ``int32[2, n]``.
        hi: left and right, ``uint64[2, n]``.
        lo: left and right, ``uint64[2, n]``.
        time: µs, ``int64[n]``.
        ground: position of each source in ``SOURCES``, ``int8[n]``.
        holds: false where retracted, ``bool[n]``.
    """

    kinds: tuple[str, ...]
    kind: Ints
    hi: Words
    lo: Words
    time: Longs
    ground: NDArray[np.int8]
    holds: Bools

    @classmethod
    def of(cls, edges: Sequence[Edge], hasher: Hasher) -> Edges:
        """The columns of some edges; ``hasher`` is the one that made the observations' hashes."""
        ends = [[edge.left for edge in edges], [edge.right for edge in edges]]
        kinds = sorted({i.kind for side in ends for i in side})
        code = {kind: at for at, kind in enumerate(kinds)}
        hashes = [hasher([i.value for i in side]) for side in ends]
        grounds = list(SOURCES)
        return cls(
            tuple(kinds),
            np.array([[code[i.kind] for i in side] for side in ends], np.int32).reshape(2, -1),
            np.array([hi for hi, _ in hashes], np.uint64).reshape(2, -1),
            np.array([lo for _, lo in hashes], np.uint64).reshape(2, -1),
            np.array([edge.time for edge in edges], np.int64),
            np.array([grounds.index(edge.ground) for edge in edges], np.int8),
            np.array([edge.holds for edge in edges], np.bool_),
        )

    @cached_property
    def size(self) -> int:
        """How many."""
        return len(self.time)

    def which(self, *grounds: str, holds: bool) -> Longs:
        """Rows with one of these sources that hold, or that were retracted."""
        codes = [list(SOURCES).index(ground) for ground in grounds]
        return np.flatnonzero(np.isin(self.ground, codes) & (self.holds == holds))


def no_edges() -> Edges:
    """An empty list of edges."""
    return Edges.of([], lambda values: (_words(), _words()))
