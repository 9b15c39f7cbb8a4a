"""Conditions on a customer: what somebody did, in what order, along which path, and in which segment they are.

Every node is a frozen value that checks itself and prints as the text it came from, like those of
:mod:`lvtu.core.expr.nodes`. They are true or false of a customer, never unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lvtu.core.expr.nodes import Expr, Junction, Not, spell_literal, spell_name
from lvtu.core.expr.patterns import Pattern, events_in, is_empty_allowed
from lvtu.core.units import instant
from lvtu.errors import BadExpression

MOST_STEPS = 16
"""Steps of a sequence at most."""

COUNTS = ("at least", "at most", "exactly")
"""The ways to compare how often."""

_UNITS = (("day", 86_400_000_000), ("hour", 3_600_000_000), ("minute", 60_000_000), ("second", 1_000_000))


class SegmentName(str):
    """Among the columns that a condition reads, the segment it asks for; its definition says which columns those are.

    Attributes:
        segment: the segment's name.
    """

    segment: str

    def __new__(cls, segment: str) -> SegmentName:
        """A text that is no column's name."""
        made = super().__new__(cls, f"in segment {segment!r}")
        made.segment = segment
        return made

    def __getnewargs__(self) -> tuple[str]:
        return (self.segment,)


@dataclass(frozen=True)
class Events:
    """Which events are meant.

    Attributes:
        names: any of these.
        negated: any event but these; without names, any event.
        where: of those, the ones for which this is true. Of any event it may ask about the customer, too.
    """

    names: tuple[str, ...] = ()
    negated: bool = False
    where: Expr | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(dict.fromkeys(self.names)))
        if not self.names and not self.negated:
            raise BadExpression("no_event_named")
        if self.where is not None and any(customers_in(self.where)) and (self.names or is_of_customers(self.where)):
            raise BadExpression("customer_in_event")  # plainer outside; a segment of both kinds has no other spelling

    @property
    def reads(self) -> frozenset[str]:
        """The columns that its condition reads."""
        return frozenset() if self.where is None else self.where.names

    def __str__(self) -> str:
        spelled = [spell_name(name) for name in self.names]
        if self.negated:
            kind = f"[^{' '.join(spelled)}]" if spelled else "."
        else:
            kind = spelled[0] if len(spelled) == 1 else f"({' or '.join(spelled)})"
        return kind if self.where is None else f"{kind}[{self.where}]"


class OfCustomers(Expr):
    """A condition on a customer."""

    __slots__ = ()

    @property
    def events(self) -> tuple[Events, ...]:
        """The events that it asks about."""
        return ()

    @property
    def names(self) -> frozenset[str]:
        """The columns that its conditions on events read."""
        return frozenset[str]().union(*(one.reads for one in self.events))


@dataclass(frozen=True)
class Did(OfCustomers):
    """How often somebody did something: ``did A at least 3 times in 30 days``.

    Attributes:
        what: the events that are counted.
        op: how the count is compared: ``at least``, ``at most``, ``exactly``.
        times: with what.
        window: count the most events that a stretch of this length (µs, both ends included) holds.
        recent: only events at most this long (µs) before the snapshot's last event.
        since, until: only events from this time on, before that one (ISO-8601).
        older: only events longer than this (µs) before the snapshot's last event: those that `recent` leaves out.
    """

    what: Events
    op: str = "at least"
    times: int = 1
    window: int | None = None
    recent: int | None = None
    since: str | None = None
    until: str | None = None
    older: int | None = None

    def __post_init__(self) -> None:
        if self.op not in COUNTS:
            raise BadExpression("no_count", op=self.op, known=COUNTS)
        if self.times < (self.op == "at least"):
            raise BadExpression("count_too_small", times=self.times)
        if self.window is not None and (self.op, self.times) == ("at least", 1):
            raise BadExpression("window_of_a_single", window=spell_duration(self.window))
        for text in (self.since, self.until):
            if text is not None:
                instant(text)

    @property
    def events(self) -> tuple[Events, ...]:
        """Those that are counted."""
        return (self.what,)

    def __str__(self) -> str:
        parts = [f"did {self.what}"]
        if (self.op, self.times) != ("at least", 1):
            parts.append(f"{self.op} {self.times} time{'s' * (self.times != 1)}")
        if self.window is not None:
            parts.append(f"in {spell_duration(self.window)}")
        if self.recent is not None:
            parts.append(f"in the last {spell_duration(self.recent)}")
        if self.older is not None:
            parts.append(f"before the last {spell_duration(self.older)}")
        parts += [f"{name} {spell_literal(text)}" for name, text in self._ends() if text is not None]
        return " ".join(parts)

    def _ends(self) -> list[tuple[str, str | None]]:
        return [("since", self.since), ("until", self.until)]


@dataclass(frozen=True)
class Step:
    """A further step of a sequence, and what may lie between it and the step before.

    Attributes:
        what: the events that fill it.
        within: at most this long (µs, end included) after the event that filled the step before.
        without: events that may not lie between the two.
    """

    what: Events
    within: int | None = None
    without: Events | None = None

    def __str__(self) -> str:
        within = "" if self.within is None else f" within {spell_duration(self.within)}"
        return f"then {self.what}{within}" + ("" if self.without is None else f" without {self.without}")


@dataclass(frozen=True)
class InOrder(OfCustomers):
    """What somebody did one after another: ``A then B within 7 days without C``.

    Attributes:
        first: the events that fill the first step.
        steps: the steps after it.
        window: at most this long (µs, end included) from the first step to the last.
    """

    first: Events
    steps: tuple[Step, ...]
    window: int | None = None

    def __post_init__(self) -> None:
        if not self.steps:
            raise BadExpression("one_step")
        if len(self.steps) >= MOST_STEPS:
            raise BadExpression("too_many_steps", steps=len(self.steps) + 1, most=MOST_STEPS)

    @property
    def events(self) -> tuple[Events, ...]:
        """Those of the steps and between them."""
        between = [step.without for step in self.steps if step.without is not None]
        return (self.first, *(step.what for step in self.steps), *between)

    def __str__(self) -> str:
        window = [] if self.window is None else [f"in {spell_duration(self.window)}"]
        return " ".join([str(self.first), *map(str, self.steps), *window])


@dataclass(frozen=True)
class Path(OfCustomers):
    """A stretch of somebody's time line: ``cart -> [^cart]* -> pay``.

    Attributes:
        pattern: what it looks like.
        begins: it begins with the first event of the time line.
        ends: it ends with the last.
    """

    pattern: Pattern
    begins: bool = False
    ends: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.pattern, Events) and not (self.begins or self.ends):
            raise BadExpression("lonely_event", event=str(self.pattern))
        if is_empty_allowed(self.pattern) and not (self.begins and self.ends):
            raise BadExpression("path_of_nothing")

    @property
    def events(self) -> tuple[Events, ...]:
        """Those that its pieces name, each once."""
        return tuple(dict.fromkeys(events_in(self.pattern)))

    def __str__(self) -> str:
        return ("^ " if self.begins else "") + str(self.pattern) + (" $" if self.ends else "")


@dataclass(frozen=True)
class InSegment(OfCustomers):
    """Whether somebody is in a segment: ``in segment 'VIP'``.

    Attributes:
        name: the segment's.
    """

    name: str

    @property
    def names(self) -> frozenset[str]:
        """The segment, for which the columns that it reads are yet to be found."""
        return frozenset({SegmentName(self.name)})

    def __str__(self) -> str:
        return f"in segment {spell_literal(self.name)}"


def customers_in(expr: Expr) -> Iterator[OfCustomers]:
    """The conditions on customers in a condition.

    Example:
        >>> from lvtu.core.expr import parse
        >>> [str(one) for one in customers_in(parse("channel = 'web' and not (did A or B -> C)"))]
        ['did A', 'B -> C']
    """
    if isinstance(expr, OfCustomers):
        yield expr
    for part in (expr.part,) if isinstance(expr, Not) else expr.parts if isinstance(expr, Junction) else ():
        yield from customers_in(part)


def is_of_customers(expr: Expr) -> bool:
    """Whether nothing in a condition looks at a single event."""
    if isinstance(expr, Not):
        return is_of_customers(expr.part)
    return all(map(is_of_customers, expr.parts)) if isinstance(expr, Junction) else isinstance(expr, OfCustomers)


def spell_duration(micros: int) -> str:
    """A duration as the language writes it, in the largest unit that makes it a whole number.

    Example:
        >>> spell_duration(7 * 86_400_000_000), spell_duration(90_000_000), spell_duration(5)
        ('7 days', '90 seconds', '5 us')
    """
    for unit, size in _UNITS:
        if micros % size == 0:
            return f"{micros // size} {unit}{'s' * (micros != size)}"
    return f"{micros} us"
