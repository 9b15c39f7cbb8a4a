"""To which channels the store's orders are owed, by every model of attribution side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lvtu.demo.paths import ORDERED


@dataclass(frozen=True)
class Owed:
    """A channel's part of the orders by one model.

    Attributes:
        orders: the orders it is given, in parts of orders.
        share: of all orders; those of all channels add up to 1.
        low: lower end of the share's 95 % interval, None where there is none.
        high: upper end.
    """

    orders: float
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Credit:
    """The models side by side.

    Attributes:
        models: their names, in the order of the page.
        channels: channel → model → what it is owed; the channels with most orders by the linear model first.
        untimed: orders whose touches have an order and no time.
        all: all orders.
    """

    models: list[str]
    channels: dict[str, dict[str, Owed]]
    untimed: int
    all: int

    def range(self, channel: str) -> float:
        """The greatest share that a model gives to a channel, less the smallest."""
        shares = [owed.share for owed in self.channels[channel].values()]
        return max(shares) - min(shares)


def credit(ws: Any) -> Credit:
    """Every model's answer from the store's workspace."""
    answer = ws.attribution(ORDERED, "all", by="channel")
    channels: dict[str, dict[str, Owed]] = {}
    models: list[str] = []
    for row in answer.models.to_pylist():
        if row["model"] not in models:
            models.append(row["model"])
        owed = Owed(row["conversions"], row["share"], row["low"], row["high"])
        channels.setdefault(row["channel"], {})[row["model"]] = owed
    note = next(note for note in answer.notes if note.code == "decay_without_times")
    ranked = sorted(channels, key=lambda channel: (-channels[channel]["linear"].orders, channel))
    return Credit(models, {name: channels[name] for name in ranked}, note.values["goals"], note.values["all"])
