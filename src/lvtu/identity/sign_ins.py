"""From events that carry both ids to the few rows that decide who owns the rest."""

from __future__ import annotations

import numpy as np

from lvtu.identity.observed import Bools, Ints, Longs, SignIns


def reduce_sign_ins(anonymous: Ints, user: Ints, time: Longs, n_anonymous: int) -> SignIns:
    """The sign-ins among some events, without those that change nothing.

    An anonymous id with one user keeps its first sign-in. With several, a sign-in goes when it is by
    the same user as the one before and neither shares its time with another user's.

    Each anonymous id is reduced by itself, so fresh events need only those ids' sign-ins that they
    touch; but of those all: reductions do not add up, since a sign-in that changes nothing today does
    once another user's turns up before it.

    Args:
        anonymous: row of each event's anonymous id, or -1, ``int32[events]``, in any order.
        user: row of its user, or -1, ``int32[events]``.
        time: µs, ``int64[events]``.
        n_anonymous: how many anonymous ids there are.
    """
    from lvtu.kernels.identity import gather_shared, scan_sign_ins

    first_user, first_time = np.full(n_anonymous, -1, np.int32), np.zeros(n_anonymous, np.int64)
    shared = np.zeros(n_anonymous, np.uint8)
    scan_sign_ins(anonymous, user, time, first_user, first_time, shared)
    single = np.flatnonzero((first_user >= 0) & (shared == 0))
    rows = np.empty(len(time) if shared.any() else 0, np.int64)
    if len(rows):
        rows = rows[: gather_shared(anonymous, user, shared, rows)]
    several = _reduce_shared(anonymous[rows], user[rows], time[rows])
    a = np.concatenate([single.astype(np.int32), several.anonymous])
    order = np.argsort(a, kind="stable")
    return SignIns(
        a[order],
        np.concatenate([first_user[single], several.user])[order],
        np.concatenate([first_time[single], several.time])[order],
    )


def _reduce_shared(anonymous: Ints, user: Ints, time: Longs) -> SignIns:
    order = np.lexsort((user, time, anonymous))
    a, u, t = anonymous[order], user[order], time[order]
    new_moment = changes(a) | changes(t)
    distinct = new_moment | changes(u)
    a, u, t = a[distinct], u[distinct], t[distinct]
    new_moment = new_moment[distinct]
    alone = new_moment & np.append(new_moment[1:], True)[: len(a)]
    alone_before = np.append(False, alone[:-1])[: len(a)]
    keep = ~(alone & alone_before & ~changes(a) & ~changes(u))
    return SignIns(a[keep], u[keep], t[keep])


def changes(column: Ints | Longs) -> Bools:
    """Where a value differs from the one before it; true at the start."""
    different = np.ones(len(column), np.bool_)
    different[1:] = column[1:] != column[:-1]
    return different
