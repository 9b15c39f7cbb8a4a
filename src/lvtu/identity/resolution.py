"""Who is who: from edges to the owner of every event.

An event with a ``user_id`` belongs to the customer of that user; users are one customer only by an
alias, a rule or a stored edge. An anonymous id never joins users. Its events without ``user_id``
belong to the first of: who signed in on it, by time; who was bound to it, by time; the one customer
who owns the anonymous ids it hangs together with; itself, or its group, as a customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lvtu.identity.components import groups, speakers
from lvtu.identity.edges import ANONYMOUS
from lvtu.identity.nodes import Quarantined
from lvtu.identity.observed import Bools, Edges, Ids, Ints, Longs, Observations, Rules, SignIns, Words
from lvtu.identity.turns import Turns, owned_by_group, take_turns
from lvtu.identity.wiring import LIMIT, Wiring, wire
from lvtu.store.journeys.keys import ANONYMOUS_KEY


@dataclass(frozen=True, eq=False)
class Resolution:
    """Whose every id is.

    A customer is named by the number of the id that speaks for it: the row of its earliest-seen
    ``user_id``, or ``n_users`` + the row of its earliest-seen ``anonymous_id`` if it has no user.

    Attributes:
        users: the table of users.
        anonymous: the table of anonymous ids.
        customer_of_user: customer of each user, ``int32[n_users]``.
        customer_of_anonymous: customer of each anonymous id's events without user, ``int32[n_anonymous]``;
            -1 where it depends on the time.
        turns: whose they are where it depends on the time.
        quarantined: identifiers that touch more than ten users and join nothing.
        quarantined_anonymous: rows of the anonymous ids that saw more than ten users, ``int64``.
        linked: which anonymous ids something else than sign-ins joins, retracted sign-ins included,
            ``bool[n_anonymous]``.
        awaited: hashes (hi, lo) of all ids that stored edges and aliases name, seen or not.
    """

    users: Ids
    anonymous: Ids
    customer_of_user: Ints
    customer_of_anonymous: Ints
    turns: Turns
    quarantined: tuple[Quarantined, ...]
    quarantined_anonymous: Longs
    linked: Bools
    awaited: tuple[Words, Words]

    @property
    def n_users(self) -> int:
        """How many users."""
        return len(self.users)

    @cached_property
    def customer_key(self) -> tuple[Words, Words]:
        """The 128-bit key (hi, lo) of every customer, by its number, ``uint64[n_users + n_anonymous]`` each.

        It is the hash of the id that speaks for the customer, and a fixed variation of it for an
        anonymous id, since a ``user_id`` and an ``anonymous_id`` may be the same text.
        """
        return (
            np.concatenate([self.users.hi, self.anonymous.hi]),
            np.concatenate([self.users.lo, self.anonymous.lo ^ ANONYMOUS_KEY]),
        )

    @cached_property
    def components(self) -> tuple[Longs, Longs]:
        """Customers with several ``user_id``: (user rows sorted by customer, where each customer starts)."""
        many = np.bincount(self.customer_of_user, minlength=self.n_users)[self.customer_of_user] > 1
        rows = np.flatnonzero(many)
        rows = rows[np.argsort(self.customer_of_user[rows], kind="stable")]
        customer = self.customer_of_user[rows]
        starts = np.flatnonzero(np.append(True, customer[1:] != customer[:-1])[: len(rows)])
        return rows, np.append(starts, len(rows))

    def customers_of(self, kind: str, hi: int, lo: int) -> Longs:
        """The customers that own an id's events, former ids included; empty for an unknown id.

        Args:
            kind: ``user_id`` or ``anonymous_id``.
            hi: high half of the value's hash.
            lo: low half.
        """
        ids = self.anonymous if kind == ANONYMOUS else self.users
        row = int(ids.find(np.array([hi], np.uint64), np.array([lo], np.uint64))[0])
        if row < 0:
            return np.zeros(0, np.int64)
        if kind != ANONYMOUS:
            return self.customer_of_user[[row]].astype(np.int64)
        return self.owners_of(row)

    def owners_of(self, anonymous: int) -> Longs:
        """The customers that own the events without user of one anonymous id (row), ascending."""
        if self.customer_of_anonymous[anonymous] >= 0:
            return self.customer_of_anonymous[[anonymous]].astype(np.int64)
        return np.unique(self.turns.of(anonymous)[1]).astype(np.int64)

    def owners(self, user: Ints, anonymous: Ints, time: Longs) -> Ints:
        """The customer of each of some events, ``int32``; -1 in ``user`` or ``anonymous`` means none."""
        from lvtu.kernels.identity import owners

        out = np.empty(len(time), np.int32)
        turns = self.turns
        tables = (self.customer_of_user, self.customer_of_anonymous, turns.starts, turns.times)
        owners(user, anonymous, time, *tables, turns.customers, out)
        return out

    def name(self, customer: int) -> tuple[str, str]:
        """The id that speaks for a customer, as (kind, text)."""
        if customer < self.n_users:
            return "user_id", self.users.text(customer)
        return ANONYMOUS, self.anonymous.text(customer - self.n_users)


def resolve(observations: Observations, edges: Edges, rules: Rules | None = None) -> Resolution:
    """Say who is who.

    Nothing depends on the order in which the events arrived, or on the order of the stored edges.

    Args:
        observations: what the events say.
        edges: what was stored: joins, reviews, retractions.
        rules: which kinds of identifier join; default none.
    """
    wiring = wire(observations, edges, rules or Rules())
    owner = _join_users(observations, wiring)
    signed, crowded = _sign_ins(observations, wiring)
    direct, turns = _own_anonymous(observations, wiring, owner, signed, crowded)
    return Resolution(
        observations.users,
        observations.anonymous,
        owner[: len(observations.users)].astype(np.int32),
        direct,
        turns,
        tuple(sorted(wiring.quarantined, key=lambda q: (q.kind, -q.users, q.hi, q.lo))),
        crowded,
        _linked(observations, wiring),
        _awaited(observations, edges),
    )


def _linked(observations: Observations, wiring: Wiring) -> Bools:
    """The anonymous ids of which more must be looked at than their sign-ins, when somebody signs in."""
    first, size = len(observations.users), len(observations.anonymous)
    signs = wiring.no_sign_in % max(wiring.n_nodes, 1)
    nodes = np.concatenate([wiring.pairs.left, wiring.pairs.right, signs])
    linked = np.zeros(size, np.bool_)
    linked[nodes[_within(nodes, first, first + size)] - first] = True
    return linked


def _awaited(observations: Observations, edges: Edges) -> tuple[Words, Words]:
    aliases = observations.aliases
    return np.append(aliases.hi, edges.hi), np.append(aliases.lo, edges.lo)


def _join_users(observations: Observations, wiring: Wiring) -> Longs:
    """For each node the user who speaks for its group; without any user, one node of the group."""
    first, last = len(observations.users), len(observations.users) + len(observations.anonymous)
    left, right, _ = wiring.pairs
    known = ~(_within(left, first, last) | _within(right, first, last))
    nodes, label = groups(left[known], right[known])
    size = int(label.max(initial=-1)) + 1
    speaker = np.full(size, -1, np.int64)
    speaker[label] = nodes
    users = nodes < first
    user = speakers(observations.users, nodes[users], label[users], size)
    owner = np.arange(wiring.n_nodes)
    owner[nodes] = np.where(user >= 0, user, speaker)[label]
    return owner


def _sign_ins(observations: Observations, wiring: Wiring) -> tuple[SignIns, Longs]:
    """The sign-ins that decide, and the anonymous ids that saw too many users for any to decide."""
    signs, n_users = observations.sign_ins, len(observations.users)
    if len(wiring.no_sign_in):
        pair = signs.user.astype(np.int64) * wiring.n_nodes + (signs.anonymous.astype(np.int64) + n_users)
        signs = signs.keep(~np.isin(pair, wiring.no_sign_in))
    busy = np.bincount(signs.anonymous, minlength=1)[signs.anonymous] > LIMIT
    pair = np.unique(signs.anonymous[busy].astype(np.int64) * n_users + signs.user[busy])
    ids, users = np.unique(pair // max(n_users, 1), return_counts=True)
    crowded = ids[users > LIMIT]
    return (signs.keep(~np.isin(signs.anonymous, crowded)) if len(crowded) else signs), crowded


def _own_anonymous(
    observations: Observations, wiring: Wiring, owner: Longs, signed: SignIns, crowded: Longs
) -> tuple[Ints, Turns]:
    """The customer of each anonymous id, at all times or by turns."""
    first, size = len(observations.users), len(observations.anonymous)
    pairs = wiring.pairs
    pairs = pairs.keep(_within(pairs.left, first, first + size) | _within(pairs.right, first, first + size))
    left, right = owner[pairs.left], owner[pairs.right]
    alone = np.zeros(wiring.n_nodes, np.bool_)
    alone[crowded + first] = True
    usable = ~(alone[left] | alone[right])
    left, right, time = left[usable], right[usable], pairs.time[usable]

    unsigned = np.ones(size, np.bool_)
    unsigned[signed.anonymous] = False
    with_user = (left < first) | (right < first)
    bound, by = np.maximum(left, right)[with_user] - first, np.minimum(left, right)[with_user]
    binds = unsigned[bound]
    direct, turns = take_turns(
        np.concatenate([signed.anonymous, bound[binds]]),
        np.concatenate([owner[signed.user], by[binds]]),
        np.concatenate([signed.time, time[with_user][binds]]),
        observations.users,
        size,
    )
    rest = (left[~with_user], right[~with_user])
    owned_by_group(*rest, direct, turns, observations.anonymous, first, wiring.n_nodes)
    itself = (direct < 0) & (np.diff(turns.starts) == 0)
    direct[itself] = first + np.flatnonzero(itself)
    return direct, turns


def _within(node: Longs, first: int, last: int) -> Bools:
    return (node >= first) & (node < last)
