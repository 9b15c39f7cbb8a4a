"""Every edge, read off the events or stored, as pairs of numbered nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lvtu.identity.nodes import Nodes, Quarantined, number
from lvtu.identity.observed import Bools, Edges, Longs, Observations, Rules, Words
from lvtu.store.journeys.keys import CROWD

LIMIT = CROWD
"""An identifier that touches more ``user_id`` than this joins nothing."""


class Pairs(NamedTuple):
    """Joins between two nodes each, in any order, ``int64[n]`` all: left, right, time (µs)."""

    left: Longs
    right: Longs
    time: Longs

    def keep(self, which: Bools) -> Pairs:
        """The pairs where ``which`` is true."""
        return Pairs(self.left[which], self.right[which], self.time[which])


@dataclass(frozen=True, eq=False)
class Wiring:
    """What joins what, before anyone asks who is who.

    Attributes:
        n_nodes: how many nodes there are.
        pairs: the joins that hold; no sign-ins among them.
        no_sign_in: retracted sign-ins as ``user node * n_nodes + anonymous node``, ``int64``.
        quarantined: the values that join nothing.
    """

    n_nodes: int
    pairs: Pairs
    no_sign_in: Longs
    quarantined: tuple[Quarantined, ...]


def wire(observations: Observations, edges: Edges, rules: Rules) -> Wiring:
    """Number the nodes, gather the joins, and put aside what touches too many users."""
    nodes = number(observations, edges, rules)
    by_rule = _unsaid(_by_rule(observations, nodes), edges, "rule", nodes)
    rows = edges.which("join", "review", holds=True)
    by_hand = Pairs(nodes.left[rows], nodes.right[rows], edges.time[rows])
    by_hand = by_hand.keep((by_hand.left >= 0) & (by_hand.right >= 0))
    touching, crowded = _without_crowded(_together(by_rule, by_hand), nodes)
    by_alias = _unsaid(_by_alias(observations, edges, nodes), edges, "alias", nodes)
    by_alias, guests = _without_guests(by_alias, nodes)
    signed = edges.which("sign_in", holds=False)
    return Wiring(
        nodes.total,
        _together(touching, by_alias),
        (nodes.left * nodes.total + nodes.right)[signed],
        (*crowded, *guests),
    )


def _by_rule(observations: Observations, nodes: Nodes) -> Pairs:
    """Values that join by rule, with the user of their event, else with its anonymous id."""
    links = observations.links
    user, anonymous = links.user[nodes.joining], links.anonymous[nodes.joining]
    other = np.where(user >= 0, user, np.where(anonymous >= 0, anonymous + nodes.users, -1)).astype(np.int64)
    pairs = Pairs(nodes.link, other, links.time[nodes.joining])
    return pairs.keep(other >= 0)


def _by_alias(observations: Observations, edges: Edges, nodes: Nodes) -> Pairs:
    """Users with their previous ids: a user if one was ever called so, else an anonymous id, else nothing."""
    told, rows = observations.aliases, edges.which("alias", holds=True)
    previous = _previous(
        observations,
        np.concatenate([told.hi, edges.hi[1, rows]]),
        np.concatenate([told.lo, edges.lo[1, rows]]),
    )
    user = np.concatenate([told.user.astype(np.int64), nodes.left[rows]])
    pairs = Pairs(user, previous, np.concatenate([told.time, edges.time[rows]]))
    return pairs.keep((previous >= 0) & (user != previous))


def _previous(observations: Observations, hi: Words, lo: Words) -> Longs:
    user, anonymous = observations.users.find(hi, lo), observations.anonymous.find(hi, lo)
    return np.where((user < 0) & (anonymous >= 0), anonymous + len(observations.users), user)


def _unsaid(pairs: Pairs, edges: Edges, ground: str, nodes: Nodes) -> Pairs:
    """The pairs read off the events, without those whose statement was retracted."""
    rows = edges.which(ground, holds=False)
    left, right = nodes.left[rows], nodes.right[rows]
    if ground == "alias":
        right = _previous(nodes.observations, edges.hi[1, rows], edges.lo[1, rows])
    taken_back = (left * nodes.total + right)[(left >= 0) & (right >= 0)]
    if not len(taken_back):
        return pairs
    return pairs.keep(~np.isin(pairs.left * nodes.total + pairs.right, taken_back))


def _without_crowded(pairs: Pairs, nodes: Nodes) -> tuple[Pairs, list[Quarantined]]:
    """The pairs without the values that touch more than ``LIMIT`` users, and those values."""
    value, other = np.maximum(pairs.left, pairs.right), np.minimum(pairs.left, pairs.right)
    touch = (value >= nodes.ids) & (other < nodes.users) & ~nodes.ghost(value)
    crowded, users = _many(value[touch], other[touch], nodes)
    bad = np.zeros(nodes.total, np.bool_)
    bad[crowded] = True
    named = [nodes.quarantined(int(node), int(many)) for node, many in zip(crowded, users, strict=True)]
    return pairs.keep(~(bad[pairs.left] | bad[pairs.right])), named


def _without_guests(pairs: Pairs, nodes: Nodes) -> tuple[Pairs, list[Quarantined]]:
    """The aliases without the previous ids that more than ``LIMIT`` users claim ("guest"), and those ids."""
    guests, users = _many(pairs.right, pairs.left, nodes)
    named = [nodes.quarantined(int(node), int(many)) for node, many in zip(guests, users, strict=True)]
    return pairs.keep(~np.isin(pairs.right, guests)), named


def _many(value: Longs, user: Longs, nodes: Nodes) -> tuple[Longs, Longs]:
    """Values with more than ``LIMIT`` distinct users, and how many those are."""
    often = np.bincount(value, minlength=nodes.total)[value] > LIMIT
    distinct = np.unique(value[often] * nodes.total + user[often]) // nodes.total
    values, users = np.unique(distinct, return_counts=True)
    return values[users > LIMIT], users[users > LIMIT]


def _together(one: Pairs, other: Pairs) -> Pairs:
    return Pairs(*(np.concatenate(both) for both in zip(one, other, strict=True)))
