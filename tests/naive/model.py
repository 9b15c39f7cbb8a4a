"""A journey model in plain Python: which touchpoint, stage and behaviour an event shows, and where it was.

Each also says itself as the document that Lvtu reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from naive.journeys import Event
from naive.stages import Stage

Test = Callable[[Event], bool]

CHANNELS = {"web": "online", "app": "online", "store": "offline"}
"""What Lvtu's own list says of the channels that the events have."""


@dataclass(frozen=True)
class Rule:
    """A rule of a model, both ways."""

    events: tuple[str, ...] = ()
    channel: str | None = None
    where: Any = None  # a test of an event with the filter's `text`
    touchpoints: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        given = {"events": self.events, "channel": self.channel, "where": self.where and self.where.text,
                 "touchpoints": self.touchpoints}  # fmt: skip
        return {name: value for name, value in given.items() if value}

    def fits(self, event: Event, touchpoint: str | None) -> bool:
        names = [name for name in self.events if name == event.event or (name == "*" or name == f"{event.event[0]}*")]
        return (
            (not self.events or bool(names))
            and (self.channel is None or event.channel == self.channel)
            and (self.where is None or self.where(event))
            and (not self.touchpoints or touchpoint in self.touchpoints)
        )


@dataclass(frozen=True)
class Model:
    """A model, both ways: touchpoints (id, online, rules), stages (key, entry, exit), behaviours (key, rules)."""

    touchpoints: tuple[tuple[str, bool | None, tuple[Rule, ...]], ...]
    stages: tuple[tuple[str, tuple[Rule, ...], tuple[Rule, ...]], ...]
    behaviours: tuple[tuple[str, tuple[Rule, ...]], ...]

    def document(self) -> dict[str, Any]:
        return {
            "key": "twin",
            "title": "Twin",
            "touchpoints": [
                {"id": id_, "name": id_, "online": online, "events": [rule.document() for rule in rules]}
                for id_, online, rules in self.touchpoints
            ],
            "stages": [
                {"key": key, "name": key, "entry": [r.document() for r in entry], "exit": [r.document() for r in exit_]}
                for key, entry, exit_ in self.stages
            ],
            "behaviours": [
                {"key": key, "name": key, "events": [rule.document() for rule in rules]}
                for key, rules in self.behaviours
            ]
            + [{"key": "churned", "name": "churned", "silent": "4us"}],
        }

    def touchpoint(self, event: Event) -> str | None:
        return _first([(id_, rules) for id_, _, rules in self.touchpoints], event, None)

    def stage(self, event: Event) -> str | None:
        return _first([(key, entry) for key, entry, _ in self.stages], event, self.touchpoint(event))

    def behaviour(self, event: Event) -> str | None:
        return _first(self.behaviours, event, None)

    def online(self, event: Event) -> str | None:
        stated = {id_: online for id_, online, _ in self.touchpoints}.get(self.touchpoint(event))
        return CHANNELS.get(event.channel) if stated is None else "online" if stated else "offline"

    def seen(self, events: Sequence[Event]) -> list[Event]:
        """The events with the model's columns as properties, for twins that read those."""
        columns = {"touchpoint": self.touchpoint, "stage": self.stage, "online": self.online}
        columns["behaviour"] = self.behaviour
        return [
            replace(e, properties=e.properties | {name: column(e) for name, column in columns.items()}) for e in events
        ]

    def twins(self) -> list[Stage]:
        """The stages as the twin has them."""
        return [Stage(self._test(entry), self._test(exit_)) for _, entry, exit_ in self.stages]

    def _test(self, rules: tuple[Rule, ...]) -> Test:
        return lambda event: any(rule.fits(event, self.touchpoint(event)) for rule in rules)


def _first(parts: Sequence[tuple[str, tuple[Rule, ...]]], event: Event, touchpoint: str | None) -> str | None:
    return next((key for key, rules in parts if any(rule.fits(event, touchpoint) for rule in rules)), None)
