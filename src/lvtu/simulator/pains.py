"""Pains and effects: what is planted, where, how strongly and from when on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import instant
from lvtu.errors import BadInput, UnknownName
from lvtu.simulator.plan import END, START, STEPS

Array = NDArray[Any]


@dataclass(frozen=True)
class Kind:
    """What a pain of a kind does to those who meet it at full strength; at another, its share of it.

    Attributes:
        lost: the share of those who would have gone on that now do not.
        hurt: how much worse it feels, on −2…+2.
        slower: how many times longer it takes, beyond once.
        shown: in what share of passes the event that shows it occurs, beyond `ANYWAY`.
    """

    lost: float
    hurt: float
    slower: float
    shown: float


KINDS = {
    "wait": Kind(lost=0.30, hurt=1.3, slower=3.0, shown=0.0),
    "annoy": Kind(lost=0.45, hurt=1.7, slower=0.4, shown=0.80),
    "think": Kind(lost=0.35, hurt=1.1, slower=1.5, shown=0.60),
    "repeat": Kind(lost=0.25, hurt=1.4, slower=0.8, shown=0.70),
}
"""The four don'ts: do not let me wait, do not annoy me, do not make me think, do not make me repeat."""

ANYWAY = 0.02
"""In what share of passes an error, a look for help or a repeat occurs where no pain is planted."""


@dataclass(frozen=True)
class Pain:
    """A pain, planted at a step.

    Args:
        step: where: a key of `lvtu.simulator.plan.STEPS`.
        kind: ``wait``, ``annoy``, ``think`` or ``repeat``.
        strength: from 0 (nothing) to 1.
        since, until: the first instant (ISO-8601) and the first one after it; None for the whole year.

    Raises:
        UnknownName: there is no such step or kind.
        BadInput: the strength is not from 0 to 1, a time is none.

    Example:
        >>> Pain("checkout", "annoy", 0.5)
        Pain(step='checkout', kind='annoy', strength=0.5, since=None, until=None)
        >>> Pain.read("delivery:wait:0.8")
        Pain(step='delivery', kind='wait', strength=0.8, since=None, until=None)
    """

    step: str
    kind: str
    strength: float = 1.0
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.step not in STEPS:
            raise UnknownName("step", self.step, list(STEPS))
        if self.kind not in KINDS:
            raise UnknownName("pain", self.kind, list(KINDS))
        if not 0 <= self.strength <= 1:
            raise BadInput("pain_strength", strength=str(self.strength))
        if self.span[0] >= self.span[1]:
            raise BadInput("pain_never", step=self.step, since=str(self.since), until=str(self.until))

    @classmethod
    def read(cls, text: str) -> Pain:
        """A pain as the command line spells it: ``STEP:KIND``, or with ``:STRENGTH`` from 0 to 1.

        Raises:
            BadInput: it is not spelled so.
        """
        parts = text.split(":")
        try:
            strength = float(parts[2]) if len(parts) == 3 else 1.0
        except ValueError:
            parts = []
        if len(parts) not in (2, 3):
            raise BadInput("pain_spelling", pain=text, known=[f"{step}:{kind}" for step in STEPS for kind in KINDS])
        return cls(parts[0], parts[1], strength)

    @property
    def stage(self) -> str:
        """The stage that its step belongs to."""
        return STEPS[self.step].stage

    @property
    def span(self) -> tuple[int, int]:
        """The first instant and the first one after it, µs."""
        return (
            START if self.since is None else instant(self.since),
            END if self.until is None else instant(self.until),
        )


DEFAULT = (Pain("checkout", "annoy", 0.7),)
"""What hurts unless something else is asked for: a checkout with errors."""


@dataclass(frozen=True)
class Effect:
    """A change for the better on a date, for some customers.

    Attributes:
        key: its name.
        step: where it works.
        since: the day (ISO-8601, Shanghai) from whose beginning on it does.
        segment: for which events, in the language of filters.
        measure: what it changes: ``duration`` (how long the step takes) or ``conversion`` (who goes on from it).
        ratio: the measure with it, divided by the measure without.
    """

    key: str
    step: str
    since: str
    segment: str
    measure: str
    ratio: float

    @property
    def begin(self) -> int:
        """Its first instant, µs."""
        return instant(f"{self.since}T00:00:00+08:00")


EXPRESS = Effect("express_delivery", "delivery", "2025-07-01", "city_tier = 1", "duration", 0.6)
ONE_PAGE = Effect("one_page_checkout", "checkout", "2025-09-01", "channel = 'app'", "conversion", 1.25)
EFFECTS = (EXPRESS, ONE_PAGE)
"""What always happens: parcels to the largest cities go express, and the app gets a checkout of one page."""


def chosen(pains: Iterable[Pain] | None) -> tuple[Pain, ...]:
    """The pains to plant: those given, or the default ones.

    Raises:
        BadInput: one of them is no pain.
    """
    given = DEFAULT if pains is None else tuple(pains)
    for one in given:
        if not isinstance(one, Pain):
            raise BadInput("no_pain", value=repr(one))
    return given


def strengths(pains: Sequence[Pain], step: str, times: Array) -> dict[str, Array]:
    """How strongly each kind of pain is met at a step at some times (µs); kinds that are met never are left out."""
    met: dict[str, Array] = {}
    for pain in pains:
        if pain.step == step and pain.strength:
            since, until = pain.span
            here = pain.strength * ((times >= since) & (times < until))
            met[pain.kind] = np.minimum(1.0, met.get(pain.kind, 0.0) + here)
    return met
