"""What is true of a simulation and cannot be read off its events."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from lvtu.core.model import JourneyModel
from lvtu.simulator.pains import Effect, Pain

TEXTS = pa.schema(
    [
        ("message_id", pa.string()), ("customer", pa.string()), ("kind", pa.string()), ("language", pa.string()),
        ("polarity", pa.int8()),
        ("aspects", pa.list_(pa.struct([("aspect", pa.string()), ("polarity", pa.int8())]))),
        ("emotion", pa.string()), ("intent", pa.string()),
    ]
)  # fmt: skip
"""The columns of `Truth.texts`."""


@dataclass(frozen=True)
class Planted:
    """A pain, and whom it met.

    Attributes:
        pain: what was planted.
        stage: the stage it lies in.
        customers: who passed the step while it hurt, as `Truth.customers` calls them.
    """

    pain: Pain
    stage: str
    customers: pa.Array


@dataclass(frozen=True, repr=False)
class Truth:
    """What a simulation is made of.

    Attributes:
        seed: its seed.
        stages: the stages in order.
        model: the journey model that fits its events.
        customers: one a row: ``customer`` (the user id, which the events tell only of those who signed in), ``known``
            (whether they ever did), ``language``, ``city``, ``city_tier``, ``currency``, ``age``, ``phone``, ``email``,
            ``openid``, ``unionid``, ``member`` (null for those they lack), ``shares`` (their browser with another).
        devices: one a row: ``customer``, ``anonymous_id``, ``channel``, ``shared``, ``signed_in`` (whether its events
            ever tell the user id, so that a sign-in joins it).
        pains: what hurts, and whom it met.
        effects: what changed on a date.
        feelings: by stage, the mean of how customers felt there, −2…+2: the curve that answers scatter around.
        touchpoints: the same by touchpoint, as the model calls them.
        texts: one a row, as `TEXTS`: what each text is meant to say.
    """

    seed: int
    stages: tuple[str, ...]
    model: JourneyModel
    customers: pa.Table
    devices: pa.Table
    pains: tuple[Planted, ...]
    effects: tuple[Effect, ...]
    feelings: dict[str, float]
    touchpoints: dict[str, float]
    texts: pa.Table

    def __repr__(self) -> str:
        said = ", ".join(f"{one.pain.step}:{one.pain.kind}:{one.pain.strength:g}" for one in self.pains)
        return f"Truth(customers={self.customers.num_rows}, seed={self.seed}, pains=[{said}])"
