"""A map's answers: numbers with their intervals, by lane and step; quotes; what goes from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
class Filled:
    """Everything that the data say to a map.

    Attributes:
        values: by the key of the lane, by the key of the step.
        head: numbers of the whole journey, by the key of their binding.
        volume: customers by step.
        quotes: by step, the most telling first.
        ways: by steps from and to: the share of those who took the first that took the second next.
        between: by steps from and to: the median time.
        customers: how many the map is about; None without data.
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
    ways: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    between: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    customers: int | None = None
    period: tuple[int, int] | None = None
    newest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    failed: Mapping[str, LvtuError] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    simulated: bool = False
