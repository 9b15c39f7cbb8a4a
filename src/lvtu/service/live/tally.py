"""How many events came in, as all processes of a server count it beside the events."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable

from lvtu.service.live.schemas import Arrivals, Arriving
from lvtu.store.inbox import Tally

SECONDS = 60
"""How far back is told."""

_LISTED = 20


def told(tallies: Callable[[int], Iterable[Tally]], clock: Callable[[], float] = time.time) -> Arrivals:
    """The last full second and the last minute; of the minute the most frequent sources and events.

    Args:
        tallies: how many events came in each second since one.
        clock: seconds since 1970.

    Example:
        >>> told(lambda _: [Tally(99, "shop", "Paid", 2), Tally(98, "", "Seen", 1)], lambda: 100.0).last_second
        2
    """
    second = int(clock())
    whole: Counter[tuple[str, str]] = Counter()
    last = 0
    for one in tallies(second - SECONDS + 1):
        whole[one.source, one.event] += one.events
        last += one.events if one.second == second - 1 else 0
    by = [
        Arriving(source=source or None, event=event, last_minute=events)
        for (source, event), events in whole.most_common(_LISTED)
        if event
    ]
    return Arrivals(last_second=last, last_minute=whole.total(), by=by)
