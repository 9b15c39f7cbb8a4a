"""Sources, and the catalogue of events: counted once for each snapshot."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from lvtu.core.units import DAY, MINUTE, moment, write_instant
from lvtu.errors import UnknownName
from lvtu.service.access import Access
from lvtu.service.analyses.answers import Moment
from lvtu.service.customers.rows import IDENTIFY
from lvtu.service.home import Served
from lvtu.service.masking import identifying, scrubbed
from lvtu.service.names.ranking import ranked
from lvtu.service.quarantine.repository import waiting
from lvtu.service.sources.counts import EventCount, by_event, by_source, newest_of
from lvtu.service.sources.schemas import (
    AsideOf,
    Catalogue,
    ContractState,
    EventDetail,
    EventOf,
    ImportOf,
    PropertyOf,
    SourceOf,
    Sources,
)

DAYS = 30
"""Days of the small series beside each event."""

_IMPORTS = 50
_LOOKED_AT = 300
_SAMPLES = 5
_FIELDS = (
    "channel", "source", "value", "currency", "score", "scale", "text", "language", "identifiers", "user_id",
    "anonymous_id",
)  # fmt: skip


def sources(served: Served) -> Sources:
    """Where the data comes from."""
    at = served.answers.moment()
    snapshot, now = at.snapshot, time.time_ns() // 1000
    # The rates move on while nothing comes in: what was counted is good for a minute.
    every = served.workspace.commits()
    commits = [commit for commit in every if commit["source"] != "erasure"]
    erased = max((commit["number"] for commit in every if commit["source"] == "erasure"), default=-1)
    before = max((commit["number"] for commit in commits if commit["time"] < now - DAY), default=-1)
    counts = at.known.get(
        ("sources", now // MINUTE),
        lambda: (
            by_source(snapshot, served.received.lately(snapshot, now, before, erased))
            if snapshot.event_counts()
            else []
        ),
    )
    return Sources(
        sources=[
            SourceOf(
                name=one.volume.name, events=one.volume.events, customers=one.volume.customers,
                first=write_instant(one.volume.first), last=write_instant(one.volume.last),
                received=None if one.received is None else write_instant(one.received),
                last_hour=one.last_hour, last_day=one.last_day,
            )
            for one in counts
        ],
        imports=_imports(commits),
        set_aside=_aside(served),
        events=sum(one.volume.events for one in counts),
        last=write_instant(max(one.volume.last for one in counts)) if counts else None,
        received=write_instant(max(commit["time"] for commit in commits)) if commits else None,
        repeats=served.workspace.repeats,
        commits=len(commits),
        token=at.token,
    )  # fmt: skip


def _imports(commits: Iterable[Mapping[str, Any]]) -> list[ImportOf]:
    found: dict[str, ImportOf] = {}
    for commit in commits:
        if (name := commit["source"]) != "append":
            before = found.pop(name, ImportOf(name=name, time="", events=0, repeats=0))
            found[name] = ImportOf(
                name=name, time=write_instant(commit["time"]), events=before.events + commit["events"],
                repeats=before.repeats + commit["repeats"],
            )  # fmt: skip
    return list(reversed(found.values()))[:_IMPORTS]


def _aside(served: Served) -> list[AsideOf]:
    rows: Counter[str] = Counter()
    newest: dict[str, int] = {}
    for row in waiting(served):
        origin = row.place.rpartition(":")[0] or row.place
        rows[origin] += 1
        newest[origin] = max(newest.get(origin, 0), row.time)
    return [
        AsideOf(origin=name, rows=number, newest=write_instant(newest[name])) for name, number in rows.most_common()
    ]


def catalogue(served: Served, search: str) -> Catalogue:
    """The events whose names fit what was typed."""
    at = served.answers.moment()
    first, counts = _counted(at)
    by_name = {one.volume.name: one for one in counts}
    held = _held(served)
    fitting = ranked(((name, one.volume.events) for name, one in by_name.items() if name), search)
    return Catalogue(
        events=[EventOf(**_event(by_name[name], held.get(name))) for name, _ in fitting],
        first_day=f"{moment(first):%Y-%m-%d}" if counts else None,
        total=len(counts),
        token=at.token,
    )


def _counted(at: Moment) -> tuple[int, list[EventCount]]:
    counted: tuple[int, list[EventCount]] = at.known.get(
        "catalogue", lambda: by_event(at.snapshot, DAYS) if at.snapshot.event_counts() else (0, [])
    )
    return counted


def _held(served: Served) -> dict[str, ContractState]:
    """How the contract of each event is held."""
    contracts = served.workspace.contracts
    broken = {(row["event"], row["version"]) for row in contracts.violations()}
    return {
        one.event: ContractState(mode=one.mode, broken=(one.event, one.version) in broken) for one in contracts.list()
    }


def _event(one: EventCount, contract: ContractState | None) -> dict[str, Any]:
    volume = one.volume
    return {
        "name": volume.name, "events": volume.events, "customers": volume.customers,
        "first": write_instant(volume.first), "last": write_instant(volume.last), "days": list(one.days),
        "contract": contract,
    }  # fmt: skip


def event(access: Access, name: str) -> EventDetail:
    """An event with what it carries, by its newest ones.

    Raises:
        UnknownName: no event has that name.
    """
    at = access.served.answers.moment()
    found = next((one for one in _counted(at)[1] if one.volume.name == name), None)
    if found is None:
        raise UnknownName("event", name, at.snapshot.event_counts())
    rows = at.known.get(("newest", name), lambda: _newest(at, name))
    properties = [msgspec.json.decode(row["properties"]) for row in rows if row["properties"]]
    fields = [{field: row[field] for field in _FIELDS} for row in rows]
    return EventDetail(
        **_event(found, _held(access.served).get(name)),
        properties=_carried(properties, len(rows), access.masked, name == IDENTIFY),
        fields=_carried(fields, len(rows), access.masked, False),
        looked_at=len(rows),
    )


def _newest(at: Moment, name: str) -> list[dict[str, Any]]:
    ids = newest_of(at.snapshot, name, _LOOKED_AT)
    table = at.snapshot.lake.take(ids, [*_FIELDS, "properties"])
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="strict")
    return rows


def _carried(rows: Iterable[Mapping[str, Any]], of: int, masked: bool, traits: bool) -> list[PropertyOf]:
    """What rows carry, that of most of them first; `traits` are a customer's own, whatever they are called."""
    present: Counter[str] = Counter()
    kinds: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    samples: defaultdict[str, dict[Any, None]] = defaultdict(dict)
    for row in rows:
        for name, value in row.items():
            if value is None or value == {}:
                continue
            present[name] += 1
            kinds[name][_kind(value)] += 1
            if len(samples[name]) < _SAMPLES and not isinstance(value, list | dict):
                samples[name][value] = None
    return [
        PropertyOf(
            name=name, share=number / of, kinds=[kind for kind, _ in kinds[name].most_common()],
            samples=[] if masked and (traits or identifying(name))
            else [value for value in samples[name] if not masked or scrubbed(str(value)) == str(value)],
        )
        for name, number in present.most_common()
    ]  # fmt: skip


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "list" if isinstance(value, list) else "object" if isinstance(value, dict) else "text"
