"""A page of a customer's time line, with channels as lanes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.overview.feelings import felt
from lvtu.core.model import JourneyModel
from lvtu.core.model.channels import SEEDED
from lvtu.core.model.columns import ModelColumns
from lvtu.core.record import RECORD
from lvtu.core.units import moment
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.service.customers.consents import changes_of
from lvtu.service.customers.find import ref_of
from lvtu.service.customers.profile import session_starts
from lvtu.service.customers.rows import IDENTIFY
from lvtu.service.customers.schemas import Chosen, Happened, Lane, Named, Span, Timeline
from lvtu.service.masking import identifying, masked, scrubbed
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.find import Place, customer_named
from lvtu.store.journeys.picked import PickedBlock
from lvtu.store.journeys.snapshot import Snapshot

_TOLD = ("message_id", "event", "source", "value", "currency", "score", "scale", "text", "language")


@dataclass(frozen=True)
class Page:
    """Which events of a time line.

    Attributes:
        before: only those before this place, the newest first.
        after: only those after this place, the oldest first; not both.
        oldest_first: in which order, where neither is given.
        limit: how many.
    """

    before: int | None = None
    after: int | None = None
    oldest_first: bool = False
    limit: int = 100

    def places(self, total: int) -> tuple[list[int], int | None]:
        """The places of its events, in order, and where the next page goes on."""
        if self.oldest_first or self.after is not None:
            first = 0 if self.after is None else min(max(self.after + 1, 0), total)
            found = list(range(first, min(first + self.limit, total)))
            return found, found[-1] if found and found[-1] + 1 < total else None
        end = total if self.before is None else min(max(self.before, 0), total)
        found = list(range(end - 1, max(end - self.limit, 0) - 1, -1))
        return found, found[-1] if found and found[-1] > 0 else None


@dataclass(frozen=True)
class Reader:
    """Who reads.

    Attributes:
        zone: the clock.
        lang: the language.
        hidden: whether personal identifiers are not for them to see.
    """

    zone: str
    lang: Lang
    hidden: bool

    def shown(self, properties: dict[str, Any], traits: bool) -> dict[str, Any]:
        """Properties as they may see them: what is a customer's own (all of `traits`) masked, the context left out."""
        if not self.hidden:
            return properties
        return {
            name: _hidden(value, identifying(name), traits)
            for name, value in properties.items()
            if not isinstance(value, dict | list)
        }


def _hidden(value: Any, personal: bool, trait: bool) -> Any:
    """A property as those see it from whom identifiers are hidden; a phone number may be a number."""
    if isinstance(value, str):
        return masked(value) if personal or trait else scrubbed(value)
    return masked(str(value)) if personal and isinstance(value, int | float) else value


def timeline(snapshot: Snapshot, place: Place, page: Page, reader: Reader) -> Timeline:
    """A page of a time line, as somebody reads it."""
    block, line = place
    snapshot.prepare(["time_basis"])
    picked = PickedBlock(block, np.array([line]))
    model = _model(snapshot)
    places, after = page.places(picked.rows)
    bases = _bases(picked)
    return Timeline(
        customer=masked(customer_named(block, line)) if reader.hidden else customer_named(block, line),
        ref=ref_of(block, line), events=_events(picked, snapshot, model, places, bases, reader),
        lanes=_lanes(picked, model, reader.lang), span=_span(picked, bases), total=picked.rows, next=after,
        token=snapshot.token,
    )  # fmt: skip


def _model(snapshot: Snapshot) -> JourneyModel | None:
    assert isinstance(snapshot.derived, ModelColumns)
    try:
        model = snapshot.derived.model
    except BadInput as error:
        if error.code != "no_journey_model":
            raise
        return None
    snapshot.prepare(["touchpoint", "stage"])
    return model


def _bases(picked: Block) -> list[str]:
    codes, names = picked.codes("time_basis")
    return [names[code] or "exact" if code else "exact" for code in codes.tolist()]


def _events(
    picked: Block, snapshot: Snapshot, model: JourneyModel | None, places: list[int], bases: list[str], reader: Reader
) -> list[Happened]:
    if not places:
        return []
    ids = picked.column("event_id")[np.array(places)].astype(np.int64)
    records = snapshot.lake.take(ids, RECORD.names).to_pylist(maps_as_pydicts="strict")
    begins = set(session_starts(picked.column("time")).tolist())
    shows = {name: _shows(picked, model, name, reader.lang) for name in ("touchpoint", "stage")}
    chosen: dict[int, list[Chosen]] = {}
    for change in changes_of(picked, snapshot):
        chosen.setdefault(change.row, []).append(Chosen(**asdict(change.choice)))
    return [
        _event(
            record, at, bases[at], at in begins,
            {name: of[at] for name, of in shows.items()} | {"consent": chosen.get(at, [])}, reader,
        )
        for at, record in zip(places, records, strict=True)
    ]  # fmt: skip


def _shows(picked: Block, model: JourneyModel | None, name: str, lang: Lang) -> list[Named | None]:
    """By row, the touchpoint or stage that an event shows."""
    if model is None:
        return [None] * picked.rows
    codes, keys = picked.codes(name)
    called = model.names(name)
    return [Named(key=keys[code], name=called[keys[code]].get(lang)) if code else None for code in codes.tolist()]


def _event(
    record: dict[str, Any], at: int, basis: str, begins: bool, shows: dict[str, Any], reader: Reader
) -> Happened:
    time = record["time"]
    there = time.astimezone(zone_of(reader.zone))
    exact, ordered = basis == "exact", basis == "order"
    day = None if ordered else f"{there if exact else time:%Y-%m-%d}"
    shown = f"{there:%Y-%m-%d %H:%M:%S}" if exact else day or "—"
    score = record["score"]
    told = {name: record[name] for name in _TOLD}
    if reader.hidden and told["text"]:
        told["text"] = scrubbed(told["text"])
    properties = reader.shown(json.loads(record["properties"] or "{}"), record["event"] == IDENTIFY)
    return Happened.model_validate({
        "place": at, "time": time.isoformat() if exact else None, "day": day, "time_basis": basis, "shown": shown,
        "starts_session": begins, "channel": record["channel"] or "", "feeling": felt(record["scale"], score),
        "properties": properties, **shows, **told,
    })  # fmt: skip


def _lanes(picked: Block, model: JourneyModel | None, lang: Lang) -> list[Lane]:
    called = {one.key: one.name for one in (model.channels if model else SEEDED)}
    codes, names = picked.codes("channel")
    counts = Counter(codes.tolist())  # in the order in which they are met
    out = []
    for code, events in counts.items():
        key = names[code] if code else ""
        name = called[key].get(lang) if key in called else key or say("terms.missing", lang)
        out.append(Lane(channel=key, name=name, events=events))
    return out


def _span(picked: Block, bases: list[str]) -> Span:
    time = picked.column("time")
    ends = [None if bases[at] == "order" else moment(int(time[at])).isoformat() for at in (0, -1)]
    return Span(first=ends[0], last=ends[1])
