"""Conditions on customers in plain Python: written from the documentation, with nothing of the language's own code.

Every condition has its text in the language (``text``) and says whether it is true of a journey (``holds``). Paths are
decided by Python's `re`: an event becomes a character, and a piece of the path the class of the characters that fit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from naive.journeys import Event, What, in_range, journeys, last_time, matches


@dataclass(frozen=True)
class Some:
    """Which events are meant; without names any event, with ``other`` any event but these."""

    names: tuple[str, ...] = ()
    other: bool = False
    where: Any = None

    def fits(self, event: Event) -> bool:
        named = not self.names or (event.event in self.names) != self.other
        return named and matches(self.where, event)

    @property
    def text(self) -> str:
        if not self.names:
            kind = "."
        elif self.other:
            kind = f"[^{' '.join(self.names)}]"
        else:
            kind = self.names[0] if len(self.names) == 1 else f"({' or '.join(self.names)})"
        return kind if self.where is None else f"{kind}[{self.where.text}]"


@dataclass(frozen=True)
class Did:
    what: Some
    op: str = "at least"
    times: int = 1
    window: int | None = None
    recent: int | None = None
    older: int | None = None
    since: int | None = None
    until: int | None = None

    def holds(self, journey: list[Event], end: int) -> bool:
        times = [
            event.time
            for event in journey
            if self.what.fits(event)
            and (self.recent is None or event.time >= end - self.recent)
            and (self.older is None or event.time < end - self.older)
            and (self.since is None or event.time >= self.since)
            and (self.until is None or event.time < self.until)
        ]
        count = len(times)
        if self.window is not None:
            count = max((sum(first <= t <= first + self.window for t in times) for first in times), default=0)
        return {"at least": count >= self.times, "at most": count <= self.times, "exactly": count == self.times}[
            self.op
        ]

    @property
    def text(self) -> str:
        said = f"did {self.what.text} {self.op} {self.times} times"
        said += "" if self.window is None else f" in {self.window} us"
        said += "" if self.recent is None else f" in the last {self.recent} us"
        said += "" if self.older is None else f" before the last {self.older} us"
        said += "" if self.since is None else f" since '{iso(self.since)}'"
        return said + ("" if self.until is None else f" until '{iso(self.until)}'")


@dataclass(frozen=True)
class Next:
    what: Some
    within: int | None = None
    without: Some | None = None


@dataclass(frozen=True)
class Then:
    first: Some
    steps: tuple[Next, ...]
    window: int | None = None

    def holds(self, journey: list[Event], end: int) -> bool:
        """Whether any choice of events fills the steps: all are tried."""
        starts = [place for place, event in enumerate(journey) if self.first.fits(event)]
        return any(self._goes_on(journey, start, start, self.steps) for start in starts)

    def _goes_on(self, journey: list[Event], start: int, place: int, steps: tuple[Next, ...]) -> bool:
        if not steps:
            return self.window is None or journey[place].time - journey[start].time <= self.window
        step, *others = steps
        for later in range(place + 1, len(journey)):
            near = step.within is None or journey[later].time - journey[place].time <= step.within
            clear = step.without is None or not any(map(step.without.fits, journey[place + 1 : later]))
            fills = step.what.fits(journey[later]) and near and clear
            if fills and self._goes_on(journey, start, later, tuple(others)):
                return True
        return False

    @property
    def text(self) -> str:
        said = self.first.text
        for step in self.steps:
            said += f" then {step.what.text}"
            said += "" if step.within is None else f" within {step.within} us"
            said += "" if step.without is None else f" without {step.without.text}"
        return said + ("" if self.window is None else f" in {self.window} us")


@dataclass(frozen=True)
class Regular:
    """A path; ``pieces`` are its letters, and ``shape`` is a regular expression in which ``<0>`` is the first of them.

    In the language ``shape`` reads the same, with arrows where the regular expression has nothing.
    """

    pieces: tuple[Some, ...]
    shape: str
    begins: bool = False
    ends: bool = False

    def holds(self, journey: list[Event], end: int) -> bool:
        codes = [sum(piece.fits(event) << bit for bit, piece in enumerate(self.pieces)) for event in journey]
        letters = "".join(chr(0x4E00 + code) for code in codes)

        def kind(piece: re.Match[str]) -> str:
            fitting = {chr(0x4E00 + code) for code in codes if code >> int(piece[1]) & 1}
            return f"[{''.join(sorted(fitting))}]" if fitting else r"[^\s\S]"

        pattern = re.sub(r"<(\d+)>", kind, self.shape.replace("->", "").replace(" ", ""))
        whole = (r"\A" if self.begins else "") + f"(?:{pattern})" + (r"\Z" if self.ends else "")
        return re.search(whole, letters) is not None

    @property
    def text(self) -> str:
        pattern = re.sub(r"<(\d+)>", lambda piece: self.pieces[int(piece[1])].text, self.shape)
        return ("^ " if self.begins else "") + pattern.replace("(?:", "(") + (" $" if self.ends else "")


@dataclass(frozen=True)
class Segment:
    name: str
    meaning: Any  # a condition, or the names of customers

    def holds(self, journey: list[Event], end: int) -> bool:
        if isinstance(self.meaning, frozenset):
            return journey[0].customer in self.meaning
        return self.meaning.holds(journey, end)

    @property
    def text(self) -> str:
        return f"in segment '{self.name}'"


@dataclass(frozen=True)
class Not:
    part: Any

    def holds(self, journey: list[Event], end: int) -> bool:
        return not self.part.holds(journey, end)

    @property
    def text(self) -> str:
        return f"not {self.part.text}" if not isinstance(self.part, Join) else f"not ({self.part.text})"


@dataclass(frozen=True)
class Join:
    word: str
    parts: tuple[Any, ...]

    def holds(self, journey: list[Event], end: int) -> bool:
        answers = [part.holds(journey, end) for part in self.parts]
        return all(answers) if self.word == "and" else any(answers)

    @property
    def text(self) -> str:
        return f" {self.word} ".join(f"({one.text})" if isinstance(one, Join) else one.text for one in self.parts)


@dataclass
class Where:
    """A condition on customers, perhaps with one on the event beside it, as a filter of some events."""

    condition: Any
    events: Iterable[Event]
    event: Any = None
    _true: dict[str, bool] = field(init=False)

    def __post_init__(self) -> None:
        self.events = list(self.events)
        end = last_time(self.events)
        self._true = {who: self.condition.holds(line, end) for who, line in journeys(self.events).items()}

    def __call__(self, event: Event) -> bool:
        return self._true[event.customer] and matches(self.event, event)

    @property
    def text(self) -> str:
        return self.condition.text if self.event is None else f"({self.condition.text}) and {self.event.text}"


def segment(
    events: Iterable[Event],
    condition: Any,
    where: What = None,
    since: int | None = None,
    until: int | None = None,
    word: str = "and",
    event: Any = None,
) -> tuple[set[str], set[str]]:
    """The customers in a segment, and all customers.

    Args:
        condition: on customers; it sees their whole time lines.
        where, since, until: all customers are those with such an event.
        word, event: a condition on events joined to it, of which such an event must make the whole true.
    """
    events = list(events)
    whole, end = journeys(events), last_time(events)
    inside, everyone = set(), set()
    for who, line in journeys(events, where).items():
        shown = [one for one in line if in_range(one, since, until)]
        if not shown:
            continue
        everyone.add(who)
        answers = [condition.holds(whole[who], end)]
        answers += [] if event is None else [any(map(event, shown))]
        if all(answers) if word == "and" else any(answers):
            inside.add(who)
    return inside, everyone


def iso(micros: int) -> str:
    """A time as the language reads it."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).isoformat()
