"""A map's answers: numbers with their intervals, by lane and step; quotes; what goes from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lvtu.core.model.text import Text
from lvtu.core.sentences import Note
from lvtu.errors import LvtuError

Unit = Literal["feeling", "share", "points", "mean", "count", "duration"]
"""−2 … +2; 0 … 1; −100 … 100; a number on its own scale; a number of things; microseconds."""

FEW = 5
"""Answers below which a value is drawn hollow."""


@dataclass(frozen=True)
class Value:
    """A number that the data give.

    Attributes:
        value: it.
        unit: what it is measured in.
        n: answers, or customers, that it rests on.
        low, high: its 95 % interval; None where there is none.
        before: what it was in the period before; None where that is not known.
        worse, better: whether it changed since, and not by chance.
        target: what it should be.
        aim: in which direction it gets better, where there is a target.
        stale: why it is no longer to be relied on (`lvtu.maps.live.freshness`); None where it is.
    """

    value: float
    unit: Unit
    n: int
    low: float | None = None
    high: float | None = None
    before: float | None = None
    worse: bool = False
    better: bool = False
    target: float | None = None
    aim: Literal["up", "down"] = "up"
    stale: Note | None = None

    @property
    def few(self) -> bool:
        """Whether it rests on too few to be told like the others."""
        return self.n < FEW

    @property
    def short(self) -> float | None:
        """By how much the target is missed, above zero; zero or less where it is met; None without a target.

        Example:
            >>> Value(32.0, "points", 90, target=40.0).short, Value(0.3, "share", 90, target=0.5, aim="down").short
            (8.0, -0.2)
        """
        if self.target is None:
            return None
        return round(self.target - self.value if self.aim == "up" else self.value - self.target, 9)


@dataclass(frozen=True)
class Quote:
    """Something a customer said, word for word.

    Attributes:
        text: it.
        source: the id of its event.
        speaker: a pseudonym.
        date: the day, ISO-8601; empty where the day is not known.
        feeling: −2 … +2; None where it has none.
    """

    text: str
    source: str
    speaker: str
    date: str = ""
    feeling: float | None = None


@dataclass(frozen=True)
class Unplaced:
    """What customers wrote in a survey that speaks of no step.

    Attributes:
        n: how many texts.
        quotes: the most telling first.
    """

    n: int = 0
    quotes: tuple[Quote, ...] = ()


Place = tuple[str, str]
"""A step and a channel on which customers were there."""


@dataclass(frozen=True)
class AsPlanned:
    """How a step went beside the plan: customers.

    Attributes:
        completed: who did it in its place and in time.
        missing: who left it out.
        failing: who did it at another place, or later than its standard allows.
        ad_hoc: who did it though the plan does not have it, or more often than it has.
        planned: whether the plan has it.
        optional: whether it may be left out; `missing` is nobody then.
        skipped: who left it out, where they may.
    """

    completed: int
    missing: int
    failing: int
    ad_hoc: int
    planned: bool = True
    optional: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class Layer:
    """What is known of the steps in one respect.

    Attributes:
        values: by step.
        scale: on which scale customers answered; None where they did not answer.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    scale: str | None = None


@dataclass(frozen=True)
class Gap:
    """What the answers of some differ by from those of others.

    Attributes:
        difference: theirs minus the others', in the unit of the value.
        low, high: its 95 % interval; None where nothing tells.
        significant: whether it is more than chance, after false-discovery control over everything compared.
    """

    difference: float
    low: float | None
    high: float | None
    significant: bool


@dataclass(frozen=True)
class Times:
    """How long it was from the first event of a step to that of the next, where that is further on in the map.

    Attributes:
        median, p90: what half, and nine in ten, did not exceed (µs, ±1 %).
        n: times that they rest on.
    """

    median: int
    p90: int
    n: int


@dataclass(frozen=True)
class Met:
    """When a customer was first at a step.

    Attributes:
        time: µs.
        exact: whether that is known to the second; of others the day is known.
    """

    time: int
    exact: bool


@dataclass(frozen=True)
class Kept:
    """Whether what one step hands over was taken over by another in time (`lvtu.analyses.handoffs`).

    Attributes:
        mature: hand-offs whose time is over.
        kept, late, broken: taken over in time, later, not at all though the time is over.
        share: that of those kept in mature: who was quick yesterday is no more in it than who still has time.
        low, high: its 95 % interval.
    """

    mature: int
    kept: int
    late: int
    broken: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Filled:
    """Everything that the data say to a map.

    Attributes:
        values: by the key of the lane, by the key of the step.
        head: numbers of the whole journey, by the key of their binding.
        volume: customers by step.
        quotes: by step, the most telling first.
        unplaced: what was written in the map's survey, and speaks of no step.
        ways: by steps from and to: the share of those who took the first that took the second next.
        between: by steps from and to: the median time.
        starts: by step: the share of customers whose way begins there.
        ends: by step: of those who were there, the share whose way ends there.
        times: by step: how long it was until the next one.
        since: by step: the median time from a customer's first step of the map to their first event there; n is of how
            many both are known exactly.
        met: of one customer, by step: when they were first there; None where it is about more.
        kept: by the key of a link that says within what time: whether it was.
        drop_off: by step: of those who got to it or beyond, the share who got no further.
        channels: customers by step and channel.
        switches: between two such places of different channels: how often customers went straight from one to the
            other; n is how many customers did. The most frequent first.
        again: of those who reached the last stage, the share who came back to the first; None where that is not known.
        bothered: by ``annoy`` and ``repeat``, by step: of the customers there the share to whom that happened
            (`lvtu.maps.live.bothered`); only of a map with a lane of the four don'ts.
        plan: how each step went beside the plan; empty where nothing can be said.
        feeling, effort: how customers feel at each step, and how easy it was.
        roles: by actor, by step: how they feel, where an actor is a group of customers that the data know.
        customers: how many the map is about; None without data.
        whose: what people call those it is about, where it is seen from a perspective.
        persona: the key of the persona they are.
        beside: the answers of others, where it is compared with theirs.
        gaps: by lane, or actor, and step what the two differ by.
        weighted: whether answers carry survey weights that count.
        period: which time it is about, µs; None: all there is.
        newest: by the key of a binding, by the key of the step (empty: the whole journey): when the newest event or
            answer that feeds it happened, µs; of bindings with a cadence.
        failed: by the key of a binding, why its question has no answer.
        notes: what must be said with it.
        simulated: whether the data are.
    """

    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    head: Mapping[str, Value] = field(default_factory=dict)
    volume: Mapping[str, Value] = field(default_factory=dict)
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    unplaced: Unplaced = field(default_factory=Unplaced)
    ways: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    between: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    starts: Mapping[str, Value] = field(default_factory=dict)
    ends: Mapping[str, Value] = field(default_factory=dict)
    times: Mapping[str, Times] = field(default_factory=dict)
    since: Mapping[str, Value] = field(default_factory=dict)
    met: Mapping[str, Met] | None = None
    kept: Mapping[str, Kept] = field(default_factory=dict)
    drop_off: Mapping[str, Value] = field(default_factory=dict)
    channels: Mapping[Place, Value] = field(default_factory=dict)
    switches: Mapping[tuple[Place, Place], Value] = field(default_factory=dict)
    again: Value | None = None
    bothered: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    plan: Mapping[str, AsPlanned] = field(default_factory=dict)
    feeling: Layer = field(default_factory=Layer)
    effort: Layer = field(default_factory=Layer)
    roles: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    customers: int | None = None
    whose: Text | None = None
    persona: str | None = None
    beside: Filled | None = None
    gaps: Mapping[str, Mapping[str, Gap]] = field(default_factory=dict)
    weighted: bool = False
    period: tuple[int, int] | None = None
    newest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    failed: Mapping[str, LvtuError] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    simulated: bool = False

    @property
    def unweighted(self) -> bool:
        """Whether survey weights were left aside where it was asked."""
        return any(note.code == "weights_off" for note in self.notes)
