"""The properties that events have: how often, and what their values mostly are."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from lvtu.store.journeys.reading import names_of_properties
from lvtu.store.lake import Lake

Kind = Literal["text", "number", "time", "boolean"]

_LOOKED_AT = 2_000
"""Events of each batch of the lake whose values are looked at for their kind."""


@dataclass(frozen=True)
class Property:
    """A property.

    Attributes:
        name: it.
        events: how many have it.
        kind: what its values mostly are, of those looked at; text where none was.
    """

    name: str
    events: int
    kind: Kind


class Properties:
    """The properties of a workspace's events; after the first look only what is new is read. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._commit = -1
        self._events: Counter[str] = Counter()
        self._kinds: defaultdict[str, Counter[Kind]] = defaultdict(Counter)

    def known(self, lake: Lake, commit: int) -> list[Property]:
        """The properties of all events up to a commit, most used first."""
        with self._lock:
            if commit > self._commit:
                for batch in lake.read(["properties"], after_commit=self._commit, upto_commit=commit):
                    self._events.update(names_of_properties(batch))
                    self._look_at(batch.column(0).slice(0, _LOOKED_AT).to_pylist())
                self._commit = commit
            ranked = sorted(self._events.items(), key=lambda item: (-item[1], item[0]))
            return [Property(name, events, self._kind(name)) for name, events in ranked]

    def _look_at(self, texts: list[str | None]) -> None:
        for text in texts:
            if text:
                for name, value in msgspec.json.decode(text).items():
                    if value is not None:
                        self._kinds[name][_kind_of(value)] += 1

    def _kind(self, name: str) -> Kind:
        seen = self._kinds.get(name)
        return seen.most_common(1)[0][0] if seen else "text"


def _kind_of(value: Any) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "text"
