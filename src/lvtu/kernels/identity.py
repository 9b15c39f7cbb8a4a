"""Loops over all events that identity needs: one before it is resolved, one after."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def scan_sign_ins(anonymous: Any, user: Any, time: Any, first_user: Any, first_time: Any, shared: Any) -> None:
    """Find who signed in on each anonymous id, and which anonymous ids saw more than one user.

    Args:
        anonymous: anonymous id of each event, or -1, ``int32[events]``.
        user: user of each event, or -1, ``int32[events]``.
        time: µs, ``int64[events]``.
        first_user: out, a user of each anonymous id, given filled with -1, ``int32[n]``.
        first_time: out, its earliest sign-in, ``int64[n]``.
        shared: out, 1 where several users signed in, given filled with 0, ``uint8[n]``.
    """
    for i in range(len(time)):
        a, u = anonymous[i], user[i]
        if a < 0 or u < 0:
            continue
        if first_user[a] < 0:
            first_user[a] = u
            first_time[a] = time[i]
        else:
            first_time[a] = min(first_time[a], time[i])
            if first_user[a] != u:
                shared[a] = 1


@kernel
def scan_devices(anonymous: Any, user: Any, time: Any, last: Any, only: Any) -> None:
    """Find when each anonymous id was last seen, and who signed in on it.

    Args:
        anonymous: anonymous id of each event, or -1, ``int32[events]``.
        user: user of each event, or -1, ``int32[events]``.
        time: µs, ``int64[events]``.
        last: out, its latest time, given filled with the smallest, ``int64[n]``.
        only: out, the user, -1 for none and -2 for several, given filled with -1, ``int32[n]``.
    """
    for i in range(len(time)):
        a, u = anonymous[i], user[i]
        if a < 0:
            continue
        last[a] = max(last[a], time[i])
        if u >= 0 and only[a] != u:
            only[a] = u if only[a] == -1 else -2


@kernel
def gather_shared(anonymous: Any, user: Any, shared: Any, row: Any) -> int:
    """List the events with both ids on anonymous ids that several users signed in on.

    Args:
        anonymous: anonymous id of each event, or -1, ``int32[events]``.
        user: user of each event, or -1, ``int32[events]``.
        shared: 1 for those anonymous ids, ``uint8[n]``.
        row: out, positions of the events, ``int64[events]``.

    Returns:
        How many there are.
    """
    found = 0
    for i in range(len(anonymous)):
        a = anonymous[i]
        if a >= 0 and user[i] >= 0 and shared[a]:
            row[found] = i
            found += 1
    return found


@kernel
def owners(
    user: Any,
    anonymous: Any,
    time: Any,
    of_user: Any,
    of_anonymous: Any,
    starts: Any,
    times: Any,
    customers: Any,
    out: Any,
) -> None:
    """Say whose each event is.

    Args:
        user: user of each event, or -1, ``int32[events]``.
        anonymous: anonymous id of each event, or -1, ``int32[events]``.
        time: µs, ``int64[events]``.
        of_user: customer of each user, ``int32[users]``.
        of_anonymous: customer of each anonymous id, or -1: look it up by time, ``int32[anonymous]``.
        starts: where each anonymous id's turns begin, ``int64[anonymous + 1]``.
        times: when each turn began, ascending within an anonymous id, ``int64[turns]``.
        customers: whose turn it is, ``int32[turns]``.
        out: out, the customer of each event; -1 where it has neither id, ``int32[events]``.
    """
    for i in range(len(time)):
        u, a = user[i], anonymous[i]
        if u >= 0:
            out[i] = of_user[u]
        elif a < 0:
            out[i] = -1
        elif of_anonymous[a] >= 0:
            out[i] = of_anonymous[a]
        else:
            # The last turn that began at or before the event; before all turns, the first.
            low, high = starts[a], starts[a + 1] - 1
            while low < high:
                middle = (low + high + 1) >> 1
                if times[middle] <= time[i]:
                    low = middle
                else:
                    high = middle - 1
            out[i] = customers[low]
