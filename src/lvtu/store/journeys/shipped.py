"""A snapshot as it travels to other machines: what the files of its generation do not say themselves.

The lake stays behind, and so does the tail: its rows are folded where they are. Of the tail only the names travel, so
that codes mean the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lvtu.store.journeys import fields
from lvtu.store.journeys.derived import name_and_version
from lvtu.store.journeys.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lvtu.core.expr import Expr
    from lvtu.store.journeys.block import Derived
    from lvtu.store.journeys.columns import Array
    from lvtu.store.journeys.derived import Readings
    from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Shipment:
    """What is sent instead of a snapshot.

    Attributes:
        journeys: the folder of the journeys, which must have the same name on the other machine.
        manifest: the generation's, with the snapshot's event names, channels and last commit.
        times: the first and last event's, µs.
        upto: show only events of this commit and earlier ones.
        derived: the columns that are worked out as they are read.
        more: the texts that the tail adds to those on disk, by field.
        meanings: what the names of segments stand for that have been asked for.
        readings: how texts are read; None where nothing that is asked for depends on it.
    """

    journeys: Path
    manifest: Manifest
    times: tuple[int, int]
    upto: int | None
    derived: Derived | None
    more: dict[str, list[str]]
    meanings: dict[str, Expr | Array]
    readings: Readings | None


def shipment(snapshot: Snapshot) -> Shipment:
    """What to send of a snapshot, the fields that have been prepared included."""
    manifest = replace(
        snapshot.manifest,
        commit=snapshot.tail.commit if snapshot.tail else snapshot.manifest.commit,
        events=tuple(snapshot.events),
        channels=tuple(snapshot.channels),
    )
    more = {}
    if snapshot.tail:
        for name, values in snapshot.values().items():
            more[name] = list(values[len(fields.open_values(name, snapshot.folder)) :])
    folder = snapshot.folder.parent.absolute()
    readings = snapshot.readings.abroad() if any(name_and_version(name)[1] for name in snapshot.values()) else None
    meanings = dict(snapshot.meanings)
    return Shipment(folder, manifest, snapshot.times, snapshot.upto, snapshot.derived, more, meanings, readings)


def landed(sent: Shipment) -> Snapshot:
    """The snapshot that was sent: its buckets as they lie on disk, under its names."""
    from lvtu.store.journeys.snapshot import Snapshot

    nowhere: Any = None
    snapshot = Snapshot(nowhere, sent.journeys, sent.manifest, upto=sent.upto)
    snapshot.derived, snapshot.meanings = sent.derived, sent.meanings
    snapshot.__dict__ |= {"times": sent.times, "_values": _Values(snapshot.folder, sent.more)}
    if sent.readings is not None:
        snapshot.__dict__["readings"] = sent.readings
    return snapshot


class _Values(dict[str, "Sequence[str]"]):
    """The texts of fields by code, opened as they are asked for."""

    def __init__(self, folder: Path, more: dict[str, list[str]]) -> None:
        super().__init__()
        self._folder, self._more = folder, more

    def __missing__(self, name: str) -> Sequence[str]:
        values = fields.open_values(name, self._folder)
        if more := self._more.get(name):
            values = [*values, *more]
        self[name] = values
        return values
