"""A segment over time in plain Python: at every instant the condition is asked of what had happened by then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from naive.calendars import shifted
from naive.journeys import Event, What
from naive.segment import segment


def drift(
    events: Sequence[Event], condition: Any, period: str, zone: str = "UTC", where: What = None,
    since: int | None = None, until: int | None = None,
) -> dict[int, dict[str, set[str]]]:  # fmt: skip
    """By the start of each period: who is inside at its end, who entered and exited, and everyone there was."""
    times = [event.time for event in events]
    begin = max(min(times), since if since is not None else min(times))
    finish = max(begin, min(max(times), until - 1) if until is not None else max(times))
    starts, k = [], 0
    while (start := shifted(begin, period, zone, k)) <= finish:
        starts.append(start)
        k += 1
    ends = [*starts[1:], shifted(begin, period, zone, k)]

    def at(instant: int) -> tuple[set[str], set[str]]:
        past = [event for event in events if event.time < instant]
        return _asked(past, condition, where, min(instant, max(times)))

    found = {}
    before, _ = at(starts[0])
    for start, end in zip(starts, ends, strict=True):
        inside, everyone = at(end if until is None else min(end, until))
        found[start] = {"inside": inside, "entered": inside - before, "exited": before - inside, "everyone": everyone}
        before = inside
    return found


def _asked(past: list[Event], condition: Any, where: What, now: int) -> tuple[set[str], set[str]]:
    """As `segment`, but what was recent is counted back from a time that may lie behind the last event."""
    if not past:
        return set(), set()
    clock = Event("clock", now, "(clock)", "(clock)")
    inside, everyone = segment([*past, clock], condition, where)
    return inside - {"(clock)"}, everyone - {"(clock)"}
