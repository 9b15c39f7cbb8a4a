"""Hand-offs: which event of one kind is answered by which event of another."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel
from lvtu.kernels.durations import bin_of

KEPT, LATE, BROKEN, PENDING, UNTIMED = range(5)
"""What became of a hand-off."""


@kernel
def handed(
    offsets: Any, time: Any, codes: Any, roles: Any, keep: Any, view: Any, since: int, until: int, own: int,
    who: Any, given: Any, taken: Any,
) -> int:  # fmt: skip
    """List the hand-offs at a time from ``since`` to before ``until``; return how many.

    ``roles`` says by code whether an event hands over (1), takes over (2), or both (3: it takes over from those before
    it). With ``own`` an event takes over from the earliest one that still waits, else from all that wait. Outputs: the
    customer's line, the row that handed over, and the row that took over (-1: none has).
    """
    found = 0
    for c in range(offsets.shape[0] - 1):
        if keep.shape[0] > 0 and keep[c] == 0:
            continue
        begin = found
        waiting = found
        for row in range(offsets[c], offsets[c + 1]):
            role = roles[codes[row]]
            if role == 0 or (view.shape[0] > 0 and view[row] == 0):
                continue
            if role & 2 != 0:
                last = min(waiting + 1, found) if own != 0 else found
                for i in range(waiting, last):
                    taken[i] = row
                waiting = last
            if role & 1 != 0:
                who[found] = c
                given[found] = row
                taken[found] = -1
                found += 1
        # Those outside the time asked about took their answers, and are no longer needed.
        into = begin
        for i in range(begin, found):
            if since <= time[given[i]] < until:
                who[into] = c
                given[into] = given[i]
                taken[into] = taken[i]
                into += 1
        found = into
    return found


@kernel
def judge(given: Any, taken: Any, time: Any, exact: Any, within: int, horizon: int, status: Any) -> None:
    """Say of each hand-off what became of it; ``exact`` says by row whether its time is (empty: all are)."""
    for i in range(given.shape[0]):
        row = given[i]
        other = taken[i]
        if exact.shape[0] > 0 and (exact[row] == 0 or (other >= 0 and exact[other] == 0)):
            status[i] = UNTIMED
        elif other >= 0:
            status[i] = KEPT if time[other] - time[row] <= within else LATE
        else:
            status[i] = PENDING if time[row] + within > horizon else BROKEN


@kernel
def tally(
    who: Any, given: Any, taken: Any, status: Any, time: Any, within: int, horizon: int, counts: Any, sums: Any,
    kept: Any, late: Any, waits: Any,
) -> None:  # fmt: skip
    """Count hand-offs by status, and their times; lines of one customer follow one another.

    Outputs: ``counts`` (statuses), times by bin of those ``kept`` and ``late``, how long the pending ones have waited,
    and ``sums``: customers; hand-offs whose time is over (the mature ones), and the kept among them; and over customers
    Σ kept², Σ kept × mature, Σ mature² of these, from which the interval knows how alike the hand-offs of one are.
    """
    mine = 0
    mature = 0
    for i in range(who.shape[0]):
        if i == 0 or who[i] != who[i - 1]:
            mine = 0
            mature = 0
            sums[0] += 1
        code = status[i]
        counts[code] += 1
        if code == KEPT:
            kept[bin_of(time[taken[i]] - time[given[i]])] += 1
        elif code == LATE:
            late[bin_of(time[taken[i]] - time[given[i]])] += 1
        elif code == PENDING:
            waits[bin_of(horizon - time[given[i]])] += 1
        if code != UNTIMED and time[given[i]] + within <= horizon:
            mature += 1
            mine += 1 if code == KEPT else 0
        if i + 1 == who.shape[0] or who[i + 1] != who[i]:
            sums[1] += mature
            sums[2] += mine
            sums[3] += mine * mine
            sums[4] += mine * mature
            sums[5] += mature * mature
