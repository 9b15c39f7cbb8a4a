"""The customers: who they are, which devices and identifiers they have, how often they come and how keen they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.simulator.calendar import DAYS

Array = NDArray[Any]

DEVICES = ("web", "app", "mini_program")
"""The kinds of device, which are the channels too: one of each for a customer at most."""

CURRENCIES = ("CNY", "USD", "EUR")
AGES = ("18-24", "25-34", "35-44", "45-54", "55+")

_CITIES = (
    ("上海", 1, 8, 0), ("北京", 1, 8, 0), ("深圳", 1, 8, 0), ("杭州", 2, 8, 0), ("成都", 2, 8, 0), ("武汉", 2, 8, 0),
    ("西安", 2, 8, 0), ("洛阳", 3, 8, 0), ("绵阳", 3, 8, 0), ("赣州", 3, 8, 0),
    ("Shanghai", 1, 8, 0), ("New York", 0, -5, 1), ("Boston", 0, -5, 1), ("Austin", 0, -6, 1), ("Dublin", 0, 0, 2),
    ("Berlin", 0, 1, 2), ("Amsterdam", 0, 1, 2),
)  # fmt: skip
"""City, tier (0 abroad), hours before UTC (no summer time), place of the currency."""
_CHINESE = 10
_WHERE = (0.16, 0.13, 0.09, 0.12, 0.12, 0.1, 0.08, 0.08, 0.06, 0.06)
_WHERE_ENGLISH = (0.1, 0.24, 0.14, 0.14, 0.13, 0.14, 0.11)

_PAIRED = 0.05
"""The share of neighbours who share a browser."""


@dataclass(frozen=True)
class People:
    """Some customers, each an item of every array.

    Attributes:
        number: counted from 1 over all customers.
        chinese: whether they read and write Chinese (the others English).
        city, tier, clock, currency: place names, 1…3 (0 abroad), hours before UTC, the place in `CURRENCIES`.
        age: the place in `AGES`.
        mood: how much better than others they feel about everything.
        keen: how much likelier than others they are to want what they see.
        pace: days between two visits, in the mean.
        first: when they first come, in busy days (`lvtu.simulator.calendar.moments`).
        has: which devices they have, ``[customers, devices]``.
        likes: how they choose among those, cumulated.
        shares: whether their browser is a neighbour's too.
        user, anonymous: the user id, and the anonymous id of each device.
        phone, email, openid, unionid, member: further identifiers; None for those they lack.
    """

    number: Array
    chinese: Array
    city: Array
    tier: Array
    clock: Array
    currency: Array
    age: Array
    mood: Array
    keen: Array
    pace: Array
    first: Array
    has: Array
    likes: Array
    shares: Array
    user: Array
    anonymous: Array
    phone: Array
    email: Array
    openid: Array
    unionid: Array
    member: Array

    def __len__(self) -> int:
        return len(self.number)


def draw(stream: np.random.Generator, seed: int, first: int, size: int) -> People:
    """Some customers.

    Args:
        stream: where the random numbers come from.
        seed: the simulation's; it is part of what they are called.
        first: the number of the first one.
        size: how many.
    """
    chinese = stream.random(size) < 0.72
    place = np.where(
        chinese, stream.choice(_CHINESE, size, p=_WHERE), _CHINESE + stream.choice(7, size, p=_WHERE_ENGLISH)
    )
    name, tier, clock, currency = (np.array([city[part] for city in _CITIES])[place] for part in range(4))
    has, likes = _devices(stream, chinese, tier)
    shares = np.repeat(stream.random((size + 1) // 2) < _PAIRED, 2)[:size]
    shares &= np.repeat((has[0::2, 0] & has[1::2, 0]), 2) if size % 2 == 0 else False
    number = np.arange(first, first + size)
    names = _names(stream, seed, number, chinese, has, shares)
    return People(
        number=number, chinese=chinese, city=name, tier=tier, clock=clock, currency=currency,
        age=stream.choice(5, size, p=(0.2, 0.36, 0.24, 0.13, 0.07)),
        mood=stream.normal(0, 0.45, size), keen=np.exp(stream.normal(-0.12, 0.5, size)),
        pace=28 * np.exp(stream.normal(0, 0.7, size)), first=_first(stream, size),
        has=has, likes=likes, shares=shares, **names,
    )  # fmt: skip


def _first(stream: np.random.Generator, size: int) -> Array:
    """When they first come: a third are customers already and come in the first weeks, the others over the year."""
    old = stream.random(size) < 0.33
    return np.where(old, 40 * stream.random(size), 0.97 * DAYS * stream.random(size))


def _devices(stream: np.random.Generator, chinese: Array, tier: Array) -> tuple[Array, Array]:
    """Which devices they have, and how they choose among them, cumulated."""
    size = len(chinese)
    odds = np.where(chinese[:, None], [0.5, 0.62, 0.58], np.where(tier[:, None] > 0, [0.7, 0.6, 0.35], [0.85, 0.5, 0]))
    has = stream.random((size, 3)) < odds
    has[~has.any(axis=1), 0] = True
    liked = has * stream.gamma(1.5, 1.0, (size, 3))
    return has, np.cumsum(liked, axis=1) / liked.sum(axis=1, keepdims=True)


def _names(
    stream: np.random.Generator, seed: int, number: Array, chinese: Array, has: Array, shares: Array
) -> dict[str, Array]:
    """The identifiers. None can be anybody's: no such numbers are given out, and example.com is nobody's."""
    size = len(number)
    code = stream.integers(1 << 60, size=(size, 5))
    known = stream.random((size, 3)) < np.where(chinese[:, None], [0.94, 0.35, 0.55], [0.12, 0.97, 0.3])
    user = [f"c{seed}-{one:06d}" for one in number]
    anonymous = np.array(
        [[f"{kind}-{one:015x}" for kind, one in zip("wdm", row, strict=False)] for row in code], object
    )
    second = np.flatnonzero(shares)[1::2]
    anonymous[second, 0] = anonymous[second - 1, 0]
    mini = has[:, 2]

    def some(texts: list[str], which: Array) -> Array:
        return np.array([text if one else None for text, one in zip(texts, which, strict=True)], object)

    return {
        "user": np.array(user, object),
        "anonymous": anonymous,
        "phone": some([f"+8600{seed % 1000:03d}{one:06d}" for one in number], known[:, 0]),
        "email": some([f"{one}@example.com" for one in user], known[:, 1]),
        "member": some([f"M{seed}-{one:06d}" for one in number], known[:, 2]),
        "openid": some([f"o{one:015x}" for one in code[:, 3]], mini),
        "unionid": some([f"u{one:015x}" for one in code[:, 4]], mini),
    }
