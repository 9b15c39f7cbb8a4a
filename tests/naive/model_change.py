"""What changing a model would move: both models' twins, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from naive.journeys import Event
from naive.stages import Stage, stages, standing

Keyed = Sequence[tuple[str, Stage]]


class Change(NamedTuple):
    before: dict[str, set[str]]  # who enters each stage
    after: dict[str, set[str]]
    moves: dict[tuple[str | None, str | None], set[str]]  # who is in which stage before and after


def model_change(events: Iterable[Event], old: Keyed, new: Keyed, **options: Any) -> Change:
    events = list(events)
    entered, where = [], []
    for model in (old, new):
        keys = [key for key, _ in model]
        rows = stages(events, [stage for _, stage in model], **options)
        entered.append(dict(zip(keys, (row.customers for row in rows), strict=True)))
        places = standing(events, [stage for _, stage in model], **options)
        where.append({customer: None if k is None else keys[k] for customer, k in places.items()})
    moves: dict[tuple[str | None, str | None], set[str]] = {}
    for customer in where[0]:
        moves.setdefault((where[0][customer], where[1][customer]), set()).add(customer)
    return Change(entered[0], entered[1], moves)
