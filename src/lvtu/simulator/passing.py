"""Passing a step: who goes on, how long it takes, how it feels, and what shows that it hurts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import SECOND
from lvtu.simulator.draws import Draws
from lvtu.simulator.log import Column, Log, Said
from lvtu.simulator.pains import ANYWAY, KINDS, Pain, strengths
from lvtu.simulator.people import People
from lvtu.simulator.plan import STEPS

Array = NDArray[Any]

ABOUT = {
    "search": "app", "product": "quality", "cart": "app", "checkout": "checkout", "payment": "checkout",
    "store": "store", "delivery": "delivery", "chat": "service", "hotline": "service", "ticket": "service",
    "refund": "refund",
}  # fmt: skip
"""What is spoken of when a step is: a key of the phrases."""

NOISE = 0.55
"""How much the feelings of one customer at one step spread."""


@dataclass(frozen=True)
class Passage:
    """How some customers passed a step.

    Attributes:
        go: who goes on.
        feeling: how each felt, −2…+2.
        stay: how long it took, µs.
        end: when it was over, µs.
        troubled: who met an error, or a complaint.
    """

    go: Array
    feeling: Array
    stay: Array
    end: Array
    troubled: Array


@dataclass(frozen=True)
class Scene:
    """What a round of the simulation goes by.

    Attributes:
        people: the customers.
        log: what happens.
        pains: what is planted.
        draws: the round's random numbers.
    """

    people: People
    log: Log
    pains: Sequence[Pain]
    draws: Draws

    def pass_step(
        self, key: str, who: Array, time: Array, channel: Column, device: Column, known: Column, source: str = "shop",
        *, named: str = "", lift: Array | float = 1.0, pace: Array | float = 1.0, mood: Array | float = 0.0,
    ) -> Passage:  # fmt: skip
        """Let some customers pass a step.

        Args:
            key: the step's.
            who: their places.
            time: when they come to it, µs.
            channel, device, known, source: of the events that show that it hurts.
            named: under which names the random numbers are, beside the step's.
            lift: how many times more of them go on.
            pace: how many times longer it takes.
            mood: how much better they feel, beside their own mood.
        """
        step, draws, name = STEPS[key], self.draws, f"{named}{key}"
        met = strengths(self.pains, key, time)
        go, hurt, slower = np.full(len(who), step.go) * lift, np.zeros(len(who)), np.ones(len(who))
        for kind, strength in met.items():
            effect = KINDS[kind]
            go, hurt = go * (1 - effect.lost * strength), hurt + effect.hurt * strength
            slower += effect.slower * strength
        stay = (draws.lasting(f"{name}.stay", who, step.stay) * slower * pace * SECOND).astype(np.int64)
        feeling = step.feeling + self.people.mood[who] + mood - hurt + draws.normal(f"{name}.feel", who, NOISE)
        feeling = np.clip(feeling, -2.0, 2.0)
        troubled = self._signs(name, key, who, time, stay, met, feeling, channel, device, known, source)
        self.log.meet(key, who, time)
        self.log.feel(key, who, time, feeling)
        return Passage(draws.under(f"{name}.go", who, np.minimum(go, 0.98)), feeling, stay, time + stay, troubled)

    def _signs(
        self, name: str, key: str, who: Array, time: Array, stay: Array, met: dict[str, Array], feeling: Array,
        channel: Column, device: Column, known: Column, source: str,
    ) -> Array:  # fmt: skip
        """The events that show that a step hurts; returns who met an error or made a complaint."""
        step, troubled = STEPS[key], np.zeros(len(who), bool)
        signs = (("annoy", step.annoy, "error", 0.35), ("think", step.think, "help", 0.55),
                 ("repeat", step.repeat, "again", 0.75))  # fmt: skip
        for kind, event, facet, part in signs:
            share = ANYWAY + KINDS[kind].shown * np.asarray(met.get(kind, 0.0))
            shown = self.draws.under(f"{name}.{facet}", who, share)
            said = None
            if event == "Complaint Made":
                said = Said("ticket", np.minimum(feeling[shown], -0.8), np.full(int(shown.sum()), ABOUT[key], object))
            picked: dict[str, Any] = {
                name: value[shown] if isinstance(value, np.ndarray) else value
                for name, value in (("channel", channel), ("device", device), ("known", known))
            }
            at = (time + part * stay)[shown].astype(np.int64)
            self.log.add(event, who[shown], at, source=source, said=said, **picked, step=key)
            if kind == "annoy":
                troubled = shown
        return troubled
