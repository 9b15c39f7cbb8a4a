"""What the folder of journeys holds: one small file, replaced in one step when it changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

from lvtu.store import files
from lvtu.store.journeys.durable import boot

NAME = "manifest.json"
LAYOUT = 2
"""The layout of the columns this code reads; journeys of another layout are built anew."""


@dataclass(frozen=True)
class BucketEntry:
    """One bucket: customers whose keys share a prefix.

    Attributes:
        low: the smallest high half of a key that belongs here.
        customers: how many.
        events: how many.
    """

    low: int
    customers: int
    events: int


@dataclass(frozen=True)
class Manifest:
    """One generation of the journeys.

    Attributes:
        generation: its number; columns lie in a folder of that name.
        commit: the last commit of the lake that the base holds.
        events: names by code; code 0 means missing.
        channels: likewise.
        buckets: in the order of their keys.
        first_time: of the earliest event, µs; 0 without events.
        last_time: of the latest.
        identity: the version of the stored edges and rules the owners were resolved with.
        boot: the run of the machine in which its files can be trusted as they are (see `durable`).
    """

    generation: int = 0
    commit: int = -1
    events: tuple[str, ...] = ("",)
    channels: tuple[str, ...] = ("",)
    buckets: tuple[BucketEntry, ...] = ()
    first_time: int = 0
    last_time: int = 0
    identity: int = 0
    boot: str = field(default_factory=boot)
    layout: int = field(default=LAYOUT)

    @property
    def customers(self) -> int:
        """Customers in the base."""
        return sum(bucket.customers for bucket in self.buckets)

    @property
    def rows(self) -> int:
        """Events in the base."""
        return sum(bucket.events for bucket in self.buckets)

    def folder(self, journeys: Path) -> Path:
        """Where this generation's columns lie."""
        return journeys / f"{self.generation:06d}"

    def save(self, journeys: Path) -> None:
        """Publish: from now on readers see this generation."""
        files.replace_json(journeys / NAME, asdict(self))


def load(journeys: Path) -> Manifest | None:
    """The published manifest; None where there is none, or one of another layout."""
    if not (journeys / NAME).exists():
        return None
    stored = files.read_json(journeys / NAME)
    if stored.get("layout") != LAYOUT:
        return None
    buckets = tuple(BucketEntry(**bucket) for bucket in stored.pop("buckets"))
    events, channels = tuple(stored.pop("events")), tuple(stored.pop("channels"))
    return Manifest(**stored, events=events, channels=channels, buckets=buckets)
