"""Business hours: how much working time lies between two moments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from lvtu.analyses.calendars import zone_of
from lvtu.core.units import instant, moment
from lvtu.errors import BadInput
from lvtu.store.journeys.columns import Array

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"(?P<days>[a-z]{3}(?:-[a-z]{3})?)\s+(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_EXAMPLE = "mon-fri 09:00-18:00, sat 10:00-14:00"


@dataclass(frozen=True)
class Hours:
    """When somebody works.

    Attributes:
        parts: the weekday (Monday is 0), the first and the last minute of each span of work.
        zone: of the clock.
        holidays: days without work.
    """

    parts: tuple[tuple[int, int, int], ...]
    zone: str = "UTC"
    holidays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, text: str, zone: str = "UTC", holidays: Sequence[str] = ()) -> Hours:
        """Read hours.

        Args:
            text: spans of work, ``mon-fri 09:00-18:00, sat 10:00-14:00``; until 24:00 at most.
            zone: of the clock.
            holidays: days, ``2026-10-01``.

        Raises:
            BadInput: a span or a day cannot be read.

        Example:
            >>> Hours.of("sat-sun 10:00-14:00").parts
            ((5, 600, 840), (6, 600, 840))
        """
        zone_of(zone)
        parts: list[tuple[int, int, int]] = []
        for part in text.lower().split(","):
            found = _PART.fullmatch(part.strip())
            days = found["days"].split("-") if found else []
            if found is None or any(day not in _DAYS for day in days):
                raise BadInput("business_hours", part=part.strip(), example=_EXAMPLE)
            start, end = (_minutes(found[name]) for name in ("start", "end"))
            if not 0 <= start < end <= 24 * 60:
                raise BadInput("business_hours", part=part.strip(), example=_EXAMPLE)
            first, last = _DAYS.index(days[0]), _DAYS.index(days[-1])
            parts += [((first + day) % 7, start, end) for day in range((last - first) % 7 + 1)]
        return cls(tuple(sorted(parts)), zone, frozenset(_day(day) for day in holidays))

    def spans(self, first: int, last: int) -> tuple[Array, Array]:
        """The spans of work around all moments from ``first`` to ``last`` (µs): starts and ends, in order, joined."""
        zone = zone_of(self.zone)
        day = moment(first).astimezone(zone).date() - timedelta(days=1)
        over = moment(last).astimezone(zone).date() + timedelta(days=1)
        found: list[list[int]] = []
        while day <= over:
            for weekday, start, end in self.parts if day not in self.holidays else ():
                if weekday == day.weekday():
                    opens, closes = (int(instant(_at(day, minutes, zone))) for minutes in (start, end))
                    if found and opens <= found[-1][1]:
                        found[-1][1] = max(found[-1][1], closes)
                    else:
                        found.append([opens, closes])
            day += timedelta(days=1)
        spans = np.array(found, np.int64).reshape(-1, 2)
        return spans[:, 0], spans[:, 1]

    def between(self, starts: Array, ends: Array) -> Array:
        """The working time between moments, pair by pair, µs.

        Example:
            >>> nine_to_six = Hours.of("mon-fri 09:00-18:00")
            >>> friday, monday = instant("2026-05-01T17:00Z"), instant("2026-05-04T10:00Z")
            >>> nine_to_six.between(np.array([friday]), np.array([monday])).tolist() == [2 * 3600 * 10**6]
            True
        """
        if not len(starts):
            return np.zeros(0, np.int64)
        opens, closes = self.spans(int(starts.min()), int(ends.max()))
        if not len(opens):
            return np.zeros(len(starts), np.int64)
        before = np.concatenate([[0], np.cumsum(closes - opens)])

        def worked(times: Array) -> Array:
            at = np.searchsorted(opens, times, side="right") - 1
            inside = np.minimum(times, closes[np.maximum(at, 0)]) - opens[np.maximum(at, 0)]
            found: Array = np.where(at < 0, 0, before[np.maximum(at, 0)] + inside)
            return found

        return worked(ends) - worked(starts)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes) if int(minutes) < 60 else -1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("holiday", day=text, example="2026-10-01") from None


def _at(day: date, minutes: int, zone: Any) -> datetime:
    more, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=more), time(minutes // 60, minutes % 60), zone)
