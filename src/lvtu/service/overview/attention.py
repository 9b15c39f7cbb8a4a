"""What needs a person's eye beside the figures: silent sources, rows set aside, data that are late."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lvtu.analyses.calendars import boundaries_of
from lvtu.analyses.trend import TrendSpec
from lvtu.analyses.trend import run as run_trend
from lvtu.core.units import DAY, HOUR, instant
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.quarantine import Quarantine
from lvtu.workspace import Workspace

LOOK_BACK = 56
"""Days in which it is seen how often a source is heard."""

RECENT = 20
"""How many of the times at which events came in are looked at."""

_ACTIVE_DAYS = 5
_SILENT_DAYS = 3
_FEWEST_COMMITS = 5


@dataclass(frozen=True)
class Silent:
    """A source that is heard no more.

    Attributes:
        source: what it is called; None for records that name none.
        last: the beginning of the last day on which it was heard, µs.
        days: full days since then, until the data's last day.
    """

    source: str | None
    last: int
    days: int


def silent_sources(snapshot: Snapshot, engine: Engine, zone: str) -> list[Silent]:
    """The sources that fell silent for longer than ever in the eight weeks before, relative to the data's last day.

    Only those that were heard on five days at least; three days of silence are the least, and twice the longest
    silence before.
    """
    last = snapshot.times[1]
    spec = TrendSpec(by="source", period="day", zone=zone, since=last - LOOK_BACK * DAY)
    rows = run_trend(spec, snapshot, engine).table.select(["period", "source"]).to_pylist()
    heard: dict[str | None, list[int]] = defaultdict(list)
    for row in rows:
        heard[row["source"]].append(instant(row["period"]))
    days = boundaries_of("day", zone, max(snapshot.times[0], last - LOOK_BACK * DAY), last).tolist()
    place = {day: number for number, day in enumerate(days)}
    found = []
    for source, starts in heard.items():
        active = [place[start] for start in starts]
        silence = len(days) - 1 - active[-1]
        longest = max((b - a for a, b in pairwise(active)), default=0)
        if len(active) >= _ACTIVE_DAYS and silence >= max(_SILENT_DAYS, 2 * longest):
            found.append(Silent(source, starts[-1], silence))
    return sorted(found, key=lambda one: -one.days)


def lateness(received: Sequence[int], now: int | None = None) -> tuple[int, int] | None:
    """How long nothing has come, in whole hours, and the longest pause before, µs; None where that is nothing unusual.

    Args:
        received: when events came in, the newest first.
        now: the time, µs.
    """
    now = time.time_ns() // 1000 if now is None else now
    pauses = [late - early for late, early in pairwise(received)]
    if len(received) < _FEWEST_COMMITS or not pauses:
        return None
    age, usual = (now - received[0]) // HOUR * HOUR, max(pauses)
    return (age, usual) if age > max(DAY, 3 * usual) else None


def broken(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    """The events that broke their contract as it is now, with how often a property did, most often first."""
    counted = workspace.contracts.violations()
    if not counted:
        return ()
    newest = {contract.event: contract.version for contract in workspace.contracts.list()}
    found: dict[str, int] = defaultdict(int)
    for row in counted:
        if newest.get(row["event"]) == row["version"]:
            found[row["event"]] += row["messages"]
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


class Aside:
    """How many rows wait in a quarantine, counted again only when its folder has changed.

    Args:
        folder: the quarantine's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: object = None
        self._rows = 0

    def rows(self) -> int:
        """How many."""
        with self._lock:
            files = sorted((path.name, path.stat().st_mtime_ns) for path in self._folder.glob("*.ndjson"))
            if files != self._seen:
                self._rows, self._seen = len(Quarantine(self._folder)), files
            return self._rows
