"""The properties that events have: how often, and what their values mostly are."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
import pyarrow as pa

from lvtu.store import files, parts
from lvtu.store.journeys.reading import names_of_properties
from lvtu.store.journeys.snapshot import Snapshot

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


_FILE = "properties.json"
"""What was found, in the folder of a generation: an erasure takes that away, and what was known with it."""


class Properties:
    """The properties of a workspace's events; after the first look only what is new is read. Threads may share it.

    What the first look finds is kept beside the journeys, so that it is the first of all servers to come.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._commit = -1
        self._events: Counter[str] = Counter()
        self._kinds: defaultdict[str, Counter[Kind]] = defaultdict(Counter)

    def known(self, snapshot: Snapshot) -> list[Property]:
        """The properties of all events of a snapshot, most used first."""
        with self._lock:
            kept = snapshot.folder / _FILE
            if self._commit < 0:
                self._load(kept)
            if snapshot.commit > self._commit:
                batches = snapshot.lake.read(["properties"], after_commit=self._commit, upto_commit=snapshot.commit)
                for names, texts in parts.in_order(_looked_through, batches):
                    self._events.update(names)
                    self._look_at(texts)
                self._commit = snapshot.commit
            if not kept.exists():
                self._save(kept)
            ranked = sorted(self._events.items(), key=lambda item: (-item[1], item[0]))
            return [Property(name, events, self._kind(name)) for name, events in ranked]

    def _load(self, kept: Path) -> None:
        with suppress(OSError, ValueError):  # it is not there, or was cut short: all is read again
            told = msgspec.json.decode(kept.read_bytes())
            self._events.update(told["events"])
            for name, kinds in told["kinds"].items():
                self._kinds[name].update(kinds)
            self._commit = told["commit"]

    def _save(self, kept: Path) -> None:
        told = {"commit": self._commit, "events": self._events, "kinds": self._kinds}
        with suppress(OSError):  # the generation may have been replaced meanwhile
            files.write_durably(kept, msgspec.json.encode(told))

    def _look_at(self, texts: list[str | None]) -> None:
        for text in texts:
            if text:
                for name, value in msgspec.json.decode(text).items():
                    if value is not None:
                        self._kinds[name][_kind_of(value)] += 1

    def _kind(self, name: str) -> Kind:
        seen = self._kinds.get(name)
        return seen.most_common(1)[0][0] if seen else "text"


def _looked_through(batch: pa.RecordBatch) -> tuple[dict[str, int], list[str | None]]:
    """How many events of a batch have which property, and the properties of some of them."""
    texts: list[str | None] = batch.column(0).slice(0, _LOOKED_AT).to_pylist()
    return names_of_properties(batch), texts


def _kind_of(value: Any) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "text"
