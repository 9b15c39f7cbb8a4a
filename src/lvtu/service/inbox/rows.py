"""Texts of a page as somebody reads them: their rows alone are read, of the lake and of the journeys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.naming import Naming
from lvtu.analyses.overview.feelings import felt
from lvtu.catalog.people import Person
from lvtu.core.units import write_instant
from lvtu.core.words import Lang, known, say
from lvtu.listening.correcting import COLUMNS
from lvtu.service.customers.find import ref_of
from lvtu.service.customers.schemas import Named
from lvtu.service.inbox.listing import Found
from lvtu.service.inbox.schemas import Corrected, Read, Said, Speaker
from lvtu.service.masking import masked, scrubbed
from lvtu.store.corrections import Correction, Corrections
from lvtu.store.journeys.derived import Read as Reads
from lvtu.store.journeys.picked import PickedBlock
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.columns import Reader

RECORD = ("message_id", "time", "event", "channel", "source", "score", "scale", "text", "time_basis")
"""What is read of an event."""

NAMES = {column: name for name, column in COLUMNS.items()}


@dataclass(frozen=True)
class Told:
    """Who is told, and what is known of texts.

    Attributes:
        zone: the clock.
        lang: the language.
        hidden: whether personal identifiers are not for them to see.
        reads: reads texts.
        corrections: what people corrected.
        people: the people of some ids.
    """

    zone: str
    lang: Lang
    hidden: bool
    reads: Reads
    corrections: Corrections
    people: Callable[[set[str]], Mapping[str, Person]]

    @property
    def reader(self) -> Reader:
        """Who reads texts."""
        return cast(Reader, self.reads)

    def text(self, text: str) -> str:
        """A text as they may see it."""
        return scrubbed(text) if self.hidden else text

    def identifier(self, identifier: str) -> str:
        """An identifier as they may see it."""
        return masked(identifier) if self.hidden else identifier

    def shown(self, record: Mapping[str, Any]) -> tuple[str | None, str]:
        """When something happened: ISO-8601 where that is known, and by their clock."""
        time, basis = record["time"], record["time_basis"] or "exact"
        if basis == "exact":
            return time.isoformat(), f"{time.astimezone(zone_of(self.zone)):%Y-%m-%d %H:%M}"
        return None, f"{time:%Y-%m-%d}" if basis == "day" else "—"

    def value(self, column: str, key: str | None) -> Named | None:
        """A value that was read, by its name."""
        return None if key is None else Named(key=key, name=known(f"readings.{column}.{key}", self.lang) or key)


def told(found: Sequence[Found], snapshot: Snapshot, to: Told) -> list[Said]:
    """Some texts, in their order."""
    if not found:
        return []
    events = [one.event for one in found]
    records = snapshot.lake.take(np.array(events, np.int64), RECORD).to_pylist()
    readings = reads_of(events, [record["text"] for record in records], to)
    names = _names(found)
    shows = _shows(found, snapshot)
    naming = Naming.of(snapshot)
    return [
        _said(one, record, names[one.event], readings[one.event], shows[one.event], naming, to)
        for one, record in zip(found, records, strict=True)
    ]


def reads_of(events: Sequence[int], texts: Sequence[str], to: Told) -> dict[int, Read]:
    """How some texts are read, as people corrected it."""
    standing = to.corrections.of(events)
    people = to.people({one.by for said in standing.values() for one in said.values()})
    rows = to.reader.table(list(texts)).to_pylist()
    return {
        event: read(row, list(standing.get(event, {}).values()), people, to)
        for event, row in zip(events, rows, strict=True)
    }


def read(row: Mapping[str, Any], said: Sequence[Correction], people: Mapping[str, Person], to: Told) -> Read:
    """A reading with what people said of it laid over."""
    values = dict(row) | {NAMES.get(one.what, one.what): one.value for one in said}
    return Read(
        language=to.value("language_read", values["language"]), sentiment=values["sentiment"],
        label=to.value("sentiment_label", values["label"]), corrected=[corrected(one, people) for one in said],
    )  # fmt: skip


def corrected(one: Correction, people: Mapping[str, Person]) -> Corrected:
    """What somebody said of a reading."""
    person = people.get(one.by)
    return Corrected(
        what=cast(Any, NAMES.get(one.what, one.what)), value=one.value, by=one.by,
        by_name=person.name if person else one.by, time=write_instant(one.time),
    )  # fmt: skip


def _shows(found: Sequence[Found], snapshot: Snapshot) -> dict[int, dict[str, str | None]]:
    """By event the touchpoint and the stage it shows, worked out for the customers of the page alone."""
    out: dict[int, dict[str, str | None]] = {one.event: {"touchpoint": None, "stage": None} for one in found}
    naming = Naming.of(snapshot)
    if naming.model is None:
        return out
    snapshot.prepare(["touchpoint", "stage"])
    for block in {id(one.place[0]): one.place[0] for one in found}.values():
        mine = [one for one in found if one.place[0] is block]
        picked = PickedBlock(block, np.unique([one.place[1] for one in mine]))
        at = np.searchsorted(picked.picked, [one.row for one in mine])
        for name in ("touchpoint", "stage"):
            codes, values = picked.codes(name)
            for one, code in zip(mine, codes[at].tolist(), strict=True):
                out[one.event][name] = values[code] if code else None
    return out


def _names(found: Sequence[Found]) -> dict[int, str]:
    """What the customers of some texts are called, by event."""
    out: dict[int, str] = {}
    for block in {id(one.place[0]): one.place[0] for one in found}.values():
        mine = [one for one in found if one.place[0] is block]
        names = block.names().take(pa.array([one.place[1] for one in mine])).to_pylist()
        out |= {one.event: name for one, name in zip(mine, names, strict=True)}
    return out


def _said(
    one: Found, record: Mapping[str, Any], name: str, reading: Read, shows: Mapping[str, str | None], naming: Naming,
    to: Told,
) -> Said:  # fmt: skip
    time, shown = to.shown(record)
    return Said(
        id=str(one.event), message_id=to.identifier(record["message_id"]),
        customer=Speaker(id=to.identifier(name), ref=ref_of(*one.place)),
        time=time, shown=shown, event=named(naming, "event", record["event"], to),
        channel=named(naming, "channel", record["channel"], to),
        touchpoint=named(naming, "touchpoint", shows["touchpoint"], to) if shows["touchpoint"] else None,
        stage=named(naming, "stage", shows["stage"], to) if shows["stage"] else None,
        source=record["source"], score=record["score"], scale=record["scale"],
        feeling=felt(record["scale"], record["score"]), text=to.text(record["text"]), reading=reading,
        answered=one.answered,
    )  # fmt: skip


def named(naming: Naming, column: str, key: str | None, to: Told) -> Named:
    """A value of a column by its name; a missing one has an empty key."""
    if not key:
        return Named(key="", name=say("terms.missing", to.lang))
    return Named(key=key, name=naming.names(column, to.lang).get(key, key))
