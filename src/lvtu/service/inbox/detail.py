"""One text: the words that made its reading, what people said of it, and what happened around it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.analyses.naming import Naming
from lvtu.listening.correcting import COLUMNS
from lvtu.service.customers.find import owners
from lvtu.service.customers.schemas import Named
from lvtu.service.inbox.listing import ANSWERS, Found
from lvtu.service.inbox.rows import RECORD, Told, corrected, named, read, reads_of, told
from lvtu.service.inbox.schemas import Clause, Neighbour, SaidWhy, Stretch
from lvtu.service.problems import NotFound
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice import clauses, explain

NEAR = 5
"""Events before and after that are shown."""


@dataclass(frozen=True)
class Around:
    """Which text.

    Attributes:
        event: its number.
        near: how many events before and after.
    """

    event: int
    near: int = NEAR


def why(asked: Around, snapshot: Snapshot, to: Told) -> SaidWhy:
    """One text with all that is known of it.

    Raises:
        NotFound: there is no such event, or it has no text.
    """
    found = _found(asked.event, snapshot)
    [said] = told([found], snapshot, to)
    text = snapshot.lake.take(np.array([asked.event], np.int64), ["text"])["text"][0].as_py()
    [row] = to.reader.table([text]).to_pylist()
    history = to.corrections.all(asked.event)
    people = to.people({one.by for one in history})
    before, after = _neighbours(found, asked.near, snapshot, to)
    return SaidWhy(
        **dict(said), words=_words(said.text, to), clauses=_clauses(said.text, to), read=read(row, [], {}, to),
        history=[corrected(one, people) for one in history], before=before, after=after, choices=_choices(to),
        token=snapshot.token,
    )  # fmt: skip


def _found(event: int, snapshot: Snapshot) -> Found:
    """Where a text is.

    Raises:
        NotFound: there is none of that number.
    """
    snapshot.prepare(["text_length"])
    for place in owners(snapshot, np.array([event], np.int64)):
        row = _row(place, event)
        if np.isnan(place[0].numbers("text_length")[row]):
            break
        return Found(0, event, place, row, _answered(place, row, snapshot))
    raise NotFound("message", str(event), ())


def _row(place: Place, event: int) -> int:
    block, line = place
    first, last = block.column("offsets")[line : line + 2].tolist()
    return int(first) + int(np.flatnonzero(block.column("event_id")[first:last] == event)[0])


def _answered(place: Place, row: int, snapshot: Snapshot) -> bool:
    block, line = place
    last = int(block.column("offsets")[line + 1])
    names = snapshot.events
    return any(names[code] in ANSWERS for code in block.column("event")[row + 1 : last].tolist())


def _words(text: str, to: Told) -> list[Stretch]:
    return [Stretch(**one) for one in explain(text, to.reader.model)]


def _clauses(text: str, to: Told) -> list[Clause]:
    return [
        Clause(start=one["start"], end=one["end"], text=one["text"], sentiment=one["sentiment"],
               label=to.value("sentiment_label", one["label"]))
        for one in clauses([text], to.reader.model).to_pylist()
    ]  # fmt: skip


def _neighbours(found: Found, near: int, snapshot: Snapshot, to: Told) -> tuple[list[Neighbour], list[Neighbour]]:
    block, line = found.place
    first, last = block.column("offsets")[line : line + 2].tolist()
    spans = ((max(first, found.row - near), found.row), (found.row + 1, min(last, found.row + 1 + near)))
    numbers = [block.column("event_id")[start:end].astype(np.int64).tolist() for start, end in spans]
    events = [*numbers[0], *numbers[1]]
    if not events:
        return [], []
    records = snapshot.lake.take(np.array(events, np.int64), [*RECORD, "properties"]).to_pylist()
    told = _told(events, records, Naming.of(snapshot), to)
    return told[: len(numbers[0])], told[len(numbers[0]) :]


def _told(events: Sequence[int], records: Sequence[Mapping[str, Any]], naming: Naming, to: Told) -> list[Neighbour]:
    texts = {event: one["text"] for event, one in zip(events, records, strict=True) if one["text"]}
    readings = reads_of(list(texts), list(texts.values()), to) if texts else {}
    return [
        Neighbour(
            id=str(event), shown=to.shown(one)[1], event=named(naming, "event", one["event"], to),
            channel=named(naming, "channel", one["channel"], to), text=to.text(one["text"]) if one["text"] else None,
            score=one["score"], scale=one["scale"], reply=_reply(one, to),
            label=readings[event].label if event in readings else None,
        )
        for event, one in zip(events, records, strict=True)
    ]  # fmt: skip


def _reply(record: Mapping[str, Any], to: Told) -> str | None:
    reply = json.loads(record["properties"] or "{}").get("reply") if record["event"] in ANSWERS else None
    return to.text(reply) if isinstance(reply, str) else None


def _choices(to: Told) -> dict[str, list[Named]]:
    """What each part of the reading may be corrected to."""
    from lvtu.voice.columns import VALUES

    return {
        name: [value for key in VALUES[column][1:] if (value := to.value(column, key))]
        for name, column in COLUMNS.items()
        if VALUES[column]
    }
