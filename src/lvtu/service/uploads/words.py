"""The answers about uploads in words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import msgspec
import pyarrow as pa

from lvtu.collect import Guess
from lvtu.collect.columns import Column
from lvtu.collect.preview import Preview
from lvtu.core.sentences import Sentence
from lvtu.core.words import LANGS, Lang, say
from lvtu.service.uploads.repository import Upload
from lvtu.service.uploads.schemas import (
    ColumnOf,
    FeedOf,
    Looked,
    PreviewOf,
    QuestionIn,
    ReasonRows,
    Report,
    Said,
    TroubleRows,
    UploadOf,
)


def said_twice(sentence: Sentence) -> dict[str, Any]:
    """A sentence to be kept: its code, and its text in each language."""
    return {"code": sentence.code, **{lang: sentence.text(lang) for lang in LANGS}}


def said(sentence: Sentence, lang: Lang) -> Said:
    """A sentence in a language."""
    return Said(code=sentence.code, text=sentence.text(lang))


def upload_of(upload: Upload, lang: Lang) -> UploadOf:
    """An upload in a language."""
    report = None if upload.report is None else report_of(upload.report, lang)
    return UploadOf(
        id=upload.id, name=upload.name, size=upload.size, state=upload.state, rows=upload.rows, share=upload.share,
        created=datetime.fromtimestamp(upload.created, UTC).isoformat(timespec="seconds"),
        mapping=upload.mapping, report=report, error=upload.error,
    )  # fmt: skip


def report_of(kept: dict[str, Any], lang: Lang) -> Report:
    """A kept report in a language."""
    counts = {name: f"{kept[name]:,}" for name in ("accepted", "duplicates", "rejected")}
    return Report(
        **{name: kept[name] for name in (*counts, "suppressed")},
        reasons=[ReasonRows(code=one["code"], text=one[lang], rows=one["rows"], values=one["values"])
                 for one in kept["reasons"]],
        notes=[Said(code=one["code"], text=one[lang]) for one in kept["notes"]],
        text=say("ingest.report", lang, source=kept["source"], **counts),
    )  # fmt: skip


def looked_of(upload: Upload, found: Guess, columns: list[Column], lang: Lang) -> Looked:
    """An upload with what was found in it."""
    return Looked(
        **upload_of(upload, lang).model_dump(),
        columns=[_column(column, lang) for column in columns],
        guess=found.mapping.model_dump(mode="json", exclude_defaults=True, by_alias=True),
        yaml=found.mapping.to_yaml(),
        notes=[said(note, lang) for note in found.notes],
    )


def _column(column: Column, lang: Lang) -> ColumnOf:
    feeds = [
        FeedOf(field=feed.field, confidence="high" if feed.why == "called" else "medium",
               why=say(f"uploads.{feed.why}", lang))
        for feed in column.feeds
    ]  # fmt: skip
    return ColumnOf(name=column.name, samples=list(column.samples), filled=column.filled, feeds=feeds)


def preview_of(found: Preview, lang: Lang) -> PreviewOf:
    """A preview in a language."""
    problems = [
        TroubleRows(code=one.reason.code, text=one.reason.text(lang), rows=one.rows, values=one.values,
                    field=one.field, columns=list(one.columns))
        for one in found.troubles
    ]  # fmt: skip
    parts = [
        say("uploads.all" if found.whole else "uploads.first", lang, rows=found.rows),
        say("uploads.events", lang, events=found.events),
        say("uploads.customers", lang, customers=found.customers),
        say("uploads.refused", lang, rows=found.refused) if found.refused else say("uploads.clean", lang),
    ]
    return PreviewOf(
        rows=found.rows, whole=found.whole, events=found.events, customers=found.customers, names=found.names,
        refused=found.refused, records=records_of(found.sample), problems=problems,
        notes=[said(note, lang) for note in found.notes], text="".join(parts),
        questions=[QuestionIn(**{**asdict(one), "examples": list(one.examples)}) for one in found.questions],
        responses=found.responses,
    )  # fmt: skip


def records_of(records: pa.Table) -> list[dict[str, Any]]:
    """Records as plain values, without what they do not say."""
    found = []
    for row in records.to_pylist(maps_as_pydicts="strict"):
        row["properties"] = msgspec.json.decode(row["properties"]) if row["properties"] else None
        told = {name: value for name, value in row.items() if value is not None and value != {}}
        found.append({name: _plain(value) for name, value in told.items()})
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
