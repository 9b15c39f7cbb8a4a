"""What must be filed anew when identity changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lvtu.identity.observed import Bools, Longs
from lvtu.identity.resolution import Resolution
from lvtu.identity.turns import Turns


@dataclass(frozen=True, eq=False)
class Moved:
    """Ids whose events, or some of them, belong to another customer than before.

    Attributes:
        users: rows of users, ascending, ``int64``.
        anonymous: rows of anonymous ids, ascending; only their events without user are meant, ``int64``.
        from_customers: customers that lost them, by their numbers in the old resolution, ``int64``.
        to_customers: customers that gained them, by their numbers in the new resolution, ``int64``.
    """

    users: Longs
    anonymous: Longs
    from_customers: Longs
    to_customers: Longs

    def __bool__(self) -> bool:
        return bool(len(self.users) or len(self.anonymous))


def moved(old: Resolution, new: Resolution) -> Moved:
    """Compare two resolutions over tables of which the new ones are the old ones, grown at the end.

    Ids that only the new resolution knows are not listed: nothing of theirs was filed before.
    A customer who is now named by another of its ids has moved: journeys are filed by the name.
    """
    n_users, n_anonymous, shift = old.n_users, len(old.anonymous), new.n_users - old.n_users
    users = np.flatnonzero(old.customer_of_user != new.customer_of_user[:n_users])
    was = old.customer_of_anonymous.astype(np.int64)
    was += np.where(was >= n_users, shift, 0)
    changed = was != new.customer_of_anonymous[:n_anonymous]
    changed |= _other_turns(old.turns, new.turns, n_anonymous)
    anonymous = np.flatnonzero(changed)
    return Moved(users, anonymous, _owners(old, users, anonymous), _owners(new, users, anonymous))


def _other_turns(old: Turns, new: Turns, size: int) -> Bools:
    """Which anonymous ids have other turns; their customers are users, whose rows keep their meaning."""
    counts = np.diff(old.starts)
    other: Bools = counts != np.diff(new.starts)[:size]
    same = np.repeat(np.flatnonzero(~other), counts[~other])
    before, after = _slots(old, ~other), _slots(new, ~other)
    differs = (old.times[before] != new.times[after]) | (old.customers[before] != new.customers[after])
    other[same[differs]] = True
    return other


def _slots(turns: Turns, which: Bools) -> Longs:
    """Positions of all turns of some anonymous ids, in order."""
    starts, counts = turns.starts[:-1][: len(which)][which], np.diff(turns.starts)[: len(which)][which]
    ends = np.cumsum(counts)
    slots: Longs = np.arange(counts.sum()) + np.repeat(starts - (ends - counts), counts)
    return slots


def _owners(resolution: Resolution, users: Longs, anonymous: Longs) -> Longs:
    """The customers that own the events of some ids."""
    which = np.zeros(len(resolution.anonymous), np.bool_)
    which[anonymous] = True
    direct = resolution.customer_of_anonymous[anonymous]
    by_turns = resolution.turns.customers[_slots(resolution.turns, which)]
    owns = np.zeros(resolution.n_users + len(resolution.anonymous), np.bool_)
    for customers in (resolution.customer_of_user[users], direct[direct >= 0], by_turns):
        owns[customers] = True
    return np.flatnonzero(owns)
