"""Which names there are to ask with, and how much there is of each."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.counting import Whom, frequencies, matching
from lvtu.analyses.naming import Naming
from lvtu.analyses.wording.cells import heading
from lvtu.core.expr import Unreadable, describe, parse
from lvtu.core.expr.customers import is_of_customers
from lvtu.core.expr.values import MODEL_FIELDS, NUMBER_FIELDS, READ_FIELDS, TIME_FIELDS
from lvtu.core.expr.values import column as column_of
from lvtu.core.segments import as_segment
from lvtu.core.units import instant
from lvtu.core.words import Lang, say, speaking
from lvtu.errors import BadExpression, BadInput
from lvtu.service.analyses.answers import Moment
from lvtu.service.home import Served
from lvtu.service.masking import identifying, scrubbed
from lvtu.service.names.properties import Kind
from lvtu.service.names.ranking import ranked
from lvtu.service.names.schemas import (
    Counted,
    Counting,
    EventName,
    FieldName,
    FieldValue,
    MetricName,
    ModelName,
    Parsed,
    SegmentName,
)

_RECORD = (
    "event", "channel", "source", "value", "currency", "score", "scale", "text", "language", "time", "received_at",
    "user_id", "anonymous_id",
)  # fmt: skip
"""The record's fields that people compare."""

_LONG = frozenset({"text", "user_id", "anonymous_id", "topics_read"})
"""Fields with as many values as there are events or customers: nothing is broken down by them."""


def events(served: Served, moment: Moment, search: str, limit: int, lang: Lang) -> list[EventName]:
    """The event names that fit what was typed, or that are called so, with their numbers."""
    counts: dict[str, int] = moment.known.get("events", moment.snapshot.event_counts)
    titles = naming_of(served, moment).names("event", lang)
    typed = search.strip().casefold()
    called = [(name, counts[name]) for name, title in titles.items() if typed and typed in title.casefold()]
    known = {name for name, _ in called}
    found = [*called, *(one for one in ranked(counts.items(), search) if one[0] not in known)]
    return [EventName(name=name, title=titles.get(name), events=number) for name, number in found[:limit]]


def naming_of(served: Served, moment: Moment) -> Naming:
    """What people call the keys of a workspace's events: by the default journey model."""
    return Naming(served.workspace.model() if served.workspace.models() else None, moment.snapshot.events[1:])


def fields(served: Served, moment: Moment, lang: Lang) -> list[FieldName]:
    """What can be compared or broken down by: the record's fields, the model's, those of texts, properties."""
    found = [_field(name, "record", lang) for name in _RECORD]
    if served.workspace.models():
        found += [_field(name, "model", lang) for name in sorted(MODEL_FIELDS)]
    found += [_field(name, "text", lang) for name in READ_FIELDS]
    known = served.properties.known(moment.snapshot)
    taken = {one.name for one in found}
    return found + [
        FieldName(
            name=f"properties.{one.name}" if one.name in taken else one.name, title=one.name, kind=one.kind,
            of="property", splits=True, identifying=identifying(one.name),
        )
        for one in known
    ]  # fmt: skip


def _field(name: str, of: Any, lang: Lang) -> FieldName:
    kind: Kind = "time" if name in TIME_FIELDS else "number" if name in NUMBER_FIELDS else "text"
    with speaking(lang):
        title = heading(name)
    splits = kind == "text" and name not in _LONG
    return FieldName(name=name, title=title, kind=kind, of=of, splits=splits, identifying=identifying(name))


def values(
    served: Served, moment: Moment, name: str, search: str, limit: int, lang: Lang, hidden: bool
) -> list[FieldValue]:  # fmt: skip
    """The values of a field that fit what was typed, most frequent first; those that are missing last.

    Where identifiers are `hidden` from the reader, values that hold one are left out.

    Raises:
        UnknownName: no event has the field.
    """
    name = column_of(name)
    counts = counted(moment, name)
    if hidden:
        counts = [(value, number) for value, number in counts if value is None or scrubbed(value) == value]
    titles = naming_of(served, moment).names(name, lang)
    by_title = {titles.get(value, value): value for value, _ in counts if value is not None}
    called = [(titles.get(value, value), number) for value, number in counts if value is not None]
    found = [
        FieldValue(value=by_title[title], title=title, events=number)
        for title, number in ranked(called, search)[:limit]
    ]
    missing = next((number for value, number in counts if value is None), 0)
    if missing and not search and len(found) < limit:
        found.append(FieldValue(value=None, title=say("info.missing", lang), events=missing))
    return found


def counted(moment: Moment, name: str) -> list[tuple[str | None, int]]:
    """The values of a field with the numbers of their events, the most frequent first; None for events without one.

    Raises:
        UnknownName: no event has the field.
    """
    found: list[tuple[str | None, int]] = moment.known.get(
        ("values", name, moment.documents),
        lambda: moment.view.asked(lambda snapshot, who: frequencies(who, snapshot, name)),
    )
    return found


def segments(served: Served, lang: Lang) -> list[SegmentName]:
    """The named segments."""
    naming = naming_of(served, served.answers.moment())
    return [
        SegmentName(
            name=one.key, title=one.title.get(lang), condition=one.condition, version=one.version,
            description=one.description.get(lang) if one.description is not None
            else describe(parse(one.condition), lang, naming) if one.condition is not None
            else say("segments.size", lang, customers=len(one.members or ())),
        )
        for one in served.workspace.segments()
    ]  # fmt: skip


def metrics(served: Served, lang: Lang) -> list[MetricName]:
    """The metrics of the catalogue."""
    return [
        MetricName(
            name=one.key, title=one.title.get(lang), version=one.version,
            description=one.description.get(lang) if one.description is not None else "",
        )
        for one in served.workspace.metrics()
    ]  # fmt: skip


def models(served: Served, lang: Lang) -> list[ModelName]:
    """The journey models."""
    return [
        ModelName(
            name=one["key"], title=served.workspace.model(one["key"]).title.get(lang), version=one["version"],
            default=one["default"], saved=one["saved"],
        )
        for one in served.workspace.models()
    ]  # fmt: skip


def count(moment: Moment, asked: Counting) -> Counted:
    """How many customers and events there are of a kind.

    Raises:
        BadInput: a condition cannot be read, or names what does not exist.
    """
    times = {name: instant(time) for name, time in (("since", asked.since), ("until", asked.until)) if time is not None}
    segment = None if asked.segment is None else as_segment(asked.segment)
    whom = Whom(asked.where, segment, **times)
    customers, number = moment.known.get(
        (whom, asked.model, moment.documents),
        lambda: moment.view.asked(lambda snapshot, who: matching(who, snapshot, whom), asked.model),
    )
    return Counted(customers=customers, events=number, token=moment.token)


def parsed(condition: str, lang: Lang, naming: Naming) -> Parsed:
    """What a condition means, or where it is wrong."""
    try:
        expr = parse(condition)
    except BadExpression as error:
        place = (error.start, error.end) if isinstance(error, Unreadable) else (0, len(condition))
        told = {"what": error.what(lang), "known": [str(one) for one in error.known], "try": error.try_(lang)}
        return Parsed(ok=False, start=place[0], end=place[1], problem={**error.problem(), **told})
    except BadInput as error:  # a literal of the wrong kind
        return Parsed(ok=False, start=0, end=len(condition), problem=error.problem())
    return Parsed(ok=True, condition=str(expr), said=describe(expr, lang, naming), of_customers=is_of_customers(expr))
