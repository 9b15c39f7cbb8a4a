"""Numbers for everything that edges can join.

Users are ``[0, users)``, anonymous ids ``[users, ids)``, then come identifier values, among them
the ``user_id`` that so far occur in stored edges only ("ghosts": they join, but own nothing). An
``anonymous_id`` that occurs in stored edges only has no number: it joins nothing until it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.identity.edges import ANONYMOUS, PREVIOUS, USER
from lvtu.identity.observed import Bools, Edges, Ints, Longs, Observations, Rules, Words


@dataclass(frozen=True)
class Quarantined:
    """An identifier that touches too many ``user_id`` to say who anyone is.

    Attributes:
        kind: ``email``, ``previous_id``, ``anonymous_id``, …
        hi: high half of its value's hash.
        lo: low half.
        users: how many ``user_id`` it touches.
    """

    kind: str
    hi: int
    lo: int
    users: int


class Values(NamedTuple):
    """Identifiers as columns: code of the kind ``int32[n]``, halves of the hash ``uint64[n]``."""

    kind: Ints
    hi: Words
    lo: Words

    def take(self, rows: Longs | Bools) -> Values:
        """Some of them."""
        return Values(self.kind[rows], self.hi[rows], self.lo[rows])


@dataclass(frozen=True, eq=False)
class Nodes:
    """The numbering of one build.

    Attributes:
        observations: what was numbered.
        users: how many users; they come first.
        ids: how many users and anonymous ids.
        total: how many nodes.
        joining: rows of ``observations.links`` whose kind joins by rule, ``int64[k]``.
        link: node of the value of each of those, ``int64[k]``.
        left: node of each stored edge's left end, -1 for an unseen anonymous id, ``int64[e]``.
        right: node of its right end.
        values: the identifiers beyond ``ids``.
        kinds: names of the codes in ``values.kind``.
    """

    observations: Observations
    users: int
    ids: int
    total: int
    joining: Longs
    link: Longs
    left: Longs
    right: Longs
    values: Values
    kinds: tuple[str, ...]

    def ghost(self, node: Longs) -> Bools:
        """Which nodes are users that no event has shown yet."""
        unseen: Bools = np.zeros(self.total, np.bool_)
        unseen[self.ids :] = self.values.kind == self.kinds.index(USER)
        which: Bools = unseen[node]
        return which

    def quarantined(self, node: int, users: int) -> Quarantined:
        """A node under the kind that people know it by."""
        if node >= self.ids:
            _, hi, lo = self.values
            row = node - self.ids
            return Quarantined(self.kinds[self.values.kind[row]], int(hi[row]), int(lo[row]), users)
        seen = self.observations
        ids, row = (seen.users, node) if node < self.users else (seen.anonymous, node - self.users)
        return Quarantined(PREVIOUS, int(ids.hi[row]), int(ids.lo[row]), users)


def number(observations: Observations, edges: Edges, rules: Rules) -> Nodes:
    """Number everything that the events and the stored edges can join."""
    links = observations.links
    kinds = tuple(dict.fromkeys((USER, ANONYMOUS, *links.kinds, *edges.kinds)))
    joins = np.array([kind in rules.joins for kind in links.kinds], np.bool_)
    joining = np.flatnonzero(joins[links.kind]) if joins.any() else np.zeros(0, np.int64)
    of_link, of_edge = (
        _recode(links.kinds, kinds)[links.kind[joining]],
        _recode(edges.kinds, kinds)[edges.kind],
    )
    everything = Values(
        np.concatenate([of_link, *of_edge]),
        np.concatenate([links.hi[joining], *edges.hi]),
        np.concatenate([links.lo[joining], *edges.lo]),
    )
    node, values = _place(observations, everything)
    link, left, right = np.split(node, [len(joining), len(joining) + edges.size])
    users, ids = len(observations.users), len(observations.users) + len(observations.anonymous)
    return Nodes(observations, users, ids, ids + len(values.kind), joining, link, left, right, values, kinds)


def _recode(kinds: Sequence[str], known: Sequence[str]) -> Ints:
    return np.array([known.index(kind) for kind in kinds], np.int32)


def _place(observations: Observations, values: Values) -> tuple[Longs, Values]:
    """The node of each identifier, and those that are neither a seen user nor an anonymous id."""
    users, ids = len(observations.users), len(observations.users) + len(observations.anonymous)
    node = np.full(len(values.kind), -1, np.int64)
    user, anonymous = np.flatnonzero(values.kind == 0), np.flatnonzero(values.kind == 1)
    node[user] = observations.users.find(values.hi[user], values.lo[user])
    found = observations.anonymous.find(values.hi[anonymous], values.lo[anonymous])
    node[anonymous] = np.where(found >= 0, found + users, -1)
    rest = np.flatnonzero((node < 0) & (values.kind != 1))
    code, first = distinct(values.take(rest))
    node[rest] = ids + code
    return node, values.take(rest[first])


def distinct(values: Values) -> tuple[Longs, Longs]:
    """A code for each identifier, and a row where each code occurs, ``int64`` both."""
    kind, hi, lo = values
    # Hashes are as good as random: sorting one mixed word is enough, but is checked.
    mixed = hi ^ (kind.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    order = np.argsort(mixed, kind="stable")
    if _collide(mixed[order], values.take(order)):
        order = np.lexsort((kind, lo, hi))
    kind, hi, lo = values.take(order)
    new = np.ones(len(order), np.bool_)
    new[1:] = (kind[1:] != kind[:-1]) | (hi[1:] != hi[:-1]) | (lo[1:] != lo[:-1])
    code = np.empty(len(order), np.int64)
    code[order] = np.cumsum(new) - 1
    return code, order[new]


def _collide(mixed: Words, values: Values) -> bool:
    same = mixed[1:] == mixed[:-1]
    return any(bool((same & (column[1:] != column[:-1])).any()) for column in values)
