"""The year: how busy its days and hours are, so that visits fall where customers have time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import DAY, HOUR
from lvtu.simulator.plan import START

Array = NDArray[Any]

DAYS = 365

_WEEK = (0.93, 0.92, 0.93, 0.97, 1.06, 1.13, 1.06)
"""How busy Monday to Sunday are."""

_SEASONS = (
    (27, 36, 0.55),  # Spring Festival
    (66, 68, 1.35),  # Women's day
    (151, 171, 1.35),  # the sale around 18 June
    (168, 170, 1.6),
    (303, 316, 1.5),  # the sale around 11 November
    (313, 315, 1.8),
    (345, 347, 1.4),  # 12 December
)
"""Days of the year (from 0), from and to before, and how much busier they are."""

_HOURS = (
    1.6, 0.9, 0.5, 0.3, 0.25, 0.35, 0.8, 1.8, 2.9, 3.9, 4.6, 4.8,
    5.6, 5.2, 4.5, 4.4, 4.5, 4.6, 4.9, 6.0, 7.6, 8.4, 6.6, 3.6,
)  # fmt: skip
"""How busy the hours of a day are, by the customer's clock."""


def _busy() -> Array:
    day = np.arange(DAYS)
    busy = np.array(_WEEK)[(day + 2) % 7]  # 1 January 2025 was a Wednesday
    for first, after, times in _SEASONS:
        busy[first:after] *= times
    return np.asarray(busy / busy.mean())


BUSY = _busy()
"""How busy each day of the year is; 1 in the mean."""

_PASSED = np.concatenate([[0.0], np.cumsum(BUSY)])
_HOUR_ENDS = np.concatenate([[0.0], np.cumsum(_HOURS) / np.sum(_HOURS)])


def moments(busy_days: Array, hour: Array, clock: Array) -> Array:
    """Times of visits.

    Args:
        busy_days: how much of the year had passed, counted in days of mean business.
        hour: uniform on 0…1: when on the day.
        clock: how far the customer's clock is before UTC, hours.

    Returns:
        µs; beyond the year's end where `busy_days` are.
    """
    day = np.floor(np.interp(busy_days, _PASSED, np.arange(DAYS + 1), right=DAYS + 1))
    of_day = np.interp(hour, _HOUR_ENDS, np.arange(25)) * HOUR
    return np.asarray(START + (8 - clock) * HOUR + day * DAY + of_day, np.int64)


def in_daytime(times: Array, hour: Array, clock: Array) -> Array:
    """The same days between 9 and 20 o'clock by the customer's clock, for what a person brings or sends.

    Args:
        times: µs.
        hour: uniform on 0…1.
        clock: how far the customer's clock is before UTC, hours.
    """
    shift = clock.astype(np.int64) * HOUR
    midnight = (times + shift) // DAY * DAY - shift
    return np.asarray(midnight + (9 + 11 * hour) * HOUR, np.int64)
