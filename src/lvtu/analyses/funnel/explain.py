"""Why a customer is where it is in a funnel: which event filled each step, came too late, or ended the attempt."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from lvtu.analyses.base import FOREVER, view_of
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.explained.rows import message_ids
from lvtu.analyses.funnel.lines import lines_of, option_bits, step_bits
from lvtu.analyses.funnel.spec import FunnelSpec
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, say, spoken
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import customer_named, place_of
from lvtu.store.journeys.snapshot import Snapshot

Status = Literal["matched", "expired", "excluded", "missing", "not_reached"]

Told = tuple[int, Status, str | None, int | None, int | None, int | None]
"""What is said of a step: number, status, and the event's name, time, id and lateness."""


@dataclass(frozen=True)
class StepExplained:
    """What became of one step.

    Attributes:
        step: its number, 1-based.
        name: what it is called.
        status: ``matched``; ``expired``: the event came too late; ``excluded``: an event ended the attempt;
            ``missing``: no such event; ``not_reached``: a step before it was not filled.
        event: the name of the event in question: the one that matched, came too late, or excluded.
        time: its time, µs.
        message_id, event_id: which one it is.
        late: how much too late it came, µs; None if a time is not exact.
    """

    step: int
    name: str
    status: Status
    event: str | None = None
    time: int | None = None
    message_id: str | None = None
    event_id: int | None = None
    late: int | None = None

    def text(self, lang: Lang | None = None, naming: Naming | None = None) -> str:
        """What became of it, in a language (that of the environment unless given); times are UTC.

        Args:
            lang: the language.
            naming: what people call its events.
        """
        naming, names = naming or Naming(), self.name.split(" | ")
        called = self.name if self.name == "*" else naming.event(names, lang or language())
        return say("explained.step", lang, step=self.step, name=called, told=self._told(lang, naming))

    def _told(self, lang: Lang | None, naming: Naming) -> str:
        if self.time is None:
            return say(f"explained.{self.status}", lang)
        event = naming.event(self.event, lang or language()) if self.event else say("values.none", lang)
        time = f"{moment(self.time):%Y-%m-%d %H:%M:%S}"
        if self.status == "expired" and self.late is None:
            return say("explained.expired_untimed", lang, event=event, time=time)
        late = spoken(spell(self.late), lang)
        return say(f"explained.{self.status}", lang, event=event, time=time, late=late)

    def __str__(self) -> str:
        return self.text("en")


@dataclass(frozen=True, repr=False)
class Explanation(InWords):
    """One customer's counted attempt, step by step (of several sessions or attempts the furthest)."""

    customer: str
    reached: int
    steps: list[StepExplained]

    def text(self, lang: Lang | None = None) -> str:
        """How far the customer got, and what became of each step, in a language (the environment's unless given)."""
        head = say("explained.reached", lang, customer=self.customer, reached=self.reached, steps=len(self.steps))
        return "\n".join([head, *(f"  {step.text(lang, self.naming)}" for step in self.steps)])

    def to_json(self) -> dict[str, Any]:
        """The same as plain values, from which a client words it: ``explained.STATUS`` for each step; times in µs."""
        return asdict(self)


def explain(spec: FunnelSpec, snapshot: Snapshot, customer: str) -> Explanation:
    """Say why a customer is where it is.

    Args:
        spec: the funnel.
        snapshot: what it is asked of.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    snapshot.prepare(spec.reads())
    block, line = place_of(snapshot, customer)
    attempt = _Attempt(spec, snapshot, block, line)
    ids = message_ids(snapshot, [event_id for *_, event_id, _ in attempt.told if event_id is not None])
    steps = [
        StepExplained(number, spec.steps[number - 1].title, status, event, time, ids.get(event_id), event_id, late)
        for number, status, event, time, event_id, late in attempt.told
    ]
    return Explanation(customer_named(block, line), sum(s.status == "matched" for s in steps), steps)


class _Attempt:
    """The counted attempt of one customer, looked at again event by event."""

    def __init__(self, spec: FunnelSpec, snapshot: Snapshot, block: Block, line: int) -> None:
        self.spec, self.snapshot, self.block = spec, snapshot, block
        self.time, self.exact = block.column("time"), exact_rows(block)
        filled = self._filled(line)
        rows = self._unit(line, min(filled.values(), default=-1))
        self.rows, self.bits = rows, step_bits(spec, block, snapshot)[rows].astype(np.int64)
        if spec.order == "any":
            filled = self._by_step(filled)
        self.told = [self._tell(number, filled) for number in range(1, len(spec.steps) + 1)]

    def _filled(self, line: int) -> dict[int, int]:
        """Row by number of step (any order: by place in the chain); of several attempts the furthest."""
        lines = lines_of(self.spec, self.block, self.snapshot)
        mine = np.flatnonzero(lines.who == line)
        if not len(mine):
            return {}
        best = mine[np.argmax(lines.reached[mine])]
        return {s + 1: int(lines.rows[best, s]) for s in range(len(self.spec.steps)) if lines.at(s)[best]}

    def _unit(self, line: int, entry: int) -> Array:
        """The rows that exist for the attempt: the customer's in the view, with sessions those of its session."""
        offsets, view = self.block.column("offsets"), view_of(self.block, self.snapshot, self.spec.where)
        rows = np.arange(int(offsets[line]), int(offsets[line + 1]))
        rows = rows[view[rows] != 0] if len(view) else rows
        if self.spec.unit != "sessions" or entry < 0:
            return rows
        session = np.cumsum(np.diff(self.time[rows], prepend=self.time[rows[0]]) > self.spec.session_gap)
        own: Array = rows[session == session[rows == entry]]
        return own

    def _by_step(self, chain: dict[int, int]) -> dict[int, int]:
        """Any order: which step each event of the chain filled, the lowest-numbered that it could."""
        filled: dict[int, int] = {}
        for row in (row for _, row in sorted(chain.items())):
            bits = int(self.bits[self.rows == row][0])
            since = int(self.time[row]) - int(self.time[max(filled.values(), default=row)])
            for number, step in enumerate(self.spec.steps, 1):
                if (
                    number not in filled
                    and bits >> (number - 1) & 1
                    and since <= (FOREVER if step.within is None else step.within)
                ):
                    filled[number] = row
                    break
        return filled

    def _tell(self, number: int, filled: dict[int, int]) -> Told:
        if number in filled:
            return self._event(number, "matched", filled[number])
        spec, required = self.spec, [n for n, step in enumerate(self.spec.steps, 1) if not step.optional]
        waiting = [n for n in required if n not in filled]
        if not filled:
            return number, "missing" if number == 1 or spec.order == "any" else "not_reached", None, None, None, None
        if spec.order != "any" and waiting and number > waiting[0]:
            return number, "not_reached", None, None, None, None
        if spec.steps[number - 1].optional:
            return number, "missing", None, None, None, None
        late, out = self._match(number, filled), self._exclusion(filled)
        if out is not None and (late is None or out < late):
            return self._event(number, "excluded", out)
        if late is None:
            return number, "missing", None, None, None, None
        timed = not len(self.exact) or self.exact[[late, *filled.values()]].all()
        return self._event(number, "expired", late, self._late(number, late, filled) if timed else None)

    def _event(self, number: int, status: Status, row: int, late: int | None = None) -> Told:
        name = self.snapshot.events[int(self.block.column("event")[row])]
        return number, status, name, int(self.time[row]), int(self.block.column("event_id")[row]), late

    def _late(self, number: int, row: int, filled: dict[int, int]) -> int:
        """How far an event lies behind the limits of a step (not positive: within them)."""
        step, required = self.spec.steps[number - 1], self._required(filled)
        since = [(filled[min(filled, key=filled.__getitem__)], self.spec.within), (max(required), step.within)]
        return max(
            (int(self.time[row]) - int(self.time[start]) - limit for start, limit in since if limit is not None),
            default=-FOREVER,
        )

    def _required(self, filled: dict[int, int]) -> list[int]:
        return [row for number, row in filled.items() if not self.spec.steps[number - 1].optional]

    def _match(self, number: int, filled: dict[int, int]) -> int | None:
        """The first event that could have filled the step, had it come in time."""
        last, first = max(self._required(filled)), min(filled.values())
        place = self._bit(number)
        here = (self.bits >> place & 1 == 1) & (self.rows > last)
        if self.spec.ties == "strict":
            here &= self.time[self.rows] > self.time[last]
        if self.spec.order == "strict":
            here &= np.cumsum(self.rows > last) == 1
        for name in self.spec.hold:
            codes = self.block.codes(name)[0]
            here &= (codes[self.rows] == codes[first]) & (codes[first] != 0)
        rows = self.rows[here]
        return int(rows[0]) if len(rows) else None

    def _bit(self, number: int) -> int:
        optional = option_bits(self.spec)[number - 1]
        return optional if optional >= 0 else sum(not step.optional for step in self.spec.steps[: number - 1])

    def _exclusion(self, filled: dict[int, int]) -> int | None:
        """The first excluded event that ended the attempt, if it still had time."""
        required = [n for n, step in enumerate(self.spec.steps, 1) if not step.optional]
        last, found = max(self._required(filled)), []
        for e, (after, before) in enumerate(self.spec.breaks):
            if required[after] in filled and required[before] not in filled:
                here = (self.bits >> (16 + e) & 1 == 1) & (self.rows > filled[required[after]]) & (self.rows >= last)
                found += self.rows[here][:1].tolist()
        open_steps = [n for n in required if n not in filled]
        waiting = open_steps if self.spec.order == "any" else open_steps[:1]
        return min((r for r in found if any(self._late(n, r, filled) <= 0 for n in waiting)), default=None)
