"""What events and answers say to the cards of a map that name what shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import sqrt
from typing import Any

import numpy as np

from lvtu.analyses.base import FOREVER, names_in, view_of
from lvtu.analyses.intervals import wilson
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.engines.base import Engine
from lvtu.errors import LvtuError
from lvtu.maps.compiled import model_of
from lvtu.maps.document import JourneyMap, Need
from lvtu.maps.live.filled import Filled
from lvtu.maps.live.turns import asked
from lvtu.maps.registers.entry import Known
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.snapshot import Snapshot

_Z = 1.959964


@dataclass(frozen=True)
class Counted:
    """What the data say to the cards of a map.

    Attributes:
        numbers: by the key of the card, by `lvtu.maps.registers.entry.NUMBERS`.
        failed: by the key of the card, why they say nothing.
    """

    numbers: Mapping[str, Mapping[str, Known]] = field(default_factory=dict)
    failed: Mapping[str, LvtuError] = field(default_factory=dict)


@dataclass
class State:
    """Customers who were there at all; of those who met it: how many, how often in all, and the sum of squares."""

    customers: int = 0
    reached: int = 0
    events: int = 0
    squares: int = 0


class Meeting:
    """Who met what a condition shows, and how often, as engines fold it.

    Args:
        where: the customers and events that are looked at; None: all.
        shown: the condition.
        since, until: when, µs.
        snapshot: of what.
    """

    def __init__(self, where: str | None, shown: str, since: int | None, until: int | None, snapshot: Snapshot) -> None:
        self.where, self.snapshot = where, snapshot
        self.shown = f"({where}) and ({shown})" if where else shown
        self.since, self.until = since or -FOREVER, until or FOREVER

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | names_in(self.shown)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State()

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        here, met = self._by_customer(block, self.where), self._by_customer(block, self.shown)
        state.customers += int((here > 0).sum())
        state.reached += int((met > 0).sum())
        state.events += int(met.sum())
        state.squares += int((met * met).sum())
        return state

    def _by_customer(self, block: Block, where: str | None) -> Any:
        time, offsets = block.column("time"), block.column("offsets")
        view = view_of(block, self.snapshot, where)
        rows = (time >= self.since) & (time < self.until)
        if view.size:
            rows &= view != 0
        events = np.diff(np.concatenate([[0], np.cumsum(rows, dtype=np.int64)])[offsets])
        return np.where(block.keep != 0, events, 0) if block.keep.size else events

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for name in ("customers", "reached", "events", "squares"):
            setattr(left, name, getattr(left, name) + getattr(right, name))
        return left


def met(state: State) -> dict[str, Known]:
    """How many met it, which share of all they are (Wilson's interval), how often each did (normal interval)."""
    n, of = state.reached, state.customers
    if not of:
        return {}
    low, high = wilson(n, of) or (None, None)
    found = {"reach": Known(n, "events", of), "share": Known(n / of, "events", of, low, high)}
    if n:
        mean = state.events / n
        wide = _Z * sqrt(max(state.squares - n * mean * mean, 0) / (n - 1) / n) if n > 1 else None
        ends = (None, None) if wide is None else (max(mean - wide, 1.0), mean + wide)
        found["frequency"] = Known(mean, "events", n, *ends)
    return found


def counted(map_: JourneyMap, live: Any, filled: Filled) -> Counted:
    """What the data say to the cards of a map, in the period of its other numbers.

    Args:
        map_: the map.
        live: what asks (`lvtu.maps.live.whole.Live`).
        filled: its other answers.
    """
    shown = {card.key: where for card in map_.cards if (where := getattr(card.details, "where", None))}
    items = {card.key: card.details.item for card in map_.cards if isinstance(card.details, Need) and card.details.item}
    if not shown and not items:
        return Counted()
    since, until = filled.period or (None, None)

    def count(snapshot: Snapshot, engine: Engine) -> Counted:
        numbers: dict[str, Mapping[str, Known]] = {}
        failed: dict[str, LvtuError] = {}
        answers = _told(partial(_asked, map_, since, until, snapshot, engine)) if items else {}
        for card, item in items.items():
            if isinstance(answers, LvtuError):
                failed[card] = answers
            elif item in answers:
                numbers[card] = answers[item]
        of: dict[str, State | LvtuError] = {}
        for where in set(shown.values()):
            of[where] = _told(partial(_met, map_.where, where, since, until, snapshot, engine))
        for card, where in shown.items():
            state = of[where]
            if isinstance(state, LvtuError):
                failed[card] = state
            else:
                numbers[card] = met(state)
        return Counted(numbers, failed)

    if model_of(map_, live.library).touchpoints:
        return asked(map_, live._ws, live.library, count, Counted())
    found: Counted = live._ws.asked(count)
    return found


def _told(count: Callable[[], Any]) -> Any:
    """What was counted, or why it cannot be: of one card, the others are told all the same."""
    try:
        return count()
    except LvtuError as error:
        return error


def _met(
    where: str | None, shown: str, since: int | None, until: int | None, snapshot: Snapshot, engine: Engine
) -> State:
    question = Meeting(where, shown, since, until, snapshot)
    snapshot.prepare(question.reads())
    state: State = engine.fold(question, snapshot)
    return state


def _asked(
    map_: JourneyMap, since: int | None, until: int | None, snapshot: Snapshot, engine: Engine
) -> dict[str, dict[str, Known]]:
    """What customers answered of needs, 0 … 10, by what answers call them."""
    asked_ = {"analysis": "importance", "where": map_.where, "since": since, "until": until}
    table = REGISTRY["importance"].run(spec_of(asked_), snapshot, engine).table
    found: dict[str, dict[str, Known]] = {}
    for row in table.to_pylist():
        sides = {"importance": row["important"], "satisfaction": row["satisfied"]}
        found[str(row["need"])] = {
            name: Known(row[name], "survey", n, row[f"{name}_low"], row[f"{name}_high"])
            for name, n in sides.items()
            if row[name] is not None
        }
    return found
