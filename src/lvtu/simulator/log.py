"""What happens while it is simulated, event by event, as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Column = Array | str | float | int | bool | None

COLUMNS = ("channel", "source", "device", "known", "value", "currency", "score", "scale")
"""What each event has beside its customer, its time and its properties."""


@dataclass
class Said:
    """What is to be said in an event: the words come later (`lvtu.simulator.texts`).

    Attributes:
        kind: ``chat``, ``ticket``, ``review`` or ``comment``.
        mood: how they feel about it, −2…+2; NaN for those who say nothing.
        about: what it is mainly about, a key of the phrases.
        wish: ``""``, or ``ask``: they want to know something.
    """

    kind: str
    mood: Array
    about: Array
    wish: str = ""


@dataclass
class Chunk:
    """Events of one name that happened together: a scalar stands for all of them."""

    who: Array
    time: Array
    columns: dict[str, Column]
    properties: dict[str, Column]
    said: Said | None = None


@dataclass
class Log:
    """Everything that happened to some customers.

    Attributes:
        chunks: by the events' names.
        felt: by touchpoint: who felt how, when.
        met: for each step, who passed it, when.
    """

    chunks: dict[str, list[Chunk]] = field(default_factory=dict)
    felt: dict[str, list[tuple[Array, Array, Array]]] = field(default_factory=dict)
    met: dict[str, list[tuple[Array, Array]]] = field(default_factory=dict)

    def add(
        self, event: str, who: Array, time: Array, *, channel: Column, source: Column, device: Column = -1,
        known: Column = True, value: Column = None, currency: Column = -1, score: Column = None,
        scale: str | None = None, said: Said | None = None, **properties: Column,
    ) -> None:  # fmt: skip
        """Note events.

        Args:
            event: their name.
            who: the place of each one's customer.
            time: when, µs.
            channel, source: where they were met, and the system that tells it.
            device: the place of the device in `lvtu.simulator.people.DEVICES`; −1 for none.
            known: whether they are signed in (or known otherwise), so that it tells the user id.
            value, currency: money and the place in `lvtu.simulator.people.CURRENCIES`.
            score, scale: an answer.
            said: what is said in them.
            **properties: the rest; None or NaN where there is none.
        """
        if not len(who):
            return
        columns: dict[str, Column] = {
            "channel": channel, "source": source, "device": device, "known": known, "value": value,
            "currency": currency, "score": score, "scale": scale,
        }  # fmt: skip
        self.chunks.setdefault(event, []).append(Chunk(who, time, columns, properties, said))

    def feel(self, touchpoint: str, who: Array, time: Array, feeling: Array) -> None:
        """Note how customers felt at a touchpoint."""
        self.felt.setdefault(touchpoint, []).append((who, time, feeling))

    def meet(self, step: str, who: Array, time: Array) -> None:
        """Note that customers passed a step."""
        self.met.setdefault(step, []).append((who, time))

    def events(self) -> Iterator[tuple[str, list[Chunk]]]:
        """The chunks by event, in the order of their names."""
        yield from sorted(self.chunks.items())


def joined(parts: Sequence[tuple[Array, ...]]) -> tuple[Array, ...]:
    """Several tuples of arrays as one."""
    return tuple(np.concatenate([part[place] for part in parts]) for place in range(len(parts[0])))
