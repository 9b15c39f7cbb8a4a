"""Simulations, each made once, and what is counted of their events."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import lvtu
from lvtu.simulator import Truth

SEED = 4

Simulated = tuple[pa.Table, Truth]


@cache
def simulated(*pains: lvtu.Pain, customers: int = 2000) -> Simulated:
    """The same customers with what hurts."""
    return lvtu.simulate(customers=customers, seed=SEED, pains=list(pains))


def of(events: pa.Table, *names: str, **equal: Any) -> pa.Table:
    """The events of some names, and with some values of properties or fields."""
    found = events.filter(pc.is_in(events["event"], pa.array(names)))
    for name, value in equal.items():
        column = found[name] if name in found.column_names else prop(found, name)
        found = found.filter(pc.equal(column, value))
    return found


def prop(events: pa.Table, name: str) -> pa.Array:
    """A property of each event, as it stands in its JSON."""
    return pa.array([json.loads(text).get(name) for text in events["properties"].to_pylist()])


def following(events: pa.Table, first: str, second: str, **equal: Any) -> np.ndarray[Any, Any]:
    """Seconds from each first event to the customer's next second one, within two hours; NaN where none comes."""
    a, b = (of(events, name, **equal) for name in (first, second))
    times: dict[str, list[int]] = {}
    for user, time in zip(b["user_id"].to_pylist(), b["time"].cast(pa.int64()).to_pylist(), strict=True):
        times.setdefault(user, []).append(time)
    out = []
    for user, time in zip(a["user_id"].to_pylist(), a["time"].cast(pa.int64()).to_pylist(), strict=True):
        after = [one - time for one in times.get(user, []) if 0 < one - time < 7200e6]
        out.append(min(after) / 1e6 if after else np.nan)
    return np.array(out)
