"""Whose an anonymous id is at each time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.identity.components import groups, speakers
from lvtu.identity.observed import Bools, Ids, Ints, Longs
from lvtu.identity.sign_ins import changes

_FREE, _TORN = -1, -2


@dataclass(frozen=True, eq=False)
class Turns:
    """For anonymous ids with several customers: who took over when.

    An event belongs to the last turn that began at or before it; before all turns, to the first.

    Attributes:
        starts: where each anonymous id's turns begin, ``int64[n_anonymous + 1]``.
        times: when each turn began, µs, ascending within an anonymous id, ``int64[turns]``.
        customers: whose it is, ``int32[turns]``.
    """

    starts: Longs
    times: Longs
    customers: Ints

    def of(self, anonymous: int) -> tuple[Longs, Ints]:
        """The times and customers of one anonymous id; empty if it has one customer at all times."""
        turn = slice(self.starts[anonymous], self.starts[anonymous + 1])
        return self.times[turn], self.customers[turn]


def take_turns(anonymous: Longs, customer: Longs, time: Longs, users: Ids, size: int) -> tuple[Ints, Turns]:
    """Order claims on anonymous ids by time.

    Of several claims at one time the customer with the bytewise smaller id gets the turn.

    Args:
        anonymous: row of the claimed id, ``int64[n]``.
        customer: row of the user who speaks for the claiming customer, ``int64[n]``.
        time: µs, ``int64[n]``.
        users: the table of users.
        size: how many anonymous ids there are.

    Returns:
        The only customer of each anonymous id, -1 where it has none or several; the turns of the latter.
    """
    order = _by_time(anonymous, time)
    a, c, t = anonymous[order], customer[order], time[order]
    won = _one_per_moment(changes(a) | changes(t), c, users)
    a, c, t = a[won], c[won], t[won]
    new = changes(a) | changes(c)
    a, c, t = a[new], c[new], t[new]
    turns = np.bincount(a, minlength=size)
    only, several = turns[a] == 1, turns[a] > 1
    direct = np.full(size, _FREE, np.int32)
    direct[a[only]] = c[only]
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.where(turns > 1, turns, 0), out=starts[1:])
    return direct, Turns(starts, t[several], c[several].astype(np.int32))


def _by_time(anonymous: Longs, time: Longs) -> Longs | slice:
    """The order by (anonymous, time); most often it is there already."""
    ascending = (anonymous[1:] > anonymous[:-1]) | ((anonymous[1:] == anonymous[:-1]) & (time[1:] >= time[:-1]))
    return slice(None) if ascending.all() else np.lexsort((time, anonymous))


def _one_per_moment(new: Bools, customer: Longs, users: Ids) -> Bools:
    """One claim of each run of claims at one time; ``new`` is where runs start."""
    tied: Bools = ~(new & np.append(new[1:], True)[: len(new)])
    rows = np.flatnonzero(tied)
    distinct, at = np.unique(customer[rows], return_inverse=True)
    moment = np.cumsum(new, dtype=np.int64)[rows]
    rows = rows[np.lexsort((users.rank(distinct)[at], moment))]
    won: Bools = ~tied
    won[rows[changes(moment)]] = True
    return won


def owned_by_group(
    left: Longs, right: Longs, direct: Ints, turns: Turns, anonymous: Ids, n_users: int, n_nodes: int
) -> None:
    """Give ids that nobody claimed to whoever owns what they hang together with, else to their group.

    A group whose neighbours name several customers stays a customer of its own: it never has to guess.

    Args:
        left: nodes, anonymous ids or values that no user touches, ``int64[n]``.
        right: what each is joined with, the same.
        direct: in and out, the customer of each anonymous id, -1 where it is not known.
        turns: of the anonymous ids with several customers.
        anonymous: the table of anonymous ids.
        n_users: where anonymous ids begin among the nodes.
        n_nodes: how many nodes there are.
    """
    claim = np.full(n_nodes, _FREE, np.int64)
    claim[n_users : n_users + len(anonymous)] = np.where(np.diff(turns.starts) > 0, _TORN, direct)
    free_left, free_right = claim[left] == _FREE, claim[right] == _FREE
    inside, outside = free_left & free_right, free_left ^ free_right
    member = np.where(free_left, left, right)[outside]
    claimed = np.where(free_left, claim[right], claim[left])[outside]
    nodes, label = groups(np.append(left[inside], member), np.append(right[inside], member))
    size = int(label.max(initial=-1)) + 1
    low, high = np.full(size, n_nodes), np.full(size, _TORN)
    group = label[np.searchsorted(nodes, member)]
    np.minimum.at(low, group, claimed)
    np.maximum.at(high, group, claimed)
    ours = nodes < n_users + len(anonymous)
    rows, label = nodes[ours] - n_users, label[ours]
    speaker = speakers(anonymous, rows, label, size) + n_users
    direct[rows] = np.where((low == high) & (low >= 0), low, speaker)[label]
